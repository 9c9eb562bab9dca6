using static Actors.Components.Sample;

namespace Actors.Components;

public sealed class WaterfallTests : ComponentTest
{
    private string? _selected = "";

    private static WaterfallTree Tree => TraceViewModel.Of(Document(1,
        Observation("a", null, 0, 400, Tracing.ObservationType.Agent),
        Observation("b", "a", 50, 300, Tracing.ObservationType.Generation) with { CompletionStartTime = T0.AddMilliseconds(150), Level = Tracing.ObservationLevel.Error },
        Observation("c", null, 450, 1000)))!.Tree;

    private IRenderedComponent<Waterfall> RenderWaterfall(WaterfallTree? tree = null, DateTimeOffset? now = null)
    {
        IRenderedComponent<Waterfall> component = null!;
        component = Render<Waterfall>(p => p
            .Add(w => w.Tree, tree ?? Tree).Add(w => w.Now, now ?? T0).Add(w => w.SelectedId, _selected)
            .Add(w => w.SelectedIdChanged, id =>
            {
                _selected = id;
                component.Render(q => q.Add(w => w.SelectedId, id));
            }));
        return component;
    }

    private static IEnumerable<string?> Rows(IRenderedComponent<Waterfall> waterfall) =>
        waterfall.FindAll(".wf-row").Select(r => r.GetAttribute("data-span"));

    [Fact]
    public void Levels_and_states_are_told_to_screen_readers()
    {
        var rows = RenderWaterfall().FindAll("[role=treegrid] [role=row].wf-row");

        Assert.Equal(["1", "2", "3", "2"], rows.Select(r => r.GetAttribute("aria-level")));
        Assert.Equal(["true", "true", null, null], rows.Select(r => r.GetAttribute("aria-expanded")));
        Assert.Equal(["true", "false", "false", "false"], rows.Select(r => r.GetAttribute("aria-selected")));
    }

    [Fact]
    public void The_keyboard_walks_folds_and_unfolds()
    {
        var waterfall = RenderWaterfall();
        var grid = waterfall.Find("[role=treegrid]");

        grid.KeyDown("j");
        Assert.Equal("a", _selected);
        grid.KeyDown("ArrowLeft");
        Assert.Equal(["", "a", "c"], Rows(waterfall));
        grid.KeyDown("ArrowRight");
        Assert.Equal(["", "a", "b", "c"], Rows(waterfall));
        grid.KeyDown("ArrowDown");
        grid.KeyDown("ArrowLeft");
        Assert.Equal("a", _selected);
        grid.KeyDown("End");
        Assert.Equal("c", _selected);
        grid.KeyDown("k");
        Assert.Equal("b", _selected);
        grid.KeyDown("Home");
        Assert.Equal("", _selected);
    }

    [Fact]
    public void Failures_and_first_tokens_are_drawn()
    {
        var waterfall = RenderWaterfall();

        Assert.Equal("left:40%", Assert.Single(waterfall.FindAll(".ttft")).GetAttribute("style"));
        Assert.Single(waterfall.FindAll(".wf-bar.failed"));
        Assert.Equal("Error", Assert.Single(waterfall.FindAll(".wf-name .pill")).TextContent);
    }

    [Fact]
    public void Choosing_a_folded_span_unfolds_what_hides_it()
    {
        var waterfall = RenderWaterfall();
        waterfall.FindAll(".toggle")[1].Click();
        Assert.DoesNotContain("b", Rows(waterfall));

        waterfall.Render(p => p.Add(w => w.SelectedId, "b"));

        Assert.Contains("b", Rows(waterfall));
    }

    [Fact]
    public void A_running_bar_grows_with_the_clock()
    {
        var tree = TraceViewModel.Of(Document(1, Observation("a", null, 0, 500), Observation("b", null, 500, null)))!.Tree;
        var waterfall = RenderWaterfall(tree, T0.AddSeconds(1));
        Assert.Contains("width:50%", waterfall.Find(".wf-bar.running:not(.k-trace .wf-bar)").GetAttribute("style"));

        waterfall.Render(p => p.Add(w => w.Now, T0.AddSeconds(2)));

        Assert.Contains("width:75%", waterfall.FindAll(".wf-row")[2].QuerySelector(".wf-bar")!.GetAttribute("style"));
    }

