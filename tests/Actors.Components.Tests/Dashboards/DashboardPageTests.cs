using Actors.Dashboards;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Components.Pages.Dashboards;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Components.Dashboards.Given;
using static Actors.Components.Sample;

namespace Actors.Components.Dashboards;

/// <summary>Dashboards over a store in memory and a read model that answers what a test says.</summary>
public sealed class DashboardPageTests : ComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private async Task<IRenderedComponent<DashboardPage>> OpenAsync(string id, string query = "")
    {
        Navigation.NavigateTo($"/p/support/dashboards/{id}{query}");
        var page = Render<DashboardPage>(p => p.Add(d => d.Project, "support").Add(d => d.Id, id));
        await BeatUntilAsync(page, () => page.FindAll("[data-state=loading]").Count == 0 && (page.FindAll("[data-widget]").Count > 0 || page.FindAll(".empty").Count > 0));
        return page;
    }

    private string Board(params WidgetDraft[] widgets)
    {
        List<Placement> tiles = [];
        foreach (var (i, widget) in widgets.Index())
        {
            Dashboards.Widgets[$"w{i}"] = new WidgetRecord($"w{i}", widget with { Name = $"widget {i}" }, T0, T0);
            tiles.Add(new Placement($"t{i}", PlacementKind.Widget, $"w{i}", 0, i * 6, 6, 6));
        }

        Dashboards.Boards["own"] = new DashboardRecord("own", "Mine", "", "[]", tiles, T0, T0);
        return "own";
    }

    private void Answers(params MetricsValue[][] rows) => Grains.Analytics.Answer = _ => Task.FromResult(new MetricsAnswer([], rows, 5, 5));

    [Theory]
    [InlineData(ChartKind.Number, "[data-value]")]
    [InlineData(ChartKind.HorizontalBar, "[data-chart=hbar][role=img][aria-label]")]
    [InlineData(ChartKind.VerticalBar, "[data-chart=vbar][role=img][aria-label]")]
    [InlineData(ChartKind.Pie, "[data-chart=pie][role=img][aria-label]")]
    [InlineData(ChartKind.LineTimeSeries, "[data-chart=lines][role=img][aria-label]")]
    [InlineData(ChartKind.AreaTimeSeries, "[data-chart=stack][role=img][aria-label]")]
    [InlineData(ChartKind.BarTimeSeries, "[data-chart=bars][role=img][aria-label]")]
    [InlineData(ChartKind.HeatMap, "[data-chart=cells][role=img][aria-label]")]
    [InlineData(ChartKind.Table, "table td button")]
    [InlineData(ChartKind.PivotTable, "table td button")]
    [InlineData(ChartKind.Histogram, "[data-chart=histogram][role=img][aria-label]")]
    public async Task Every_kind_of_widget_is_drawn_and_is_a_table_too(ChartKind kind, string drawn)
    {
        MetricsValue[] row = kind switch
        {
            ChartKind.Number => [Number(7)],
            ChartKind.Histogram => [new MetricsValue { Bins = [new(0, 1, 7)] }],
            ChartKind.LineTimeSeries or ChartKind.AreaTimeSeries or ChartKind.BarTimeSeries or ChartKind.HeatMap => [Text("a"), At(T0.AddHours(-1)), Number(7)],
            _ => [Text("a"), Number(7)],
        };
        Answers(row);

        var page = await OpenAsync(Board(Widget(kind, "latency", MetricsAggregation.P95, "name")));

        Assert.Single(page.FindAll($"[data-widget=w0] {drawn}"));
        Assert.Equal("asof", page.Find("[data-widget=w0] [data-freshness]").GetAttribute("data-freshness"));
        await page.Find("[data-widget=w0] [title='Show as table']").ClickAsync(new());
        Assert.NotEmpty(page.FindAll("[data-widget=w0] tbody tr"));
        await page.Find("[data-widget=w0] [title='Show the SQL']").ClickAsync(new());
        Assert.Contains("SELECT the", page.Find("[data-widget=w0] pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_widget_that_fails_does_not_hurt_the_others_and_is_asked_again()
    {
        var isDown = true;
        Grains.Analytics.Answer = query => isDown && query.Metrics[0].Measure == "latency"
            ? Task.FromException<MetricsAnswer>(new TimeoutException("slow"))
            : Task.FromResult(new MetricsAnswer([], [[Number(7)]], 5, 9));

        var page = await OpenAsync(Board(Widget(ChartKind.Number, "latency", MetricsAggregation.Avg), Widget(ChartKind.Number, "countScores", MetricsAggregation.Sum)));

        Assert.Equal("The question took too long.", page.Find("[data-widget=w0] [data-state=failed]").TextContent.Trim());
        Assert.Equal("7", page.Find("[data-widget=w1] [data-value]").GetAttribute("data-value"));
        Assert.Equal("4 missing", page.Find("[data-widget=w1] .pill.warn").TextContent);
        isDown = false;
        await BeatUntilAsync(page, () => page.FindAll("[data-widget=w0] [data-value]").Count == 1);
    }

    [Fact]
    public async Task A_few_are_asked_at_once_in_the_order_in_which_they_are_read()
    {
        var waiting = new Queue<TaskCompletionSource<MetricsAnswer>>();
        Grains.Analytics.Answer = _ =>
        {
            waiting.Enqueue(new TaskCompletionSource<MetricsAnswer>());
            return waiting.Last().Task;
        };
        var id = Board([.. Enumerable.Range(0, 8).Select(i => Widget(ChartKind.Table, "latency", MetricsAggregation.P95, "name") with { Chart = new(ChartKind.Table) { RowLimit = i + 1 } })]);
        Navigation.NavigateTo($"/p/support/dashboards/{id}");
        var page = Render<DashboardPage>(p => p.Add(d => d.Project, "support").Add(d => d.Id, id));
        await BeatUntilAsync(page, () => waiting.Count == 3);
        Assert.Equal(8, page.FindAll("[data-state=loading]").Count);

        waiting.Dequeue().SetResult(new MetricsAnswer([], []));
        await BeatUntilAsync(page, () => waiting.Count == 3);
        Assert.Equal("ready", page.Find("[data-widget=w0] .body").GetAttribute("data-state"));
        Assert.Equal("Nothing in this range.", page.Find("[data-widget=w0] .none").TextContent);
    }

    [Fact]
    public async Task What_the_live_edge_knows_is_pushed()
    {
        Grains.Metrics.Snapshot = new LiveSnapshot
        {
            Version = 1,
            At = T0,
            Windows = [Sample.Window(new LiveStats { Observations = 1234 }, new LiveStats { Observations = 617 }) with { Window = LiveWindows.Day }],
        };
        Answers([Number(1)]);

        var page = await OpenAsync(Board(Widget(ChartKind.Number, "count", MetricsAggregation.Count)));
        await BeatUntilAsync(page, () => page.FindAll("[data-freshness=live]").Count == 1);

        Assert.Equal("1,234", page.Find("[data-value]").GetAttribute("data-value"));
        Assert.Equal("+100%", page.Find(".delta").TextContent);
        Assert.Equal(LiveWindows.Day, Grains.Metrics.Wanted & LiveWindows.Day);
    }

    [Fact]
    public async Task A_dashboard_of_the_server_is_cloned_into_one_of_ones_own()
    {
        var page = await OpenAsync("cost");
        Assert.Empty(page.FindAll("a[href*=edit]"));

        await page.FindAll("button").Single(b => b.TextContent == "Clone").ClickAsync(new());

        var made = Assert.Single(Dashboards.Boards.Values);
        Assert.Equal(("Cost (copy)", 9, 9), (made.Name, made.Placements.Count, Dashboards.Widgets.Count));
        Assert.EndsWith($"/p/support/dashboards/{made.Id}?edit=1", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_widget_is_written_with_a_preview_and_put_below_the_others()
    {
        Answers([Number(7)]);
        var page = await OpenAsync(Board(Widget(ChartKind.Number, "latency", MetricsAggregation.P95)), "?edit=1&widget=new");

        await page.Find(".editor input").ChangeAsync(new ChangeEventArgs { Value = "Dollars" });
        await page.Find(".editor select").ChangeAsync(new ChangeEventArgs { Value = "Number" });
        Assert.Equal("Dollars", page.Find(".editor .preview h2").TextContent);
        await page.Find(".editor [placeholder*=level]").ChangeAsync(new ChangeEventArgs { Value = "(level:ERROR OR name:a)" });
        Assert.Contains("alternatives", page.Find(".editor .problem").TextContent, StringComparison.Ordinal);
        await page.Find(".editor [placeholder*=level]").ChangeAsync(new ChangeEventArgs { Value = "level:ERROR" });
        await page.Find(".editor form").SubmitAsync();

        var tile = Dashboards.Boards["own"].Placements[^1];
        var made = Dashboards.Widgets[tile.ContentId].Content;
        Assert.Equal(("Dollars", ChartKind.Number, 6, 3), (made.Name, made.Chart.Kind, tile.Y, tile.Height));
        Assert.Contains("ERROR", made.Filters, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dashboard_that_is_not_there_says_so() =>
        Assert.Contains("There is no such dashboard", (await OpenAsync("gone")).Markup, StringComparison.Ordinal);
}
