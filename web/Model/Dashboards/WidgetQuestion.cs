using Actors.Dashboards;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>What a widget asks of the read model.</summary>
/// <param name="Query">The question.</param>
/// <param name="Before">The same of the range before, for the change of a number; null: nothing to compare with.</param>
public sealed record WidgetQuestion(MetricsQuery Query, MetricsQuery? Before)
{
    // The rest is counted, so that the widget can say how much it leaves out.
    private const int MostValues = 1_000;

    /// <summary>The question of a widget over a range.</summary>
    /// <param name="widget">The widget.</param>
    /// <param name="narrowed">What the page is narrowed to, in the words of observations.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    /// <returns>The question, or why there is none.</returns>
    public static (WidgetQuestion? Question, string? Problem) Of(WidgetDraft widget, Filter narrowed, DateTimeOffset from, DateTimeOffset to)
    {
        if (WidgetRules.Check(widget) is [var first, ..])
            return (null, first.ToString());

        var filter = DashboardFilters.For(widget.View, narrowed, out var foreign);
        if (foreign is not null)
            return (null, $"{MetricsCatalog.Of(widget.View).Filters.View} cannot be narrowed by {foreign}");

        var query = new MetricsQuery
        {
            View = widget.View,
            Dimensions = Dimensions(widget),
            Metrics = Metrics(widget),
            Filter = Filter.All(FilterJson.Read(MetricsCatalog.Of(widget.View).Filters, widget.Filters).Filter!, filter),
            Granularity = IsOverTime(widget.Chart.Kind) ? MetricsTime.Choose(to - from) : null,
            From = from,
            To = to.AddMilliseconds(-1),
            Bins = widget.Chart.Bins ?? 20,
            OrderBy = Order(widget),
            RowLimit = IsOverTime(widget.Chart.Kind) ? MetricsQuery.MaxRows : MostValues,
        };
        var before = widget.Chart.Kind == ChartKind.Number ? query with { From = from - (to - from), To = from.AddMilliseconds(-1) } : null;
        return (new WidgetQuestion(query, before), null);
    }

    /// <summary>Whether it has an axis of time.</summary>
    public static bool IsOverTime(ChartKind kind) =>
        kind is ChartKind.LineTimeSeries or ChartKind.AreaTimeSeries or ChartKind.BarTimeSeries or ChartKind.HeatMap;

    /// <summary>How many values a chart shows when nobody said.</summary>
    public static int UsualLimit(ChartKind kind) => kind switch
    {
        ChartKind.HorizontalBar or ChartKind.VerticalBar => 10,
        ChartKind.PivotTable or ChartKind.Table => 50,
        ChartKind.HeatMap => 12,
        _ => 8,
    };

    private static IReadOnlyList<string> Dimensions(WidgetDraft widget) => widget.Chart.Kind switch
    {
        ChartKind.Number or ChartKind.Histogram => [],
        ChartKind.PivotTable or ChartKind.Table => [.. widget.Dimensions.Distinct()],
        _ => [.. widget.Dimensions.Distinct().Take(1)],
    };

    private static IReadOnlyList<MetricsColumn> Metrics(WidgetDraft widget)
    {
        var metrics = widget.Metrics.Distinct().ToList();
        return widget.Chart.Kind switch
        {
            ChartKind.Histogram => [metrics[0] with { Aggregation = MetricsAggregation.Histogram }],
            ChartKind.PivotTable or ChartKind.Table => [.. metrics.Select(Plain)],

            // Several numbers over time are lines of their own; beside a dimension there is no room for them.
            ChartKind.LineTimeSeries when widget.Dimensions.Count == 0 => [.. metrics.Select(Plain)],
            _ => [Plain(metrics[0])],
        };
    }

    // Only a histogram can show one.
    private static MetricsColumn Plain(MetricsColumn metric) =>
        metric.Aggregation == MetricsAggregation.Histogram ? metric with { Aggregation = MetricsAggregation.Avg } : metric;

    private static IReadOnlyList<MetricsOrder> Order(WidgetDraft widget)
    {
        if (widget.Chart.Kind is not (ChartKind.PivotTable or ChartKind.Table) || widget.Chart.Sort is not { } sort)
            return [];
        var known = Dimensions(widget).Concat(Metrics(widget).Select(m => m.Name));
        return known.Contains(sort.Column) ? [new MetricsOrder(sort.Column, sort.Descending)] : [];
    }
}
