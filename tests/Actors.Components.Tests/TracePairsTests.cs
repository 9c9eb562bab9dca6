using Actors.Web.Model.Trace.Compare;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Components;

public sealed class TracePairsTests
{
    private static readonly DateTimeOffset T0 = RandomTraces.T0;

    private static WaterfallTree Tree(params (string Id, string? Parent, string Name, int Length)[] spans) => WaterfallTree.Build(
        new WaterfallSpan("", null, "root", "trace", T0, T0.AddSeconds(1)),
        [.. spans.Select((s, i) => new WaterfallSpan(s.Id, s.Parent, s.Name, "span", T0.AddMilliseconds(i), T0.AddMilliseconds(i + s.Length), Tokens: s.Length))]);

    private static IEnumerable<string> Names(IEnumerable<SpanPair> pairs) =>
        pairs.Select(p => $"{p.Depth} {p.Left?.Span.Id ?? "-"} {p.Right?.Span.Id ?? "-"}");

    [Fact]
    public void Children_are_paired_by_name_in_their_order()
    {
        var left = Tree(("a1", null, "agent", 10), ("s1", "a1", "search", 3), ("s2", "a1", "search", 3), ("w1", "a1", "write", 2));
        var right = Tree(("a2", null, "agent", 25), ("p2", "a2", "plan", 1), ("t1", "a2", "search", 5), ("v2", "a2", "verify", 1), ("w2", "a2", "write", 2));

        var pairs = TracePairs.Of(left, right);

        Assert.Equal(["0  ", "1 a1 a2", "2 - p2", "2 s1 t1", "2 - v2", "2 s2 -", "2 w1 w2"], Names(pairs));
        Assert.Equal(TimeSpan.FromMilliseconds(15), pairs[1].Longer);
        Assert.Equal(2, pairs[3].MoreTokens);
        Assert.Null(pairs[2].Longer);
    }

    [Fact]
    public void Every_span_of_both_is_there_once_and_a_trace_equals_itself()
    {
        Prop.ForAll(RandomTraces.Trees, RandomTraces.Trees, (left, right) =>
        {
            var pairs = TracePairs.Of(left, right);
            return pairs.Where(p => p.Left is not null).Select(p => p.Left!.Value.Span.Id).Order().SequenceEqual(left.Lines.Select(l => l.Span.Id).Order())
                && pairs.Where(p => p.Right is not null).Select(p => p.Right!.Value.Span.Id).Order().SequenceEqual(right.Lines.Select(l => l.Span.Id).Order())
                && TracePairs.Of(left, left).Select(p => (p.Left, p.Right)).SequenceEqual(left.Lines.Select(l => ((SpanLine?)l, (SpanLine?)l)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_difference_shows_what_changed_and_skips_what_did_not()
    {
        var left = "{" + string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"k{i:00}\":{i}")) + "}";
        var diff = TextDiff.Of(left, left.Replace("\"k10\":10", "\"k10\":99", StringComparison.Ordinal));

        Assert.Equal(
            ["Skipped 8 equal lines", "Same   \"k07\": 7,", "Same   \"k08\": 8,", "Same   \"k09\": 9,", "Removed   \"k10\": 10,", "Added   \"k10\": 99,", "Same   \"k11\": 11,", "Same   \"k12\": 12,", "Same   \"k13\": 13,", "Skipped 7 equal lines"],
            diff.Select(d => $"{d.Kind} {d.Text}"));
        Assert.Empty(TextDiff.Of(left, left));
        Assert.Equal(["Removed one", "Added two"], TextDiff.Of("\"one\"", "\"two\"").Select(d => $"{d.Kind} {d.Text}"));
        Assert.Equal("Added", TextDiff.Of(null, "\"two\"")[^1].Kind.ToString());
    }
}
