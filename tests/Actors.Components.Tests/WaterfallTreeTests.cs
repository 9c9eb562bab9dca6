using FsCheck;
using FsCheck.Fluent;

namespace Actors.Components;

public sealed class WaterfallTreeTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<string> None = [];

    private static List<(SpanLine Line, WaterfallBar Bar)> Place(WaterfallTree tree, DateTimeOffset now, IReadOnlySet<string> collapsed, WaterfallView view) =>
        [.. tree.Visible(collapsed, default).Select(l => (tree.Lines[l], view.Place(tree.Lines[l].Span, tree.Start, TimeAxis.Straight(tree.Total(now)), now)))];

    private static WaterfallSpan Span(string id, string? parent, int start, int? end, string kind = "span") =>
        new(id, parent, id, kind, T0.AddMilliseconds(start), end is { } e ? T0.AddMilliseconds(e) : null);

    [Fact]
    public void Children_follow_their_parent_by_start()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 100), [Span("c", "a", 30, 40), Span("b", "a", 10, 20), Span("a", null, 5, 50), Span("d", null, 60, 70)]);

        var rows = Place(tree, T0, None, WaterfallView.Whole);
        Assert.Equal(["", "a", "b", "c", "d"], rows.Select(r => r.Line.Span.Id));
        Assert.Equal([0, 1, 2, 2, 1], rows.Select(r => r.Line.Depth));
    }

    [Fact]
    public void Orphans_and_rings_hang_under_the_root()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 100), [Span("lost", "gone", 1, 2), Span("x", "y", 3, 4), Span("y", "x", 5, 6), Span("self", "self", 7, 8)]);

        Assert.Equal(["", "lost", "self", "x", "y"], tree.Lines.Select(l => l.Span.Id));
    }

    [Fact]
    public void Whatever_the_parents_every_span_is_shown_once()
    {
        var arbitrary = Gen.Choose(0, 12).ListOf(12).ToArbitrary();
        Prop.ForAll(arbitrary, parents =>
        {
            var spans = parents.Select((p, i) => Span($"s{i}", p == 12 ? null : $"s{p}", i, i + 5)).ToList();
            var tree = WaterfallTree.Build(Span("", null, 0, 100), spans);
            var rows = Place(tree, T0, None, WaterfallView.Whole);
            return rows.Count == spans.Count + 1 && rows.Select(r => r.Line.Span.Id).Distinct().Count() == rows.Count;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_folded_span_hides_its_descendants()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 100), [Span("a", null, 5, 50), Span("b", "a", 10, 20), Span("c", "b", 12, 14), Span("d", null, 60, 70)]);

        var rows = Place(tree, T0, new HashSet<string> { "a" }, WaterfallView.Whole);
        Assert.Equal(["", "a", "d"], rows.Select(r => r.Line.Span.Id));
        Assert.Equal(["b", "a", ""], tree.Ancestors("c"));
    }

    [Fact]
    public void Bars_are_placed_in_percent_and_labels_flip_where_there_is_no_room()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 1000), [Span("early", null, 100, 300), Span("late", null, 800, 950)]);

        var rows = Place(tree, T0, None, WaterfallView.Whole);
        Assert.Equal((0, 100, LabelSide.Inside), (rows[0].Bar.Left, rows[0].Bar.Width, rows[0].Bar.Side));
        Assert.Equal((10, LabelSide.After), (rows[1].Bar.Left, rows[1].Bar.Side));
        Assert.Equal(20, rows[1].Bar.Width, 6);
        Assert.Equal(LabelSide.Before, rows[2].Bar.Side);
    }

    [Fact]
    public void A_running_span_ends_now_and_grows()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, null), [Span("a", null, 0, 100), Span("b", null, 100, null)]);

        var early = Place(tree, T0.AddMilliseconds(200), None, WaterfallView.Whole)[2].Bar;
        var later = Place(tree, T0.AddMilliseconds(400), None, WaterfallView.Whole)[2].Bar;
        Assert.Equal(50, early.Width);
        Assert.Equal(75, later.Width);
        Assert.Equal("300 ms", later.Label);
    }

    [Fact]
    public void The_first_token_is_marked_inside_the_bar_only()
    {
        var inside = Span("a", null, 0, 1000, "generation") with { FirstToken = T0.AddMilliseconds(250) };
        var outside = Span("b", null, 0, 1000, "generation") with { FirstToken = T0.AddMilliseconds(2500) };
        var rows = Place(WaterfallTree.Build(Span("", null, 0, 1000), [inside, outside]), T0, None, WaterfallView.Whole);

        Assert.Equal(25, rows[1].Bar.Ttft);
        Assert.Null(rows[2].Bar.Ttft);
    }

    [Fact]
    public void Zooming_moves_bars_and_the_scale_together()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 1000), [Span("a", null, 500, 600)]);
        var view = WaterfallView.Of(0.5, 1);

        Assert.Equal(0, Place(tree, T0, None, view)[1].Bar.Left);
        Assert.Equal("500 ms", view.Ticks(TimeAxis.Straight(TimeSpan.FromSeconds(1)))[0].Text);
        Assert.Equal(WaterfallView.Whole, WaterfallView.Of(double.NaN, 2));
    }

    [Fact]
    public void Costs_and_tokens_add_up_to_the_root()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 100),
        [
            Span("a", null, 5, 50), Span("b", "a", 10, 20) with { Cost = 0.25m, Tokens = 10 },
            Span("c", "b", 12, 14) with { Cost = 0.5m, Tokens = 5 }, Span("d", null, 60, 70),
        ]);

        Assert.Equal([0.75m, 0.75m, 0.75m, 0.5m, null], tree.Lines.Select(l => l.Cost));
        Assert.Equal([15, 15, 15, 5, 0], tree.Lines.Select(l => l.Tokens));
        Assert.Equal([4, 2, 1, 0, 0], tree.Lines.Select(l => l.Descendants));
    }

    [Fact]
    public void What_is_looked_for_brings_all_above_it()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 100),
        [
            Span("agent", null, 5, 50), Span("search", "agent", 10, 20) with { Level = "ERROR" }, Span("answer", "agent", 12, 14), Span("other", null, 60, 70),
        ]);
        var folded = new HashSet<string> { "agent" };

        Assert.Equal([0, 1, 2], tree.Visible(folded, new SpanFilter("SEAR", null)));
        Assert.Equal([0, 1, 2], tree.Visible(folded, new SpanFilter(null, "WARNING")));
        Assert.Equal([0, 1, 3], tree.Visible(None, new SpanFilter("answer", "nonsense")));
        Assert.Equal([0], tree.Visible(None, new SpanFilter("nothing", null)));
    }

    [Fact]
    public void A_very_deep_tree_does_not_exhaust_the_stack()
    {
        var spans = Enumerable.Range(0, 20_000).Select(i => Span($"s{i}", i == 0 ? null : $"s{i - 1}", i, i + 1)).ToList();

        Assert.Equal(20_000, WaterfallTree.Build(Span("", null, 0, 1), spans).Lines[^1].Depth);
    }
}
