using Actors.Web.Model.Trace.Graph;
using FsCheck;
using FsCheck.Fluent;

namespace Actors.Components;

public sealed class StepGraphTests
{
    private static readonly DateTimeOffset T0 = RandomTraces.T0;

    private static WaterfallSpan Span(string id, string? parent, string name, int start, int end, string kind = "span") =>
        new(id, parent, name, kind, T0.AddMilliseconds(start), T0.AddMilliseconds(end));

    private static StepGraph GraphOf(bool calls, params WaterfallSpan[] spans) =>
        StepGraph.Of(WaterfallTree.Build(new WaterfallSpan("", null, "root", "trace", T0, T0.AddMilliseconds(1000)), spans), calls);

    private static IEnumerable<string> Edges(StepGraph graph) =>
        graph.Edges.Select(e => $"{graph.Nodes[e.From].Name}>{graph.Nodes[e.To].Name} {e.Count}");

    [Fact]
    public void A_loop_of_calls_is_a_loop_of_steps()
    {
        WaterfallSpan[] spans =
        [
            Span("1", null, "plan", 0, 10), Span("2", null, "act", 10, 20), Span("3", null, "plan", 20, 30), Span("4", null, "act", 30, 40), Span("5", null, "answer", 40, 50),
        ];

        Assert.Equal(["root>plan 1", "plan>act 2", "act>plan 1", "act>answer 1"], Edges(GraphOf(false, spans)));
        Assert.Equal(["root>plan 1", "plan>act 1", "act>plan 1", "plan>act 1", "act>answer 1"], Edges(GraphOf(true, spans)));
        Assert.Equal([1, 2, 2, 1], GraphOf(false, spans).Nodes.Select(n => n.SpanIds.Count));
    }

    [Fact]
    public void What_runs_side_by_side_begins_together_and_ends_together()
    {
        Assert.Equal(
            ["root>search 1", "root>fetch 1", "fetch>answer 1", "search>answer 1"],
            Edges(GraphOf(true, Span("1", null, "search", 0, 30), Span("2", null, "fetch", 5, 40), Span("3", null, "answer", 50, 60))));
    }

    [Fact]
    public void Children_hang_under_their_step_and_moments_are_no_steps()
    {
        Assert.Equal(
            ["root>agent 1", "agent>call 1"],
            Edges(GraphOf(false, Span("1", null, "agent", 0, 100), Span("2", "1", "call", 5, 40), Span("3", "1", "note", 50, 50, "event"))));
    }

    [Fact]
    public void A_huge_trace_says_what_it_leaves_out()
    {
        var graph = GraphOf(true, [.. Enumerable.Range(0, 5000).Select(i => Span($"{i}", null, "step", i, i + 1))]);

        Assert.Equal(StepGraph.MaxNodes, graph.Nodes.Count);
        Assert.Equal(5001 - StepGraph.MaxNodes, graph.LeftOut);
        Assert.Equal(0, GraphOf(false, [.. Enumerable.Range(0, 5000).Select(i => Span($"{i}", null, "step", i, i + 1))]).LeftOut);
    }

    [Fact]
    public void Only_loops_go_up_and_no_two_steps_overlap()
    {
        var graphs = (
            from nodes in Gen.Choose(1, 12)
            from size in Gen.Choose(0, 20)
            from ends in Gen.Choose(0, nodes * nodes - 1).ListOf(size)
            select (nodes, ends.Distinct().Select(e => (From: e / nodes, To: e % nodes)).ToList())).ToArbitrary();
        Prop.ForAll(graphs, graph =>
        {
            var (count, edges) = graph;
            var layout = LayeredLayout.Of(count, edges);
            var again = LayeredLayout.Of(count, edges);
            var down = edges.Select((e, i) => (e, layout.Edges[i].IsBack)).All(p => p.IsBack || layout.Nodes[p.e.From].Y < layout.Nodes[p.e.To].Y);
            var apart = layout.Nodes.SelectMany((a, i) => layout.Nodes.Skip(i + 1), (a, b) =>
                Math.Abs(a.Y - b.Y) >= LayeredLayout.NodeHeight || Math.Abs(a.X - b.X) >= LayeredLayout.NodeWidth).All(x => x);
            var inside = layout.Nodes.All(n => n.X >= LayeredLayout.NodeWidth / 2 - 1e-6 && n.X <= layout.Width - LayeredLayout.NodeWidth / 2 + 1e-6 && n.Y <= layout.Height);
            return down && apart && inside && layout.Nodes.SequenceEqual(again.Nodes);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Without_loops_nothing_is_drawn_as_one()
    {
        var layout = LayeredLayout.Of(4, [(0, 1), (1, 2), (0, 2), (2, 3)]);

        Assert.DoesNotContain(layout.Edges, e => e.IsBack);
        Assert.Equal(3, layout.Edges[2].Points.Count);
        Assert.True(Assert.Single(LayeredLayout.Of(1, [(0, 0)]).Edges).IsBack);
    }
}
