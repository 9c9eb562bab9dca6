using FsCheck;
using FsCheck.Fluent;

namespace Actors.Components;

public sealed class CriticalPathTests
{
    private static readonly DateTimeOffset T0 = RandomTraces.T0;

    private static WaterfallSpan Span(string id, string? parent, int start, int? end) =>
        new(id, parent, id, "span", T0.AddMilliseconds(start), end is { } e ? T0.AddMilliseconds(e) : null);

    private static List<(string Id, double Start, double End)> PathOf(int end, params WaterfallSpan[] spans)
    {
        var tree = WaterfallTree.Build(Span("", null, 0, end), spans);
        return [.. CriticalPath.Of(tree, T0.AddMilliseconds(end)).Parts.Select(p => (tree.Lines[p.Line].Span.Id, p.Start, p.End))];
    }

    [Fact]
    public void One_after_another_all_are_on_it_and_the_rest_is_the_parent()
    {
        Assert.Equal(
            [("", 0, 10), ("a", 10, 30), ("", 30, 40), ("b", 40, 90), ("", 90, 100)],
            PathOf(100, Span("a", null, 10, 30), Span("b", null, 40, 90)));
    }

    [Fact]
    public void Of_those_side_by_side_the_last_to_end_counts()
    {
        Assert.Equal(
            [("", 0, 10), ("slow", 10, 80), ("", 80, 100)],
            PathOf(100, Span("fast", null, 10, 50), Span("slow", null, 10, 80)));
    }

    [Fact]
    public void What_still_ran_when_the_next_began_held_nothing_up()
    {
        Assert.Equal(
            [("", 0, 5), ("first", 5, 40), ("", 40, 50), ("last", 50, 100)],
            PathOf(100, Span("first", null, 5, 40), Span("beside", null, 5, 60), Span("last", null, 50, 100)));
    }

    [Fact]
    public void The_path_goes_down_into_children_and_a_child_that_outlives_its_parent_is_cut()
    {
        Assert.Equal(
            [("", 0, 10), ("agent", 10, 20), ("call", 20, 60), ("", 60, 100)],
            PathOf(100, Span("agent", null, 10, 60), Span("call", "agent", 20, 95)));
    }

    [Fact]
    public void What_runs_ends_now()
    {
        Assert.Equal([("", 0, 10), ("a", 10, 100)], PathOf(100, Span("a", null, 10, null)));
    }

    [Fact]
    public void It_covers_the_trace_once_and_every_part_is_inside_its_span()
    {
        Prop.ForAll(RandomTraces.Trees, tree =>
        {
            var now = T0.AddMilliseconds(6000);
            var parts = CriticalPath.Of(tree, now).Parts;
            var root = tree.Lines[0].Span;
            var at = (root.Start - tree.Start).TotalMilliseconds;
            foreach (var part in parts)
            {
                var span = tree.Lines[part.Line].Span;
                if (part.Start != at || part.End <= part.Start
                    || (span.Start - tree.Start).TotalMilliseconds > part.Start || (span.EndAt(now) - tree.Start).TotalMilliseconds < part.End)
                    return false;
                at = part.End;
            }
            return at == (root.EndAt(now) - tree.Start).TotalMilliseconds;
        }).QuickCheckThrowOnFailure();
    }

    // The definition read word by word, a millisecond at a time: slow and plain.
    [Fact]
    public void It_is_what_the_definition_says_at_every_millisecond()
    {
        Prop.ForAll(RandomTraces.Trees, tree =>
        {
            var now = T0.AddMilliseconds(6000);
            var owner = new Dictionary<int, int>();
            Walk(0, Ms(tree.Lines[0].Span.Start), Ms(tree.Lines[0].Span.EndAt(now)));
            return CriticalPath.Of(tree, now).Parts.All(p => Enumerable.Range((int)p.Start, (int)(p.End - p.Start)).All(ms => owner[ms] == p.Line));

            int Ms(DateTimeOffset at) => (int)(at - tree.Start).TotalMilliseconds;

            void Walk(int line, int from, int until)
            {
                var at = until;
                while (at > from)
                {
                    var last = tree.Children(line)
                        .Select(c => (Line: c, Start: Math.Max(Ms(tree.Lines[c].Span.Start), from), End: Math.Min(Ms(tree.Lines[c].Span.EndAt(now)), until)))
                        .Where(c => c.Start < c.End && c.End <= at)
                        .OrderByDescending(c => c.End).ThenBy(c => c.Start).ThenBy(c => c.Line)
                        .Select(c => ((int Line, int Start, int End)?)c).FirstOrDefault();
                    for (var ms = last?.End ?? from; ms < at; ms++)
                        owner[ms] = line;
                    if (last is not { } child)
                        return;
                    Walk(child.Line, child.Start, child.End);
                    at = child.Start;
                }
            }
        }).QuickCheckThrowOnFailure();
    }
}