    [Fact]
    public async Task Zooming_changes_the_scale()
    {
        var waterfall = RenderWaterfall();

        await waterfall.InvokeAsync(() => waterfall.Instance.ZoomedAsync(0.5, 1));

        Assert.Equal("500 ms", waterfall.Find(".wf-scale span").TextContent);
    }

    [Fact]
    public async Task The_buttons_and_keys_zoom_around_the_chosen_span()
    {
        _selected = "b";
        var waterfall = RenderWaterfall();

        waterfall.Find("[role=treegrid]").KeyDown("+");

        Assert.Equal("0 ms", waterfall.Find(".wf-scale span").TextContent);
        Assert.Equal("450 ms", waterfall.FindAll(".wf-scale span")[3].TextContent);
        Assert.Equal([0.0, 0.6], WaterfallScript.VerifyInvoke("show").Arguments.Cast<double>());
        await waterfall.InvokeAsync(waterfall.Instance.FitAsync);
        Assert.Equal("750 ms", waterfall.FindAll(".wf-scale span")[3].TextContent);
    }

    [Fact]
    public void The_critical_path_is_drawn_when_asked_for()
    {
        var waterfall = RenderWaterfall();
        Assert.Empty(waterfall.FindAll(".wf-crit"));

        waterfall.Render(p => p.Add(w => w.CriticalPath, true));

        // The root between its children, the agent around its generation, the generation, and the last span.
        Assert.Equal(["left:40%;width:5%"], Styles(waterfall, ""));
        Assert.Equal(["left:0%;width:5%", "left:30%;width:10%"], Styles(waterfall, "a"));
        Assert.Equal(["left:5%;width:25%"], Styles(waterfall, "b"));
        Assert.Equal(["left:45%;width:55%"], Styles(waterfall, "c"));

        static IEnumerable<string?> Styles(IRenderedComponent<Waterfall> waterfall, string span) =>
            waterfall.FindAll($"[data-span='{span}'] .wf-crit").Select(e => e.GetAttribute("style"));
    }

    [Fact]
    public void Short_gaps_are_breaks_that_say_their_length()
    {
        var tree = TraceViewModel.Of(Document(1, Observation("a", null, 0, 500), Observation("b", null, 60_500, 61_000)))!.Tree;
        var waterfall = RenderWaterfall(tree);
        Assert.Empty(waterfall.FindAll(".wf-gap"));

        waterfall.Render(p => p.Add(w => w.ShortGaps, true));

        Assert.Equal("1 m 00 s", Assert.Single(waterfall.FindAll(".wf-gap")).TextContent);
        Assert.Equal("500,60000,500,30", waterfall.Find("[role=treegrid]").GetAttribute("data-gaps"));
    }

    [Fact]
    public void Looking_for_spans_keeps_what_is_above_them_and_counts()
    {
        var waterfall = RenderWaterfall();

        waterfall.Render(p => p.Add(w => w.Filter, new SpanFilter("step b", null)));

        Assert.Equal(["", "a", "b"], Rows(waterfall));
        Assert.Equal(2, waterfall.FindAll(".wf-row.dim").Count);
        Assert.StartsWith("1 of 3", waterfall.Find(".wf-head").TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_cost_lane_adds_up_and_falls_back_to_tokens()
    {
        var generation = Observation("g", "a", 0, 10, Tracing.ObservationType.Generation) with { Usage = [new("total", 1200)] };
        var priced = generation with { Cost = new Tracing.ObservationCost { TotalUsd = 0.5m } };

        Assert.Equal(["$0.5000", "$0.5000", "$0.5000"], Costs(priced));
        Assert.Equal(["1,200", "1,200", "1,200"], Costs(generation));

        IEnumerable<string> Costs(Tracing.ObservationRecord call) =>
            RenderWaterfall(TraceViewModel.Of(Document(1, Observation("a"), call))!.Tree).FindAll(".wf-row .wf-costs").Select(e => e.TextContent.Trim());
    }

    [Fact]
    public void A_trace_of_thousands_of_spans_puts_few_on_the_page()
    {
        var tree = TraceViewModel.Of(Document(1, [.. Enumerable.Range(0, 5000).Select(i => Observation($"s{i}", null, i, i + 10))]))!.Tree;

        var waterfall = RenderWaterfall(tree);

        Assert.True(waterfall.FindAll(".wf-row").Count <= 200);
        Assert.Equal("5002", waterfall.Find("[role=treegrid]").GetAttribute("aria-rowcount"));
    }
}
