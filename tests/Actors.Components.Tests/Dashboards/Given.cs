using Actors.Dashboards;
using Actors.Queries;

namespace Actors.Components.Dashboards;

/// <summary>Widgets and values of answers in a few words.</summary>
internal static class Given
{
    public static WidgetDraft Widget(ChartKind kind, string measure, MetricsAggregation aggregation, params string[] dimensions) => new()
    {
        Name = "widget",
        View = MetricsView.Observations,
        Dimensions = dimensions,
        Metrics = [new(measure, aggregation)],
        Chart = new WidgetChart(kind),
    };

    public static MetricsValue Number(double number) => new() { Number = number };

    public static MetricsValue Text(string text) => new() { Text = text };

    public static MetricsValue At(DateTimeOffset time) => new() { Time = time };
}
