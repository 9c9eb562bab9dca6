using Actors.Queries;

namespace Actors.Analytics.Queries.Metrics;

/// <summary>
/// Metrics of observations by what their traces say. The observations of a trace are added up before its row is joined, so
/// that the join and the comparison of texts are done once for each trace and not for each of its observations.
/// </summary>
internal static class MetricsByTrace
{
    /// <summary>Whether the question is only about traces and its metrics can be added up in two steps.</summary>
    public static bool Fits(MetricsQuery query, IReadOnlyList<MetricsExpression> keys, IReadOnlyList<MetricsExpression> measures) =>
        query.View == MetricsView.Observations
        && keys.Count > 0 && keys.All(key => key.Needs == MetricsSources.Trace)
        && measures.All(measure => measure.Needs == MetricsSources.None)
        && query.Metrics.All(metric => metric.Aggregation
            is MetricsAggregation.Sum or MetricsAggregation.Avg or MetricsAggregation.Count or MetricsAggregation.Min or MetricsAggregation.Max);

    /// <summary>Writes <c>facts</c>: the keys, and for metric <c>i</c> its part in <c>p</c>i and the rows behind it in <c>n</c>i.</summary>
    public static void WriteFacts(Sql sql, MetricsQuery query, IReadOnlyList<MetricsExpression> keys, IReadOnlyList<string> measures)
    {
        var step = query.Granularity is { } granularity ? $", {MetricsRowsSql.Step(query.View, granularity)} AS kt" : "";
        var parts = query.Metrics.Select((metric, i) => $"{Function(metric)}({measures[i]}) AS p{i}, count({measures[i]}) AS n{i}");
        sql.Append($"WITH parts AS (SELECT b.stream_position{new Sql.Fragment(step)}, {new Sql.Fragment(string.Join(", ", parts))}");
        MetricsRowsSql.Write(sql, query, MetricsSources.None);
        sql.Append($"GROUP BY ALL), facts AS (SELECT {new Sql.Fragment(string.Join(", ", keys.Select((key, i) => $"{key.Text} AS k{i}")))}");
        sql.Append($", parts.* EXCLUDE (stream_position) FROM parts LEFT JOIN traces AS t ON t.stream_position = parts.stream_position)");
    }

    /// <summary>Metric <paramref name="i"/> over the parts.</summary>
    public static string Aggregate(MetricsColumn metric, int i) => metric.Aggregation switch
    {
        MetricsAggregation.Sum => $"coalesce(sum(p{i}), 0)::DOUBLE",
        MetricsAggregation.Avg => $"sum(p{i})::DOUBLE / nullif(sum(n{i}), 0)",
        MetricsAggregation.Count => $"sum(n{i})::DOUBLE",
        _ => $"{Function(metric)}(p{i})::DOUBLE",
    };

    private static string Function(MetricsColumn metric) => metric.Aggregation switch
    {
        MetricsAggregation.Sum or MetricsAggregation.Avg => "sum",
        MetricsAggregation.Count => "count",
        MetricsAggregation.Min => "min",
        MetricsAggregation.Max => "max",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Aggregation, "This cannot be added up in steps."),
    };
}
