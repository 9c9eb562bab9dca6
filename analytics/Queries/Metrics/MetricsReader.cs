using Actors.Queries;

namespace Actors.Analytics.Queries.Metrics;

/// <summary>Answers metrics questions; steps of time without rows are put in between.</summary>
internal static class MetricsReader
{
    public static MetricsAnswer Read(ReadSession session, MetricsQuery query)
    {
        var rows = session.List(new MetricsSql(query));
        string[] time = query.Granularity is null ? [] : [MetricsQuery.TimeDimension];
        return new MetricsAnswer(
            [.. query.Dimensions, .. time, .. query.Metrics.Select(metric => metric.Name)],
            query.Granularity is { } granularity && query.OrderBy.Count == 0 ? Fill(query, granularity, rows) : rows,
            session.Watermark,
            session.Head);
    }

    /// <summary>The text of a question with its values.</summary>
    public static string Explain(MetricsQuery query)
    {
        var sql = new Sql();
        new MetricsSql(query).Write(sql);
        return sql.ToReadable();
    }

    private static List<IReadOnlyList<MetricsValue>> Fill(
        MetricsQuery query, MetricsGranularity granularity, List<IReadOnlyList<MetricsValue>> rows)
    {
        var filled = new List<IReadOnlyList<MetricsValue>>();
        var next = 0;
        for (var step = MetricsTime.Floor(query.From, granularity); step <= query.To && filled.Count < query.RowLimit; step = MetricsTime.Next(step, granularity))
        {
            var first = next;
            while (next < rows.Count && rows[next][query.Dimensions.Count].Time == step)
            {
                filled.Add(rows[next++]);
            }

            if (next == first)
            {
                filled.Add(Empty(query, step));
            }
        }

        return filled.Count > query.RowLimit ? filled[..query.RowLimit] : filled;
    }

    private static List<MetricsValue> Empty(MetricsQuery query, DateTimeOffset step) =>
    [
        .. query.Dimensions.Select(_ => default(MetricsValue)),
        new MetricsValue { Time = step },
        .. query.Metrics.Select(metric => metric.Aggregation switch
        {
            MetricsAggregation.Sum or MetricsAggregation.Count or MetricsAggregation.Uniq => new MetricsValue { Number = 0 },
            MetricsAggregation.Histogram => new MetricsValue { Bins = [] },
            _ => default,
        }),
    ];
}
