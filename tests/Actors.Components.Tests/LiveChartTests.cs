using Actors.Web.Components.Controls;

namespace Actors.Components;

public sealed class LiveChartTests : ComponentTest
{
    private static readonly ChartOptions Options = new("bands", "ms", 60_000, 1000, 62, "live");

    private static ChartFrame Frame(bool reset, double at) => new(reset, (long)at, true, ["p50"], [1], [[at, at]]);

    private IRenderedComponent<LiveChart> RenderChart(Action<ChartPick>? pick = null) => Render<LiveChart>(p =>
    {
        p.Add(c => c.Options, Options).Add(c => c.Label, "Latency");
        if (pick is not null)
            p.Add(c => c.OnPick, pick);
    });

    private List<ChartFrame> Sent => [.. Chart.Invocations["push"].Select(i => (ChartFrame)i.Arguments[0]!)];

    [Fact]
    public void A_chart_is_named_for_those_who_cannot_see_it()
    {
        var element = RenderChart().Find("[role=img]");

        Assert.Equal("Latency", element.GetAttribute("aria-label"));
        Assert.Equal("bands", element.GetAttribute("data-chart"));
    }

    [Fact]
    public async Task Frames_go_to_the_browser_one_by_one()
    {
        var chart = RenderChart();

        await chart.InvokeAsync(() => chart.Instance.PushAsync(Frame(true, 1)));
        await chart.InvokeAsync(() => chart.Instance.PushAsync(Frame(false, 2)));

        Assert.Equal([1, 2], Sent.Select(f => f.Rows.Single()[0]));
    }

    [Fact]
    public async Task A_slow_browser_is_owed_one_merged_frame()
    {
        var slow = Chart.SetupVoid("push", _ => true);
        var chart = RenderChart();

        var first = chart.InvokeAsync(() => chart.Instance.PushAsync(Frame(true, 1)));
        for (var at = 2; at <= 50; at++)
            await chart.InvokeAsync(() => chart.Instance.PushAsync(Frame(false, at)));
        Assert.Single(slow.Invocations);

        slow.SetVoidResult();
        await first;

        Assert.Equal(2, slow.Invocations.Count);
        var merged = (ChartFrame)slow.Invocations.ElementAt(1).Arguments[0]!;
        Assert.Equal(49, merged.Rows.Count);
        Assert.Equal(50, merged.Rows[^1][0]);
    }

    [Fact]
    public async Task A_click_tells_the_bucket_behind_the_point()
    {
        ChartPick? picked = null;
        var chart = RenderChart(p => picked = p);

        await chart.InvokeAsync(() => chart.Instance.PickedAsync(5000, 2, 120, 480));

        Assert.Equal(new ChartPick(DateTimeOffset.FromUnixTimeSeconds(5), DateTimeOffset.FromUnixTimeSeconds(6), 2, 120, 480), picked);
    }

    [Fact]
    public async Task Marks_reach_the_script_and_a_click_on_one_tells_its_key()
    {
        var clicked = "";
        var chart = Render<LiveChart>(p => p.Add(c => c.Options, Options).Add(c => c.Label, "Latency").Add(c => c.OnMark, key => clicked = key));
        ChartMark[] marks = [new(5000, "model", "New model: gpt-6", "model:gpt-6")];

        await chart.InvokeAsync(() => chart.Instance.MarkAsync(marks));
        await chart.InvokeAsync(() => chart.Instance.MarkedAsync("model:gpt-6"));

        Assert.Same(marks, Assert.Single(Chart.Invocations["mark"]).Arguments[0]);
        Assert.Equal("model:gpt-6", clicked);
    }
}
