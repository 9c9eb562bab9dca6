using System.Globalization;
using Actors.Dashboards;
using Actors.Filtering;
using Actors.Queries;
using Actors.Web.Model.Dashboards;
using static Actors.Components.Dashboards.Given;
using static Actors.Components.Sample;

namespace Actors.Components.Dashboards;

/// <summary>What a widget asks, and what it makes of the answer.</summary>
public sealed class WidgetFigureTests
{
    private static readonly FigureFrame Frame = new(T0, "group", at => at.ToString("HH:mm", CultureInfo.InvariantCulture));

    private static WidgetFigure Figure(WidgetDraft widget, params MetricsValue[][] rows) => Figure(widget, null, rows);

    private static WidgetFigure Figure(WidgetDraft widget, MetricsAnswer? before, params MetricsValue[][] rows)
    {
        var question = WidgetQuestion.Of(widget, Filter.Everything, T0.AddHours(-3), T0).Question!;
        return WidgetFigures.Of(widget, question, new MetricsAnswer([], rows), before, Frame);
    }

    [Fact]
    public void A_number_says_how_it_changed()
    {
        var figure = Assert.IsType<NumberFigure>(Figure(
            Widget(ChartKind.Number, "totalCost", MetricsAggregation.Sum), new MetricsAnswer([], [[Number(2)]]), [Number(3)]));

        Assert.Equal(("$3.00", "+50.0%", "bad"), (figure.Value.Value, figure.Delta.Text, figure.Delta.Tone));
        Assert.Equal("widget: $3.00, +50.0% against the range before.", figure.Summary);
        Assert.True(Figure(Widget(ChartKind.Number, "latency", MetricsAggregation.P95), [default(MetricsValue)]).IsEmpty);
    }

    [Fact]
    public void Bars_say_how_much_they_leave_out()
    {
        var rows = Enumerable.Range(0, 41).Select(i => new[] { Text($"model-{i}"), Number(100 - i) }).ToArray();
        var widget = Widget(ChartKind.HorizontalBar, "count", MetricsAggregation.Count, "providedModelName") with { Chart = new(ChartKind.HorizontalBar) { RowLimit = 8 } };

        var figure = Assert.IsType<CategoryFigure>(Figure(widget, rows));

        Assert.Equal(("hbar", 8, "top 8 of 41"), (figure.Chart.Kind, figure.Chart.Names.Count, figure.Cut));
        Assert.Equal([("providedModelName", "model-0")], figure.Picks[0].Values);
    }

    [Fact]
    public void A_pie_is_the_whole()
    {
        var rows = Enumerable.Range(0, 10).Select(i => new[] { Text($"m{i}"), Number(1) }).ToArray();

        var figure = Assert.IsType<CategoryFigure>(Figure(Widget(ChartKind.Pie, "count", MetricsAggregation.Count, "providedModelName"), rows));

        Assert.Equal(("2 others", 10d), (figure.Chart.Names[^1], figure.Chart.Values.Sum()));
        Assert.Equal((0, 8), (figure.Chart.Colors[^1], figure.Picks.Count));
    }

    [Fact]
    public void A_gap_is_no_zero_and_a_count_of_nothing_is_none()
    {
        var (one, two) = (T0.AddHours(-2), T0.AddHours(-1));
        var waits = Assert.IsType<TimeFigure>(Figure(
            Widget(ChartKind.LineTimeSeries, "latency", MetricsAggregation.P95, "name"), [Text("a"), At(one), Number(5)], [Text("b"), At(two), Number(7)]));
        var counts = Assert.IsType<TimeFigure>(Figure(
            Widget(ChartKind.AreaTimeSeries, "count", MetricsAggregation.Count, "name"), [Text("a"), At(one), Number(5)], [Text("b"), At(two), Number(7)]));

        Assert.Equal(["b", "a"], waits.Frame.Series);
        Assert.Equal([null, 5], waits.Frame.Rows[0].Skip(1));
        Assert.Equal([0, 5], counts.Frame.Rows[0].Skip(1));
        Assert.Equal(("lines", "ms", "stack"), (waits.Options.Kind, waits.Options.Unit, counts.Options.Kind));
        Assert.True(waits.Frame.Open == false || waits.Frame.Now > T0.ToUnixTimeMilliseconds());
    }

    [Fact]
    public void What_is_stacked_is_as_high_as_the_whole_and_what_cannot_be_added_is_left_out()
    {
        var rows = Enumerable.Range(0, 12).Select(i => new[] { Text($"m{i:00}"), At(T0.AddHours(-1)), Number(1) }).ToArray();

        var sums = Assert.IsType<TimeFigure>(Figure(Widget(ChartKind.BarTimeSeries, "totalCost", MetricsAggregation.Sum, "name"), rows));
        var means = Assert.IsType<TimeFigure>(Figure(Widget(ChartKind.LineTimeSeries, "latency", MetricsAggregation.Avg, "name"), rows));

        Assert.Equal(("other", 9, 12d), (sums.Frame.Series[^1], sums.Frame.Series.Count, sums.Frame.Rows[0].Skip(1).Sum()));
        Assert.Equal((8, "top 8 of 12"), (means.Frame.Series.Count, means.Cut));
    }

    [Fact]
    public void Several_numbers_over_time_are_lines_of_their_own()
    {
        var widget = Widget(ChartKind.LineTimeSeries, "latency", MetricsAggregation.P50) with
        {
            Metrics = [new("latency", MetricsAggregation.P50), new("latency", MetricsAggregation.P95)],
        };

        var figure = Assert.IsType<TimeFigure>(Figure(widget, [At(T0.AddHours(-1)), Number(5), Number(9)]));

        Assert.Equal(["p50 latency", "p95 latency"], figure.Frame.Series);
        Assert.Equal([5, 9], figure.Frame.Rows[0].Skip(1));
    }

