using Actors.Queries;

namespace Actors.Web.Model.People;

/// <summary>The courses of one user over a range of time.</summary>
public static class UserCharts
{
    /// <summary>What is drawn: the key, its title, how it is drawn and in what unit.</summary>
    public static IReadOnlyList<(string Key, string Title, string Kind, string Unit)> All { get; } =
    [
        ("cost", "Cost", "stack", "$"),
        ("traces", "Traces", "stack", ""),
        ("errors", "Errors", "stack", ""),
        ("latency", "Latency of model calls", "bands", "ms"),
    ];

    private static readonly string[] Percentiles = ["p50", "p95", "p99"];
    private static readonly int[] PercentileColors = [1, 2, 3];

    /// <summary>What a chart of a question is.</summary>
    public static ChartOptions Options(string kind, string unit, HistoryQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (window, step) = ((long)(query.To - query.From).TotalMilliseconds, (long)query.Step.TotalMilliseconds);
        return new ChartOptions(kind, unit, window, step, (int)(window / step) + 2, "user");
    }

    /// <summary>The whole course of one figure.</summary>
    public static ChartFrame Frame(string key, HistoryWindow history, HistoryQuery query, bool open)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(query);
        var known = history.Total.ToDictionary(p => p.Second, p => p.Stats);
        var rows = new List<double?[]>();
        for (var at = query.From; at < query.To; at += query.Step)
        {
            var stats = known.GetValueOrDefault(at.ToUnixTimeSeconds());
            var time = (double)at.ToUnixTimeMilliseconds();
            // Nothing measured is a gap in a latency, and zero of what is counted.
            rows.Add(key switch
            {
                "cost" => [time, (double)(stats?.CostUsd ?? 0)],
                "traces" => [time, stats?.Traces ?? 0],
                "errors" => [time, stats?.Errors ?? 0],
                _ => [time, stats?.LatencyP50Ms, stats?.LatencyP95Ms, stats?.LatencyP99Ms],
            });
        }
        var now = query.To.ToUnixTimeMilliseconds();
        return key == "latency"
            ? new ChartFrame(true, now, open, Percentiles, PercentileColors, rows)
            : new ChartFrame(true, now, open, [key], [key == "errors" ? 3 : 1], rows);
    }
}
