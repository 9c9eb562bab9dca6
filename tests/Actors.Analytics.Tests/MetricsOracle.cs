using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics;

/// <summary>Answers about observations by plain loops over what the log folds to: slow, and easy to see right.</summary>
internal static class MetricsOracle
{
    /// <summary>Rows as text: keys, then one text for each metric; in no order.</summary>
    public static HashSet<string> Answer(Truth truth, MetricsQuery query)
    {
        var traces = truth.Traces.ToDictionary(t => t.Record.Id, t => t.Record);
        var rows = truth.Observations.Where(o => o.StartTime >= query.From && o.StartTime <= query.To);
        var groups = rows.GroupBy(o => string.Join(" | ", Keys(o, traces.GetValueOrDefault(o.TraceId), query))).ToList();
        return [.. groups.Select(group => $"{group.Key} => {string.Join(", ", query.Metrics.Select(metric => Aggregate(group, traces, metric, query.Bins)))}")];
    }

    /// <summary>A row of an answer in the same form.</summary>
    public static string Text(MetricsQuery query, IReadOnlyList<MetricsValue> row)
    {
        var keys = query.Dimensions.Count + (query.Granularity is null ? 0 : 1);
        return $"{string.Join(" | ", row.Take(keys).Select(Text))} => {string.Join(", ", row.Skip(keys).Select(Text))}";
    }

    private static IEnumerable<string> Keys(ObservationRecord o, TraceRecord? trace, MetricsQuery query)
    {
        foreach (var name in query.Dimensions)
        {
            yield return Text(name switch
            {
                "name" => new MetricsValue { Text = o.Name },
                "type" => new MetricsValue { Text = o.Type.ToWire() },
                "level" => new MetricsValue { Text = o.Level.ToWire() },
                "environment" => new MetricsValue { Text = o.Environment },
                "providedModelName" => new MetricsValue { Text = o.Model },
                "promptVersion" => new MetricsValue { Number = o.PromptVersion },
                "isRootObservation" => new MetricsValue { Flag = o.IsAppRoot || o.ParentObservationId is null },
                "traceName" => new MetricsValue { Text = trace?.Name },
                "userId" => new MetricsValue { Text = trace?.UserId },
                "tags" => new MetricsValue { Texts = trace?.Tags },
                "startTimeMonth" => new MetricsValue { Text = $"{o.StartTime:yyyy-MM}" },
                _ => throw new NotSupportedException(name),
            });
        }

        if (query.Granularity is { } granularity)
        {
            yield return Text(new MetricsValue { Time = MetricsTime.Floor(o.StartTime, granularity) });
        }
    }

    private static string Aggregate(IEnumerable<ObservationRecord> group, Dictionary<string, TraceRecord> traces, MetricsColumn metric, int bins)
    {
        if (metric.Measure is "traceId" or "uniqueUserIds" or "uniqueSessionIds")
        {
            var texts = group.Select(o => metric.Measure switch
            {
                "traceId" => o.TraceId,
                "uniqueUserIds" => traces.GetValueOrDefault(o.TraceId)?.UserId,
                _ => traces.GetValueOrDefault(o.TraceId)?.SessionId,
            }).OfType<string>().ToList();
            return Text(metric is { Measure: "traceId", Aggregation: MetricsAggregation.Count } ? texts.Count : texts.Distinct().Count());
        }

        var values = group.Select(o => Measure(o, metric.Measure)).OfType<decimal>().Order().ToList();
        return metric.Aggregation switch
        {
            MetricsAggregation.Sum => Text((double)values.Sum()),
            MetricsAggregation.Count => Text(values.Count),
            MetricsAggregation.Histogram => Histogram(values, bins),
            _ when values.Count == 0 => "null",
            MetricsAggregation.Avg => Text((double)values.Sum() / values.Count),
            MetricsAggregation.Max => Text((double)values[^1]),
            MetricsAggregation.Min => Text((double)values[0]),
            MetricsAggregation.P50 => Text(Quantile(values, 50)),
            MetricsAggregation.P75 => Text(Quantile(values, 75)),
            MetricsAggregation.P90 => Text(Quantile(values, 90)),
            MetricsAggregation.P95 => Text(Quantile(values, 95)),
            MetricsAggregation.P99 => Text(Quantile(values, 99)),
            _ => throw new NotSupportedException(metric.Name),
        };
    }

    private static decimal? Measure(ObservationRecord o, string name) => name switch
    {
        "count" => 1,
        "latency" => o.Latency is { Ticks: >= 0 } latency ? latency.Ticks / TimeSpan.TicksPerMillisecond : null,
        "timeToFirstToken" => o.TimeToFirstToken is { Ticks: >= 0 } first ? first.Ticks / TimeSpan.TicksPerMillisecond : null,
        "streamingLatency" => (o.EndTime - o.CompletionStartTime) is { } rest ? rest.Ticks / TimeSpan.TicksPerMillisecond : null,
        "inputTokens" => o.InputTokens,
        "outputTokens" => o.OutputTokens,
        "totalTokens" => o.TotalTokens,
        "totalCost" => o.Cost.TotalUsd,
        "inputCost" => SumOf(o, "input"),
        "outputCost" => SumOf(o, "output"),
        _ => throw new NotSupportedException(name),
    };

    private static decimal? SumOf(ObservationRecord o, string part)
    {
        var costs = o.Cost.Details.Where(c => c.Key.Contains(part, StringComparison.OrdinalIgnoreCase)).Select(c => Math.Round(c.CostUsd, 12)).ToList();
        return costs.Count == 0 ? null : costs.Sum();
    }

    // The smallest value that at least so many of a hundred do not exceed.
    private static double Quantile(List<decimal> values, int percent) =>
        (double)values[(int)Math.Max(0, Math.Ceiling(values.Count * percent / 100m) - 1)];

    private static string Histogram(List<decimal> values, int bins)
    {
        if (values.Count == 0)
        {
            return "[]";
        }

        var (low, high) = ((double)values[0], (double)values[^1]);
        var width = (high - low) / bins;
        return high == low
            ? Text(new MetricsValue { Bins = [new HistogramBin(low, high, values.Count)] })
            : Text(new MetricsValue
            {
                Bins = [.. Enumerable.Range(0, bins).Select(n => new HistogramBin(
                    low + (n * width), n == bins - 1 ? high : low + ((n + 1) * width),
                    values.Count(v => (int)Math.Min(Math.Floor(((double)v - low) / (high - low) * bins), bins - 1) == n)))],
            });
    }

    private static string Text(double number) => Text(new MetricsValue { Number = number });

    // Twelve digits: sums of the same numbers may differ in the last of a double's sixteen.
    private static string Text(MetricsValue value) => value switch
    {
        { Text: { } text } => $"'{text}'",
        { Number: { } number } => FormattableString.Invariant($"{number:G12}"),
        { Flag: { } flag } => $"{flag}",
        { Time: { } time } => $"{time:O}",
        { Texts: { } texts } => $"[{string.Join(",", texts)}]",
        { Bins: { } bins } => $"[{string.Join(" ", bins.Select(bin => FormattableString.Invariant($"{bin.Lower:G12}-{bin.Upper:G12}:{bin.Height}")))}]",
        _ => "null",
    };
}
