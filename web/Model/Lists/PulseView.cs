using Actors.Queries;

namespace Actors.Web.Model.Lists;

/// <summary>What the strip above a list draws.</summary>
public enum PulseKind
{
    /// <summary>How many rows, those with errors apart.</summary>
    Count,

    /// <summary>Their latencies.</summary>
    Latency,

    /// <summary>What they cost.</summary>
    Cost,
}

/// <summary>From the pulse of a list to the frames of its chart.</summary>
public static class PulseView
{
    private const int WantedBuckets = 90;

    private static readonly int[] StepSeconds =
        [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800];

    /// <summary>The place of the slowest row among the lines of <see cref="PulseKind.Latency"/>.</summary>
    public const int SlowestSeries = 2;

    /// <summary>The length of a bucket: a round one that gives about ninety.</summary>
    public static TimeSpan StepOf(TimeSpan range) =>
        TimeSpan.FromSeconds(StepSeconds.FirstOrDefault(step => range.TotalSeconds / step <= WantedBuckets, StepSeconds[^1]));

    /// <summary>The chart of a kind over a range.</summary>
    public static ChartOptions Options(PulseKind kind, TimeSpan range)
    {
        var step = StepOf(range);
        return new(
            kind == PulseKind.Latency ? "lines" : "stack",
            kind switch { PulseKind.Latency => "ms", PulseKind.Cost => "$", _ => "" },
            (long)range.TotalMilliseconds,
            (long)step.TotalMilliseconds,
            Pulse.MaxBuckets,
            "list");
    }

    /// <summary>All of a pulse as one frame. A bucket without rows counts none, and has no latency.</summary>
    public static ChartFrame Frame(PulseKind kind, Pulse pulse, DateTimeOffset from, DateTimeOffset to)
    {
        ArgumentNullException.ThrowIfNull(pulse);
        var step = (long)pulse.Step.TotalMilliseconds;
        var buckets = pulse.Buckets.ToDictionary(b => b.At.ToUnixTimeMilliseconds());
        var rows = new List<double?[]>();
        for (var at = from.ToUnixTimeMilliseconds() / step * step; at < to.ToUnixTimeMilliseconds(); at += step)
            rows.Add([at, .. Values(kind, buckets.GetValueOrDefault(at))]);
        var (series, colors) = Series(kind);
        return new(true, to.ToUnixTimeMilliseconds(), false, series, colors, rows);
    }

    private static (string[] Series, int[] Colors) Series(PulseKind kind) => kind switch
    {
        PulseKind.Latency => (["p50", "p95", "slowest"], [1, 3, 6]),
        PulseKind.Cost => (["cost"], [4]),
        _ => (["without error", "with an error"], [1, 6]),
    };

    private static double?[] Values(PulseKind kind, PulseBucket? bucket) => kind switch
    {
        PulseKind.Latency => [bucket?.P50Ms, bucket?.P95Ms, bucket?.Slowest?.LatencyMs],
        PulseKind.Cost => [(double?)bucket?.CostUsd ?? 0],
        _ => [(bucket?.Count ?? 0) - (bucket?.Errors ?? 0), bucket?.Errors ?? 0],
    };
}
