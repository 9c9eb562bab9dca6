using Actors.Grains.Live;
using Actors.Live;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Live.Sketches;

public class SketchMappingTests
{
    [Fact]
    public void Buckets_join_without_gap_and_none_is_wider_than_the_error_allows()
    {
        const double gamma = (1 + SketchMapping.RelativeError) / (1 - SketchMapping.RelativeError);
        for (var index = SketchMapping.MinIndex; index <= SketchMapping.MaxIndex; index++)
        {
            var (lower, upper) = (SketchMapping.LowerBound(index), SketchMapping.UpperBound(index));
            Assert.True(upper > lower, $"bucket {index} is empty");
            Assert.True(upper / lower <= gamma * (1 + 1e-12), $"bucket {index} spans {upper / lower}");
            if (index < SketchMapping.MaxIndex)
            {
                Assert.Equal(upper, SketchMapping.LowerBound(index + 1));
            }
        }
    }

    [Fact]
    public void The_cubic_costs_one_percent_more_buckets_than_the_logarithm()
    {
        var perfect = Math.Log(2) / Math.Log((1 + SketchMapping.RelativeError) / (1 - SketchMapping.RelativeError));
        var span = SketchMapping.UpperBound(SketchMapping.MaxIndex) / SketchMapping.LowerBound(SketchMapping.MinIndex);
        Assert.InRange(SketchMapping.MaxBuckets / Math.Log2(span) / perfect, 1.0, 1.011);
    }

    [Fact]
    public void The_range_reaches_from_the_least_value_to_a_quarter_of_a_year_in_milliseconds()
    {
        Assert.InRange(SketchMapping.MinValue, SketchMapping.LowerBound(SketchMapping.MinIndex), SketchMapping.UpperBound(SketchMapping.MinIndex));
        Assert.True(SketchMapping.UpperBound(SketchMapping.MaxIndex) > TimeSpan.FromDays(90).TotalMilliseconds);
    }

    [Fact]
    public void Both_ends_of_every_bucket_fall_into_it()
    {
        for (var index = SketchMapping.MinIndex + 1; index <= SketchMapping.MaxIndex; index++)
        {
            Assert.Equal(index, IndexOf(SketchMapping.LowerBound(index)));
            Assert.Equal(index, IndexOf(Math.BitDecrement(SketchMapping.UpperBound(index))));
        }
    }

    [Fact]
    public void A_value_lies_within_the_bounds_of_its_bucket() =>
        Check.One(SketchGen.Config, Prop.ForAll(SketchGen.Value.Where(value => value >= SketchMapping.MinValue).ToArbitrary(), value =>
        {
            var index = IndexOf(value);
            return SketchMapping.LowerBound(index) <= value && value < SketchMapping.UpperBound(index);
        }));

    [Theory]
    [InlineData(SketchMapping.MinIndex - 1)]
    [InlineData(SketchMapping.MaxIndex + 1)]
    [InlineData(int.MinValue)]
    public void Bounds_of_an_unknown_bucket_are_refused(int index)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SketchMapping.LowerBound(index));
        Assert.Throws<ArgumentOutOfRangeException>(() => SketchMapping.UpperBound(index));
    }

    private static int IndexOf(double value)
    {
        var sketch = new DdSketch();
        sketch.Add(value);
        return Assert.Single(sketch.Buckets()).Index;
    }
}
