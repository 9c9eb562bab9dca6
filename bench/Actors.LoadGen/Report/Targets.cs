using static Actors.LoadGen.Report.Cells;

namespace Actors.LoadGen.Report;

/// <summary>What was to be reached beside what was.</summary>
/// <param name="Text">The target.</param>
/// <param name="Reached">What was measured.</param>
/// <param name="IsMet">Null: not measured.</param>
internal sealed record Target(string Text, string Reached, bool? IsMet);

/// <summary>The targets of the canonical workload on two cores with the loader beside the server.</summary>
internal static class Targets
{
    private const double Calm = 5_000;
    private const double Busy = 10_000;

    /// <summary>Compares.</summary>
    public static IEnumerable<Target> Of(Results results)
    {
        var calm = results.Steps.FirstOrDefault(s => s.Rate == Calm);
        var busy = results.Steps.FirstOrDefault(s => s.Rate == Busy);
        var dearest = results.Steps.Count == 0 ? (double?)null : results.Steps.Max(s => s.ServerMicroseconds);

        // The last answers come after the last intended time, so a server that keeps up reaches a little less than the rate.
        var sustained = busy?.Load.EventsPerSecond;
        yield return new Target("10,000 events/s sustained", Thousands(sustained), sustained >= Busy * 0.99 ? true : sustained is null ? null : false);
        yield return Below("DuckDB lag at 10,000/s under 2 s", busy?.Lag.Quantile(1)?.TotalSeconds, 2, "s");
        yield return Below("ack p99 at 5,000/s at most 150 ms", calm?.Load.Acknowledgement.Quantile(0.99)?.TotalMilliseconds, 150, "ms");
        yield return Below("ingest-to-push p99 at 5,000/s at most 400 ms", calm?.Push.Quantile(0.99)?.TotalMilliseconds, 400, "ms");
        yield return Below("full path at most 8 × parse only", dearest / results.Parse?.CpuMicroseconds, 8, "×");
        yield return Below("full path at most 0.1 CPU-s per 1,000 events", dearest / 1000, 0.1, "CPU-s", "0.000");
        yield return Below("first page at most 3 s after start", results.Idle.FirstPage.TotalSeconds, 3, "s", "0.00");
        yield return Below("idle memory at most 300 MB", results.Idle.ResidentBytes / (1024.0 * 1024.0), 300, "MB");
        yield return Below("idle CPU at most 2 % of a core", results.Idle.CpuFraction * 100, 2, "%");
    }

    private static Target Below(string text, double? value, double limit, string unit, string format = "0.#") =>
        new(text, value is null ? Number(null) : $"{Number(value, format)} {unit}", value is { } v ? v <= limit : null);
}
