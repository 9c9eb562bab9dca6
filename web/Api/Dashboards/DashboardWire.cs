using Actors.Contracts;
using Actors.Dashboards;
using Actors.Queries;

namespace Actors.Web.Api.Dashboards;

/// <summary>Dashboards and widgets in the shapes of the contract (langfuse-api §19).</summary>
internal static class DashboardWire
{
    private static readonly (ChartKind Kind, string Word)[] Charts =
    [
        (ChartKind.LineTimeSeries, "LINE_TIME_SERIES"),
        (ChartKind.AreaTimeSeries, "AREA_TIME_SERIES"),
        (ChartKind.BarTimeSeries, "BAR_TIME_SERIES"),
        (ChartKind.HorizontalBar, "HORIZONTAL_BAR"),
        (ChartKind.VerticalBar, "VERTICAL_BAR"),
        (ChartKind.Pie, "PIE"),
        (ChartKind.Number, "NUMBER"),
        (ChartKind.Histogram, "HISTOGRAM"),
        (ChartKind.PivotTable, "PIVOT_TABLE"),
        (ChartKind.Table, "TABLE"),
        (ChartKind.HeatMap, "HEAT_MAP"),
    ];

    /// <summary>The kinds of charts.</summary>
    public static IReadOnlyList<string> ChartWords { get; } = [.. Charts.Select(c => c.Word)];

    /// <summary>The ways to aggregate.</summary>
    public static IReadOnlyList<string> Aggregations { get; } = [.. Enum.GetNames<MetricsAggregation>().Select(n => n.ToLowerInvariant())];

    /// <summary>The views of widgets that callers may make; a widget that a person made may be about traces.</summary>
    public static IReadOnlyList<string> Views { get; } =
        [.. Enum.GetValues<MetricsView>().Where(v => v != MetricsView.Traces).Select(v => MetricsCatalog.Of(v).Name)];

    public static ChartKind? ParseChart(string word) => Array.Find(Charts, c => c.Word == word) is { Word: not null } found ? found.Kind : null;

    public static MetricsAggregation? ParseAggregation(string word) =>
        Aggregations.Index().FirstOrDefault(a => a.Item == word) is { Item: not null } found ? (MetricsAggregation)found.Index : null;

    public static MetricsView? ParseView(string word) =>
        Enum.GetValues<MetricsView>().Cast<MetricsView?>().FirstOrDefault(v => MetricsCatalog.Of(v!.Value).Name == word);

    public static string ToWire(this ChartKind kind) => Array.Find(Charts, c => c.Kind == kind).Word;

    public static DashboardBody ToWire(this DashboardRecord dashboard) => new(
        dashboard.Id,
        dashboard.CreatedAt,
        dashboard.UpdatedAt,
        dashboard.Name,
        dashboard.Description,
        dashboard.Placements.ToWire(),
        new RawJson(dashboard.Filters));

    public static DashboardDefinitionBody ToWire(this IReadOnlyList<Placement> placements) => new([.. placements.Select(p => p.ToWire())]);

    public static PlacementBody ToWire(this Placement placement) => placement.Kind == PlacementKind.Widget
        ? new("widget", placement.Id, placement.ContentId, null, placement.X, placement.Y, placement.Width, placement.Height)
        : new("preset", placement.Id, null, placement.ContentId, placement.X, placement.Y, placement.Width, placement.Height);

    public static WidgetBody ToWire(this WidgetRecord widget)
    {
        var content = widget.Content.ToWire();
        return new WidgetBody
        {
            Id = widget.Id,
            CreatedAt = widget.CreatedAt,
            UpdatedAt = widget.UpdatedAt,
            Name = content.Name,
            Description = content.Description,
            View = content.View,
            Dimensions = content.Dimensions,
            Metrics = content.Metrics,
            Filters = content.Filters,
            ChartType = content.ChartType,
            ChartConfig = content.ChartConfig,
        };
    }

    public static WidgetContentBody ToWire(this WidgetDraft widget) => new()
    {
        Name = widget.Name,
        Description = widget.Description,
        View = MetricsCatalog.Of(widget.View).Name,
        Dimensions = [.. widget.Dimensions.Select(d => new WidgetDimensionBody(d))],
        Metrics = [.. widget.Metrics.Select(m => new WidgetMetricBody(m.Measure, m.Aggregation.ToString().ToLowerInvariant()))],
        Filters = new RawJson(widget.Filters),
        ChartType = widget.Chart.Kind.ToWire(),
        ChartConfig = new WidgetChartBody(
            widget.Chart.Kind.ToWire(),
            widget.Chart.RowLimit,
            widget.Chart.ShowValueLabels,
            widget.Chart.Bins,
            widget.Chart.Sort is { } sort ? new WidgetSortBody(sort.Column, sort.Descending ? "DESC" : "ASC") : null),
    };
}
