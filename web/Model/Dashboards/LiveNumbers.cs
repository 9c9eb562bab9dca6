using Actors.Dashboards;
using Actors.Filtering;
using Actors.Live;
using Actors.Queries;

namespace Actors.Web.Model.Dashboards;

/// <summary>The numbers that the live edge knows by the second, for widgets that ask for nothing else.</summary>
public static class LiveNumbers
{
    // What the live edge calls a model call.
    private static readonly Filter Calls = Filter.OneOf(FilterCatalog.Observations.Find("type")!, null, ["GENERATION", "EMBEDDING"]);

    /// <summary>What part of a project the live edge must count for a page; null: it cannot be told.</summary>
    /// <param name="narrowed">What the page is narrowed to, in the words of observations.</param>
    public static LiveFilter? Narrowing(Filter narrowed) =>
        LiveFilter.TryParse(FilterText.Format(FilterCatalog.Observations, narrowed), out var filter) is null ? filter : null;

    /// <summary>Reads the number of a widget from a window that is narrowed like its page; null: the live edge does not know it.</summary>
    public static Func<LiveStats, double?>? Of(WidgetDraft widget, LiveFilter narrowed)
    {
        if (widget.Chart.Kind != ChartKind.Number || widget.Metrics is not [var metric])
            return null;

        var own = FilterJson.Read(MetricsCatalog.Of(widget.View).Filters, widget.Filters).Filter;
        var isAll = own == Filter.Everything;
        return (widget.View, metric.Measure, metric.Aggregation) switch
        {
            (MetricsView.Traces, "count", MetricsAggregation.Count) when isAll && !narrowed.LeavesTracesOut => s => s.Traces,
            (MetricsView.Observations, "count", MetricsAggregation.Count) when isAll => s => s.Observations,
            (MetricsView.Observations, "totalCost", MetricsAggregation.Sum) when isAll => s => (double)s.CostUsd,
            (MetricsView.Observations, "totalTokens", MetricsAggregation.Sum) when isAll => s => s.TotalTokens,
            (MetricsView.Observations, "inputTokens", MetricsAggregation.Sum) when isAll => s => s.InputTokens,
            (MetricsView.Observations, "outputTokens", MetricsAggregation.Sum) when isAll => s => s.OutputTokens,
            (MetricsView.Observations, "count", MetricsAggregation.Count) when own == Calls => s => s.Requests,
            (MetricsView.Observations, "latency", MetricsAggregation.P50) when own == Calls => s => s.LatencyP50Ms,
            (MetricsView.Observations, "latency", MetricsAggregation.P95) when own == Calls => s => s.LatencyP95Ms,
            (MetricsView.Observations, "latency", MetricsAggregation.P99) when own == Calls => s => s.LatencyP99Ms,
            _ => null,
        };
    }
}
