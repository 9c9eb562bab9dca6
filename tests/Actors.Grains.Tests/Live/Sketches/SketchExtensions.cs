using Actors.Grains.Live;
using Actors.Live;

namespace Actors.Grains.Tests.Live.Sketches;

internal static class SketchExtensions
{
    public static DdSketch Of(params IEnumerable<double> values)
    {
        var sketch = new DdSketch();
        foreach (var value in values)
        {
            sketch.Add(value);
        }
        return sketch;
    }

    public static DdSketch OfSigned(IEnumerable<(double Value, int Count)> values)
    {
        var sketch = new DdSketch();
        foreach (var (value, count) in values)
        {
            sketch.Add(value, count);
        }
        return sketch;
    }

    public static List<SketchCount> Buckets(this DdSketch sketch)
    {
        var buckets = new List<SketchCount>();
        foreach (var bucket in sketch)
        {
            buckets.Add(bucket);
        }
        return buckets;
    }

    public static DdSketch MergedWith(this DdSketch sketch, params ReadOnlySpan<DdSketch> others)
    {
        var merged = sketch.Copy();
        foreach (var other in others)
        {
            merged.Merge(other);
        }
        return merged;
    }

    public static bool Equivalent(DdSketch left, DdSketch right) =>
        left.Count == right.Count && left.Buckets().SequenceEqual(right.Buckets());
}