    [Fact]
    public void A_pivot_of_two_dimensions_is_a_cross_table_with_sums()
    {
        var widget = Widget(ChartKind.PivotTable, "count", MetricsAggregation.Count, "name", "environment");

        var figure = Assert.IsType<RowsFigure>(Figure(widget, [Text("a"), Text("eu"), Number(3)], [Text("a"), Text("us"), Number(2)], [Text("b"), default, Number(1)]));

        Assert.Equal(["name", "eu", "us", "(none)", "total"], figure.Table.Columns.Select(c => c.Title));
        Assert.Equal([["a", "3", "2", "", "5"], ["b", "", "", "1", "1"]], figure.Table.Rows.Select(r => r.Cells));
    }

    [Fact]
    public void A_pivot_of_one_dimension_sums_what_adds_up()
    {
        var widget = Widget(ChartKind.PivotTable, "count", MetricsAggregation.Count, "name") with
        {
            Metrics = [new("count", MetricsAggregation.Count), new("latency", MetricsAggregation.P95)],
        };

        var figure = Assert.IsType<RowsFigure>(Figure(widget, [Text("a"), Number(3), Number(20)], [Text("b"), Number(4), Number(30)]));

        Assert.Equal(["Total", "7", ""], figure.Table.Rows[^1].Cells);
    }

    [Fact]
    public void A_heat_map_is_values_against_time()
    {
        var figure = Assert.IsType<TimeFigure>(Figure(
            Widget(ChartKind.HeatMap, "latency", MetricsAggregation.P95, "name"), [Text("a"), At(T0.AddHours(-1)), Number(5)]));

        Assert.Equal(("cells", null), (figure.Options.Kind, figure.Options.Group));
    }

    [Fact]
    public void A_histogram_asks_for_bins_whatever_is_said_of_the_aggregation()
    {
        var widget = Widget(ChartKind.Histogram, "latency", MetricsAggregation.Avg);
        var question = WidgetQuestion.Of(widget, Filter.Everything, T0.AddHours(-3), T0).Question!;

        Assert.Equal([new("latency", MetricsAggregation.Histogram)], question.Query.Metrics);
        var figure = Assert.IsType<CategoryFigure>(Figure(widget, [new MetricsValue { Bins = [new(0, 10, 3), new(10, 20, 9)] }]));
        Assert.Equal([3, 9], figure.Chart.Values);
        Assert.Contains("10 ms – 20 ms", figure.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_widget_that_cannot_be_narrowed_like_its_page_says_by_what()
    {
        var model = FilterText.Parse(FilterCatalog.Observations, "model:gpt-5").Filter!;
        var scores = Widget(ChartKind.Number, "count", MetricsAggregation.Count) with { View = MetricsView.ScoresNumeric };
        var traces = scores with { View = MetricsView.Traces };

        Assert.Equal("scores cannot be narrowed by model", WidgetQuestion.Of(scores, model, T0.AddHours(-1), T0).Problem);
        var name = FilterText.Parse(FilterCatalog.Observations, "traceName:chat model:gpt-5").Filter!;
        var filter = WidgetQuestion.Of(traces, name, T0.AddHours(-1), T0).Question!.Query.Filter;
        Assert.Equal("name:chat model:gpt-5", FilterText.Format(FilterCatalog.Traces, filter));
    }

    [Fact]
    public void A_click_leads_to_the_traces_behind_it()
    {
        var widget = Widget(ChartKind.HorizontalBar, "totalCost", MetricsAggregation.Sum, "providedModelName") with
        {
            Filters = """[{"type":"string","column":"statusMessage","operator":"=","value":"x"},{"type":"string","column":"traceName","operator":"=","value":"chat"}]""",
        };
        var question = WidgetQuestion.Of(widget, Filter.Everything, T0.AddHours(-3), T0).Question!;

        var address = WidgetLinks.Traces(Project, question, new WidgetPick([("providedModelName", "gpt-5")]), TimeRange.Week);

        Assert.Equal("/p/support/traces?f=name%3Achat%20model%3Agpt-5&range=7d", address);
    }

    [Fact]
    public void The_dashboards_of_the_server_can_be_read_and_asked()
    {
        Assert.Equal(6, BuiltInDashboards.All.Count);
        foreach (var board in BuiltInDashboards.All)
        {
            var (dashboard, widgets) = (board.Content.Dashboard, board.Content.Widgets);
            Assert.InRange(widgets.Count, 6, 9);
            Assert.Equal(widgets.Keys.Order(), dashboard.Placements.Select(p => p.ContentId).Order());
            Assert.Equal(dashboard.Placements.OrderBy(p => p.Id), GridLayout.Arrange(dashboard.Placements).OrderBy(p => p.Id));
            Assert.All(widgets.Values, w => Assert.Null(WidgetQuestion.Of(w, Filter.Everything, T0.AddDays(-1), T0).Problem));
        }
    }

    [Fact]
    public void A_file_reads_as_the_dashboard_that_was_written()
    {
        var board = BuiltInDashboards.All[0].Content;

        var text = DashboardFile.Write(board.Dashboard, board.Widgets);

        Assert.Equal(text, DashboardFile.Read(text).Import is { } read ? DashboardFile.Write(read.Dashboard, read.Widgets) : null);
        Assert.Contains("widgets.total.metrics.0.measure", DashboardFile.Read(text.Replace("totalCost", "nonsense", StringComparison.Ordinal)).Problem, StringComparison.Ordinal);
        Assert.Equal("The file is no JSON.", DashboardFile.Read("x").Problem);
        Assert.Contains("version", DashboardFile.Read("{}").Problem, StringComparison.Ordinal);
    }
}
