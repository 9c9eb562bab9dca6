using Actors.Grains.Live;
using Actors.Live;
using Xunit;
using static Actors.Grains.Tests.Live.Sketches.SketchExtensions;

namespace Actors.Grains.Tests.Live.Sketches;

public class DdSketchTests
{
    [Fact]
    public void An_empty_sketch_has_no_quantile()
    {
        var sketch = new DdSketch();
        Assert.Null(sketch.Quantile(0.5));
        Assert.Equal(0, sketch.Count);
        Assert.Empty(sketch.Buckets());
        Assert.Equal(0, sketch.Capacity);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.24, 1)]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 3)]
    [InlineData(0.99, 4)]
    [InlineData(1, 5)]
    public void The_rank_is_the_lower_quantile(double q, double expected) =>
        AssertWithin(expected, Of(5, 3, 1, 4, 2).Quantile(q));

    [Fact]
    public void Zeros_have_a_bucket_of_their_own_that_comes_first()
    {
        var sketch = Of(0, 0, 1e-12, 100);
        Assert.Equal(3, sketch.Zeros);
        Assert.Equal(0, sketch.Quantile(0.66));
        AssertWithin(100, sketch.Quantile(1));
        Assert.Equal(new(SketchCount.ZeroIndex, 3), sketch.Buckets()[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(-1e-300)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Values_that_are_not_finite_or_negative_are_refused_and_change_nothing(double value)
    {
        var sketch = Of(7);
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Add(value));
        Assert.Throws<ArgumentOutOfRangeException>(() => sketch.Remove(value));
        Assert.True(Equivalent(Of(7), sketch));
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void A_fraction_outside_of_0_to_1_is_refused(double q) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Of(1).Quantile(q));

    [Fact]
    public void Negative_counts_of_an_unmerged_instance_count_as_empty()
    {
        var sketch = Of(10, 20);
        sketch.Remove(5_000, 100);
        sketch.Remove(0, 3);
        Assert.Equal(-101, sketch.Count);
        AssertWithin(10, sketch.Quantile(0));
        AssertWithin(20, sketch.Quantile(1));
        sketch.Remove(10);
        sketch.Remove(20);
        Assert.Null(sketch.Quantile(0.5));
    }

    [Fact]
    public void A_fact_that_moves_to_another_instance_is_right_in_the_merge()
    {
        var first = Of(100, 200, 300);
        var second = new DdSketch();
        second.Remove(300);
        second.Add(900);
        Assert.True(Equivalent(Of(100, 200, 900), first.MergedWith(second)));
    }

    [Fact]
    public void Any_set_of_values_stays_within_the_bound_of_memory()
    {
        var sketch = new DdSketch();
        for (var value = double.Epsilon; value < double.MaxValue / 1.5; value *= 1.5)
        {
            sketch.Add(value);
        }
        sketch.Add(double.MaxValue);
        Assert.Equal(SketchMapping.MaxBuckets, sketch.Capacity);
        Assert.Equal(sketch.Count, sketch.Buckets().Sum(bucket => bucket.Count));
    }

    [Fact]
    public void Values_above_the_range_count_in_the_last_bucket()
    {
        var sketch = Of(1e300, double.MaxValue);
        Assert.Equal([new(SketchMapping.MaxIndex, 2)], sketch.Buckets());
        sketch.Remove(1e300);
        sketch.Remove(double.MaxValue);
        Assert.Empty(sketch.Buckets());
    }

    [Fact]
    public void A_narrow_range_takes_little_memory()
    {
        var sketch = Of(Enumerable.Range(200, 200).Select(value => (double)value));
        Assert.InRange(sketch.Capacity, 35, 3 * 32);
    }

    [Fact]
    public void A_bucket_stays_at_its_limit_instead_of_wrapping()
    {
        var sketch = new DdSketch();
        sketch.Add(1, long.MaxValue);
        sketch.Add(1, long.MaxValue);
        Assert.Equal(int.MaxValue, sketch.Count);
        sketch.Remove(1, long.MaxValue);
        sketch.Remove(1, long.MaxValue);
        Assert.Equal(-int.MaxValue, sketch.Count);
    }

    [Fact]
    public void Clear_forgets_counts_and_keeps_memory()
    {
        var sketch = Of(1, 10, 100);
        var capacity = sketch.Capacity;
        sketch.Clear();
        Assert.True(Equivalent(new(), sketch));
        Assert.Equal(capacity, sketch.Capacity);
    }

    [Fact]
    public void A_copy_is_independent()
    {
        var original = Of(1, 2);
        var copy = original.Copy();
        copy.Add(2);
        Assert.True(Equivalent(Of(1, 2), original));
        Assert.True(Equivalent(Of(1, 2, 2), copy));
    }

    [Fact]
    public void A_bucket_that_does_not_exist_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DdSketch().Add(new SketchCount(SketchMapping.MaxIndex + 1, 1)));

    private static void AssertWithin(double expected, double? actual)
    {
        Assert.NotNull(actual);
        Assert.InRange(actual.Value, expected * (1 - SketchMapping.RelativeError), expected * (1 + SketchMapping.RelativeError));
    }
}
