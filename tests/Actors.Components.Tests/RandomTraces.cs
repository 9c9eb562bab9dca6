using FsCheck;
using FsCheck.Fluent;

namespace Actors.Components;

/// <summary>Traces as agents make them, and as they should not be: children that begin before their parents, outlive them, or take no time.</summary>
internal static class RandomTraces
{
    public static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static Arbitrary<WaterfallTree> Trees { get; } = (
        from count in Gen.Choose(0, 14)
        from parents in Gen.Choose(-1, 13).ListOf(count)
        from starts in Gen.Choose(0, 60).ListOf(count)
        from lengths in Gen.Choose(0, 40).ListOf(count)
        from pauses in Gen.Choose(0, 8).ListOf(count)
        select Tree([.. parents], [.. starts.Zip(pauses, (s, p) => s + (p == 8 ? 5000 : 0))], [.. lengths])).ToArbitrary();

    private static WaterfallTree Tree(int[] parents, int[] starts, int[] lengths)
    {
        var spans = parents.Select((p, i) => new WaterfallSpan(
            $"s{i}", p < 0 || p >= i ? null : $"s{p}", $"s{i}", lengths[i] == 0 ? "event" : "span",
            T0.AddMilliseconds(starts[i]), lengths[i] == 0 ? null : T0.AddMilliseconds(starts[i] + lengths[i]))).ToList();
        var end = spans.Select(s => s.EndAt(s.Start)).Append(T0.AddMilliseconds(10)).Max();
        return WaterfallTree.Build(new WaterfallSpan("", null, "root", "trace", T0, end), spans);
    }
}
