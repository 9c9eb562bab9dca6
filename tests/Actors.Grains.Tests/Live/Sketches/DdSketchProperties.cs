using Actors.Live;
using Actors.Grains.Live;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using static Actors.Grains.Tests.Live.Sketches.SketchExtensions;

namespace Actors.Grains.Tests.Live.Sketches;

/// <summary>
/// The promises of the sketch over generated values. The exact quantile of n ascending values is the one at
/// ⌊q · (n − 1)⌋; the sketch may differ from it by 1 % and by the rounding of a few floating point operations.
/// </summary>
public class DdSketchProperties
{
    private static readonly double[] Fractions = [0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];

    [Fact]
    public void Every_quantile_is_within_one_percent_of_the_exact_one() =>
        Check.One(SketchGen.Config, Prop.ForAll(SketchGen.Values.ToArbitrary(), values =>
        {
            var sketch = Of(values);
            var sorted = values.Order().ToArray();
            return values.Length == 0 ? sketch.Quantile(0.5) is null : Array.TrueForAll(Fractions, q =>
            {
                var exact = sorted[(int)Math.Floor(q * (sorted.Length - 1))];
                var estimate = sketch.Quantile(q)!.Value;
                return exact < SketchMapping.MinValue
                    ? estimate == 0
                    : Math.Abs(estimate - exact) <= exact * SketchMapping.RelativeError * (1 + 1e-9);
            });
        }));

    [Fact]
    public void Quantiles_never_descend() =>
        Check.One(SketchGen.Config, Prop.ForAll(SketchGen.Values.Where(values => values.Length > 0).ToArbitrary(), values =>
        {
            var sketch = Of(values);
            var quantiles = Fractions.Select(q => sketch.Quantile(q)!.Value).ToArray();
            return quantiles.SequenceEqual(quantiles.Order());
        }));

    [Fact]
    public void Merging_equals_adding_everything_to_one_sketch() =>
        ForAllPairs((left, right) => Equivalent(OfSigned(left.Concat(right)), OfSigned(left).MergedWith(OfSigned(right))));

    [Fact]
    public void Merging_is_commutative() =>
        ForAllPairs((left, right) => Equivalent(OfSigned(left).MergedWith(OfSigned(right)), OfSigned(right).MergedWith(OfSigned(left))));

    [Fact]
    public void Merging_is_associative() =>
        Check.One(SketchGen.Config, Prop.ForAll(
            SketchGen.Signed.ToArbitrary(), SketchGen.Signed.ToArbitrary(), SketchGen.Signed.ToArbitrary(), (a, b, c) =>
            {
                var (x, y, z) = (OfSigned(a), OfSigned(b), OfSigned(c));
                return Equivalent(x.MergedWith(y).MergedWith(z), x.MergedWith(y.MergedWith(z)));
            }));

    [Fact]
    public void Adding_and_removing_in_any_order_changes_nothing() =>
        ForAllPairs((kept, transient) =>
        {
            var sketch = OfSigned(kept);
            foreach (var (value, count) in transient)
            {
                sketch.Add(value, count);
            }
            foreach (var (value, count) in transient.Reverse())
            {
                sketch.Remove(value, count);
            }
            return Equivalent(OfSigned(kept), sketch);
        });

    [Fact]
    public void Subtracting_undoes_merging() =>
        ForAllPairs((left, right) =>
        {
            var sketch = OfSigned(left).MergedWith(OfSigned(right));
            sketch.Subtract(OfSigned(right));
            return Equivalent(OfSigned(left), sketch);
        });

    [Fact]
    public void The_order_of_values_does_not_matter() =>
        ForAllPairs((values, _) => Equivalent(OfSigned(values), OfSigned(values.OrderBy(value => value.Value))));

    [Fact]
    public void State_and_buckets_both_restore_the_sketch() =>
        ForAllPairs((values, _) =>
        {
            var sketch = OfSigned(values);
            var fromBuckets = new DdSketch();
            foreach (var bucket in sketch)
            {
                fromBuckets.Add(bucket);
            }
            return Equivalent(sketch, fromBuckets);
        });

    [Fact]
    public void Memory_is_bounded_by_the_span_of_the_values() =>
        ForAllPairs((values, _) =>
        {
            var sketch = OfSigned(values);
            var touched = SketchExtensions.Of(values.Select(value => value.Value)).Buckets().Where(bucket => bucket.Index >= SketchMapping.MinIndex).ToArray();
            var span = touched.Length == 0 ? 0 : touched[^1].Index - touched[0].Index + 1;
            return sketch.Capacity <= Math.Min(span + 62, SketchMapping.MaxBuckets);
        });

    private static void ForAllPairs(Func<(double Value, int Count)[], (double Value, int Count)[], bool> holds) =>
        Check.One(SketchGen.Config, Prop.ForAll(SketchGen.Signed.ToArbitrary(), SketchGen.Signed.ToArbitrary(), holds));
}
