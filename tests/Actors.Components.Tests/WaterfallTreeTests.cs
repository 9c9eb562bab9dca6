using FsCheck;
using FsCheck.Fluent;

namespace Actors.Components;

public sealed class WaterfallTreeTests
{
    private static readonly DateTimeOffset T0 = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly HashSet<string> None = [];

    private static WaterfallSpan Span(string id, string? parent, int start, int? end, string kind = "span") =>
        new(id, parent, id, kind, T0.AddMilliseconds(start), end is { } e ? T0.AddMilliseconds(e) : null);

    [Fact]
    public void Children_follow_their_parent_by_start()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 100), [Span("c", "a", 30, 40), Span("b", "a", 10, 20), Span("a", null, 5, 50), Span("d", null, 60, 70)]);

        var rows = tree.Place(T0, None, WaterfallView.Whole);
        Assert.Equal(["", "a", "b", "c", "d"], rows.Select(r => r.Span.Id));
        Assert.Equal([0, 1, 2, 2, 1], rows.Select(r => r.Depth));
    }

    [Fact]
    public void Orphans_and_rings_hang_under_the_root()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 100), [Span("lost", "gone", 1, 2), Span("x", "y", 3, 4), Span("y", "x", 5, 6), Span("self", "self", 7, 8)]);

        Assert.Equal(["", "lost", "self", "x", "y"], tree.Spans.Select(s => s.Id));
    }

    [Fact]
    public void Whatever_the_parents_every_span_is_shown_once()
    {
        var arbitrary = Gen.Choose(0, 12).ListOf(12).ToArbitrary();
        Prop.ForAll(arbitrary, parents =>
        {
            var spans = parents.Select((p, i) => Span($"s{i}", p == 12 ? null : $"s{p}", i, i + 5)).ToList();
            var tree = WaterfallTree.Build(Span("", null, 0, 100), spans);
            var rows = tree.Place(T0, None, WaterfallView.Whole);
            return rows.Count == spans.Count + 1 && rows.Select(r => r.Span.Id).Distinct().Count() == rows.Count;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_folded_span_hides_its_descendants()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 100), [Span("a", null, 5, 50), Span("b", "a", 10, 20), Span("c", "b", 12, 14), Span("d", null, 60, 70)]);

        var rows = tree.Place(T0, new HashSet<string> { "a" }, WaterfallView.Whole);
        Assert.Equal(["", "a", "d"], rows.Select(r => r.Span.Id));
        Assert.True(rows[1].Collapsed);
        Assert.Equal(["b", "a", ""], tree.Ancestors("c"));
    }

    [Fact]
    public void Bars_are_placed_in_percent_and_labels_flip_where_there_is_no_room()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 1000), [Span("early", null, 100, 300), Span("late", null, 800, 950)]);

        var rows = tree.Place(T0, None, WaterfallView.Whole);
        Assert.Equal((0, 100, LabelSide.Inside), (rows[0].Left, rows[0].Width, rows[0].Side));
        Assert.Equal((10, LabelSide.After), (rows[1].Left, rows[1].Side));
        Assert.Equal(20, rows[1].Width, 6);
        Assert.Equal(LabelSide.Before, rows[2].Side);
    }

    [Fact]
    public void A_running_span_ends_now_and_grows()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, null), [Span("a", null, 0, 100), Span("b", null, 100, null)]);

        var early = tree.Place(T0.AddMilliseconds(200), None, WaterfallView.Whole)[2];
        var later = tree.Place(T0.AddMilliseconds(400), None, WaterfallView.Whole)[2];
        Assert.Equal(50, early.Width);
        Assert.Equal(75, later.Width);
        Assert.Equal("300 ms", later.Label);
    }

    [Fact]
    public void The_first_token_is_marked_inside_the_bar_only()
    {
        var inside = Span("a", null, 0, 1000, "generation") with { FirstToken = T0.AddMilliseconds(250) };
        var outside = Span("b", null, 0, 1000, "generation") with { FirstToken = T0.AddMilliseconds(2500) };
        var rows = WaterfallTree.Build(Span("", null, 0, 1000), [inside, outside]).Place(T0, None, WaterfallView.Whole);

        Assert.Equal(25, rows[1].Ttft);
        Assert.Null(rows[2].Ttft);
    }

    [Fact]
    public void Zooming_moves_bars_and_the_scale_together()
    {
        var tree = WaterfallTree.Build(Span("", null, 0, 1000), [Span("a", null, 500, 600)]);
        var view = WaterfallView.Of(0.5, 1);

        Assert.Equal(0, tree.Place(T0, None, view)[1].Left);
        Assert.Equal("500 ms", view.Ticks(TimeSpan.FromSeconds(1))[0].Text);
        Assert.Equal(WaterfallView.Whole, WaterfallView.Of(double.NaN, 2));
    }

    [Fact]
    public void A_very_deep_tree_does_not_exhaust_the_stack()
    {
        var spans = Enumerable.Range(0, 20_000).Select(i => Span($"s{i}", i == 0 ? null : $"s{i - 1}", i, i + 1)).ToList();

        Assert.Equal(20_000, WaterfallTree.Build(Span("", null, 0, 1), spans).Place(T0, None, WaterfallView.Whole)[^1].Depth);
    }
}
