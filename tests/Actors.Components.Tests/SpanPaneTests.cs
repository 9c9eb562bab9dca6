using static Actors.Components.Sample;

namespace Actors.Components;

public sealed class SpanPaneTests : ComponentTest
{
    private TraceAddress _address = new();

    private IRenderedComponent<SpanPane> RenderPane(SpanLook look = SpanLook.Waterfall)
    {
        _address = new TraceAddress { Look = look };
        var view = TraceViewModel.Of(Document(1,
            Observation("a", null, 0, 400, Tracing.ObservationType.Agent),
            Observation("b", "a", 50, 300, Tracing.ObservationType.Generation) with { Output = "\"found\"", Usage = [new("total", 40)] },
            Observation("c", "a", 300, 380, Tracing.ObservationType.Tool) with { Level = Tracing.ObservationLevel.Error, StatusMessage = "no such\nfile" }))!;
        IRenderedComponent<SpanPane> pane = null!;
        pane = Render<SpanPane>(p => p
            .Add(s => s.View, view).Add(s => s.Now, T0).Add(s => s.Address, _address).Add(s => s.AddressOf, a => "/t" + a.ToQuery())
            .Add(s => s.Changed, address =>
            {
                _address = address;
                pane.Render(q => q.Add(s => s.Address, address));
            }));
        return pane;
    }

    [Fact]
    public void Every_look_has_an_address()
    {
        Assert.Equal(["/t", "/t?view=tree", "/t?view=graph", "/t?view=log"], RenderPane().FindAll(".seg a").Select(a => a.GetAttribute("href")));
    }

    [Fact]
    public void Switches_and_the_search_go_to_the_address()
    {
        var pane = RenderPane();

        pane.FindAll("button").First(b => b.TextContent == "Critical path").Click();
        pane.FindAll("button").First(b => b.TextContent == "Short gaps").Click();
        pane.Find("input[type=search]").Input("step b");
        pane.Find("select").Change("ERROR");

        Assert.Equal("?find=step%20b&level=ERROR&path=critical&gaps=short", _address.ToQuery());
        Assert.Equal("0 of 3", pane.Find(".wf-head > :first-child").TextContent);
    }

    [Fact]
    public async Task The_tree_shows_numbers_and_scores()
    {
        var pane = RenderPane(SpanLook.Tree);

        Assert.Equal(["", "a", "b", "c"], pane.FindAll(".wf-row").Select(r => r.GetAttribute("data-span")));
        Assert.Contains("helpfulness 0.92", pane.FindAll(".wf-row")[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("40", pane.FindAll(".wf-row")[1].QuerySelectorAll(".n")[0].TextContent);
        Assert.Equal("hot h-4", pane.FindAll(".wf-row")[1].QuerySelectorAll(".n .hot")[1].ClassName);

        await pane.InvokeAsync(() => pane.Instance.MoveAsync(2));
        Assert.Equal("b", _address.Span);
    }

    [Fact]
    public async Task The_log_is_flat_by_time_and_says_what_happened()
    {
        var pane = RenderPane(SpanLook.Log);

        Assert.Equal(["a", "b", "c"], pane.FindAll(".wf-row").Select(r => r.GetAttribute("data-span")));
        Assert.Contains("found", pane.FindAll(".wf-row")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("no such file", pane.FindAll(".wf-row")[2].TextContent, StringComparison.Ordinal);

        await pane.InvokeAsync(() => pane.Instance.MoveAsync(1));
        Assert.Equal("a", _address.Span);
    }

    [Fact]
    public async Task A_step_of_the_graph_chooses_its_span()
    {
        JSInterop.SetupModule("./_content/Actors.Web/js/graph.js").SetupModule(i => i.Identifier == "attach").Mode = JSRuntimeMode.Loose;
        var pane = RenderPane(SpanLook.Graph);

        Assert.Equal(["name of t1", "step a", "step b", "step c"], pane.FindAll(".graph-node").Select(n => n.GetAttribute("data-step")));
        Assert.Equal(3, pane.FindAll(".graph-paper svg > path").Count);
        pane.Find("[data-step='step b']").Click();
        Assert.Equal("b", _address.Span);
        Assert.Equal("true", pane.Find("[data-step='step b']").GetAttribute("aria-pressed"));

        await pane.InvokeAsync(() => pane.Instance.MoveAsync(1));
        Assert.Equal("c", _address.Span);
    }
}
