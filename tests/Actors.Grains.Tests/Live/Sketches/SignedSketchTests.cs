using Actors.Live;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Live.Sketches;

/// <summary>
/// The promises of the sketch of numbers of any sign, over generated values. The exact quantile of n ascending values is the one at
/// ⌊q · (n − 1)⌋; the sketch may differ from it by 1 % and by the rounding of a few floating point operations.
/// </summary>
public class SignedSketchTests
{
    private static readonly double[] Fractions = [0, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1];

    private static readonly Gen<double> Value = Gen.Frequency(
        (4, from value in SketchGen.Value from sign in Gen.Elements(1, -1) select sign * value),
        (1, Gen.Elements(-0.0, double.Epsilon, -double.Epsilon, 1.0 / (1 << 24), -1.0 / (1 << 24), 1, -1)));

    private static readonly Gen<(double Value, int Count)[]> Signed =
        (from value in Value from count in Gen.Choose(-5, 5) select (value, count)).ArrayOf();

    [Fact]
    public void Every_quantile_is_within_one_percent_of_the_exact_one() =>
        Check.One(SketchGen.Config, Prop.ForAll(Value.ArrayOf().ToArbitrary(), values =>
        {
            var sketch = Of(values.Select(v => (v, 1)));
            var sorted = values.Order().ToArray();
            return values.Length == 0 ? sketch.Quantile(0.5) is null : Array.TrueForAll(Fractions, q =>
            {
                var exact = sorted[(int)Math.Floor(q * (sorted.Length - 1))];
                var told = sketch.Quantile(q)!.Value;
                return Math.Abs(exact) < SignedSketchMapping.MinValue
                    ? told == 0
                    : Math.Abs(told - exact) <= Math.Abs(exact) * SketchMapping.RelativeError * (1 + 1e-9);
            });
        }));

    [Fact]
    public void Any_order_any_batches_and_what_is_taken_back_lead_to_the_same_buckets() =>
        Check.One(SketchGen.Config, Prop.ForAll(Signed.ToArbitrary(), Signed.ToArbitrary(), Signed.ToArbitrary(), (a, b, gone) =>
        {
            var one = Of([.. gone, .. a, .. b, .. gone.Reverse().Select(g => (g.Value, -g.Count))]);
            var merged = Of(b.Reverse());
            merged.Add(Of(a).Buckets);
            return one.Buckets.SequenceEqual(merged.Buckets)
                && one.Buckets.All(bucket => bucket.Count != 0)
                && one.Buckets.Select(bucket => bucket.Index).SequenceEqual(one.Buckets.Select(bucket => bucket.Index).Distinct().Order());
        }));

    [Fact]
    public void Indexes_rise_with_values_and_mirror_at_zero() =>
        Check.One(SketchGen.Config, Prop.ForAll(Value.ToArbitrary(), Value.ToArbitrary(), (a, b) =>
            Math.Sign(SignedSketchMapping.IndexOf(a).CompareTo(SignedSketchMapping.IndexOf(b))) * a.CompareTo(b) >= 0
            && SignedSketchMapping.IndexOf(-a) + SignedSketchMapping.IndexOf(a) == 2 * SignedSketchMapping.ZeroIndex
            && SignedSketchMapping.Representative(SignedSketchMapping.IndexOf(-a)) == -SignedSketchMapping.Representative(SignedSketchMapping.IndexOf(a))));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    [InlineData(0.5)]
    [InlineData(0.25)]
    [InlineData(2)]
    [InlineData(4)]
    public void Frequent_scores_are_told_as_they_were_given(double value) =>
        Assert.Equal(value, SignedSketchMapping.Representative(SignedSketchMapping.IndexOf(value)), 3e-4 * Math.Abs(value));

    [Theory]
    [InlineData(double.MaxValue, SignedSketchMapping.MaxIndex)]
    [InlineData(double.PositiveInfinity, SignedSketchMapping.MaxIndex)]
    [InlineData(double.MinValue, SignedSketchMapping.MinIndex)]
    [InlineData(double.NegativeInfinity, SignedSketchMapping.MinIndex)]
    [InlineData(double.NaN, SignedSketchMapping.ZeroIndex)]
    [InlineData(1e-9, SignedSketchMapping.ZeroIndex)]
    [InlineData(-1e-9, SignedSketchMapping.ZeroIndex)]
    public void Every_number_has_a_bucket(double value, int index)
    {
        Assert.Equal(index, SignedSketchMapping.IndexOf(value));
        Assert.InRange(SignedSketchMapping.Representative(index), -1.02 * SignedSketchMapping.MaxValue, 1.02 * SignedSketchMapping.MaxValue);
    }

    [Fact]
    public void What_was_only_taken_back_counts_as_nothing()
    {
        var sketch = Of([(-3, 1), (0, -4), (7, -2)]);

        Assert.Equal(sketch.Quantile(0), sketch.Quantile(1));
        sketch.Add(SignedSketchMapping.IndexOf(-3), -1);
        Assert.Null(sketch.Quantile(0.5));
    }

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.NaN)]
    public void A_fraction_outside_of_0_to_1_is_refused(double q) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Of([(1, 1)]).Quantile(q));

    private static SignedSketch Of(IEnumerable<(double Value, int Count)> values)
    {
        var sketch = new SignedSketch();
        foreach (var (value, count) in values)
        {
            sketch.Add(SignedSketchMapping.IndexOf(value), count);
        }

        return sketch;
    }
}
