using System.Text;
using static Actors.LoadGen.Report.Cells;

namespace Actors.LoadGen.History;

/// <summary>Writes the results as Markdown.</summary>
internal static class HistoryReport
{
    /// <summary>The whole report.</summary>
    public static string Write(HistoryResults results, HistoryOptions options, DateTimeOffset at)
    {
        var observations = (double)options.Traces * HistoryTrace.Observations;
        var text = new StringBuilder();
        text.AppendLine(Invariant($"## {at:yyyy-MM-dd HH:mm} UTC, {options.Machine}{(options.Commit is { } c ? $", commit {c}" : "")}"));
        text.AppendLine();
        text.AppendLine(Invariant($"{options.Traces:#,0} traces, {observations:#,0} observations over 30 days; {options.Requests} requests of each kind, one after the other, loader on the same cores."));
        text.AppendLine();
        text.AppendLine("| figure | value |");
        text.AppendLine("|---|---|");
        text.AppendLine(Invariant($"| fill the log | {Seconds(results.Fill)} s, {Thousands(observations / results.Fill?.TotalSeconds)} observations/s |"));
        text.AppendLine(Invariant($"| build the read model | {Seconds(results.CatchUp)} s |"));
        text.AppendLine(Invariant($"| log on disk | {Number(results.LogBytes / observations)} bytes per observation, {Megabytes(results.LogBytes)} MB |"));
        text.AppendLine(Invariant($"| read model on disk | {Number(results.ModelBytes / observations)} bytes per observation, {Megabytes(results.ModelBytes)} MB |"));
        text.AppendLine(Invariant($"| most memory of the server | {Megabytes(results.PeakBytes)} MB |"));
        text.AppendLine();
        text.AppendLine("| read | p50 ms | p99 ms | CPU ms | answer KB | goal p99 ms | met |");
        text.AppendLine("|---|---|---|---|---|---|---|");
        foreach (var (query, latencies, cpu, bytes) in results.Reads)
        {
            var p99 = latencies.Quantile(0.99);
            text.AppendLine(Invariant(
                $"| {query.Name} | {Milliseconds(latencies.Quantile(0.5))} | {Milliseconds(p99)} | {Milliseconds(cpu)} | {Number(bytes / 1024.0)} | {Milliseconds(query.Limit)} | {Verdict(query.Limit is { } limit ? p99 <= limit : null)} |"));
        }

        return text.AppendLine().ToString();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
