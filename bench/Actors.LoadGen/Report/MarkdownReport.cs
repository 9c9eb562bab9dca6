using System.Text;
using static Actors.LoadGen.Report.Cells;

namespace Actors.LoadGen.Report;

/// <summary>Writes the results as Markdown: for the console and for <c>bench/results</c>.</summary>
internal static class MarkdownReport
{
    /// <summary>The whole report.</summary>
    public static string Write(Results results, LoadOptions options, DateTimeOffset at)
    {
        var text = new StringBuilder();
        text.AppendLine(Invariant($"## {at:yyyy-MM-dd HH:mm} UTC, {options.Machine}{(options.Commit is { } c ? $", commit {c}" : "")}"));
        text.AppendLine();
        text.AppendLine(Invariant($"{options.Duration.TotalSeconds:0} s per step, {options.Connections} connections, loader on the same cores, one live viewer, ten probes per second."));
        text.AppendLine();
        WritePaths(text, results);
        WriteSteps(text, results);
        WriteTargets(text, results);
        WriteCounts(text, results);
        return text.ToString();
    }

    private static void WritePaths(StringBuilder text, Results results)
    {
        text.AppendLine("| path | events/s | CPU µs/event | × parse only |");
        text.AppendLine("|---|---|---|---|");
        var floor = results.Parse?.CpuMicroseconds;
        Row(text, "parse only (floor)", Thousands(results.Parse?.EventsPerSecond), Number(floor), floor is null ? Number(null) : "1");
        Row(text, "parse + durable log, 64 callers", Thousands(results.Log?.EventsPerSecond), Number(results.Log?.CpuMicroseconds), Number(results.Log?.CpuMicroseconds / floor));
        foreach (var step in results.Steps)
        {
            Row(text, $"full path at {Thousands(step.Rate)}/s", Thousands(step.Load.EventsPerSecond), Number(step.ServerMicroseconds), Number(step.ServerMicroseconds / floor));
        }

        text.AppendLine();
    }

    private static void WriteSteps(StringBuilder text, Results results)
    {
        text.AppendLine("| events/s | ack p50 / p99 ms | ingest-to-push p50 / p99 ms | unseen | DuckDB lag p50 / max ms | caught up after s | of CPU: compiling µs/event | loader µs/event | peak MB |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|");
        foreach (var step in results.Steps)
        {
            var ack = step.Load.Acknowledgement;
            Row(
                text,
                Thousands(step.Rate),
                $"{Milliseconds(ack.Quantile(0.5))} / {Milliseconds(ack.Quantile(0.99))}",
                $"{Milliseconds(step.Push.Quantile(0.5))} / {Milliseconds(step.Push.Quantile(0.99))}",
                Number(step.Unseen),
                $"{Milliseconds(step.Lag.Quantile(0.5))} / {Milliseconds(step.Lag.Quantile(1))}",
                Seconds(step.CatchUp),
                Number(step.CompilerMicroseconds),
                Number(step.LoaderMicroseconds),
                Megabytes(step.PeakBytes));
        }

        text.AppendLine();
    }

    private static void WriteTargets(StringBuilder text, Results results)
    {
        text.AppendLine("| target | reached | met |");
        text.AppendLine("|---|---|---|");
        foreach (var target in Targets.Of(results))
        {
            Row(text, target.Text, target.Reached, Verdict(target.IsMet));
        }

        text.AppendLine();
    }

    private static void WriteCounts(StringBuilder text, Results results)
    {
        var tally = results.Tally;
        text.AppendLine(Invariant($"Acknowledged {tally.Acknowledged:#,0} events of {tally.Traces:#,0} traces; refused {tally.Refused:#,0}; fate unknown {tally.Unknown:#,0}."));
        text.AppendLine();
        text.AppendLine("| who counts | what | expected | counted | agrees |");
        text.AppendLine("|---|---|---|---|---|");
        foreach (var count in results.Counts)
        {
            var expected = count.Least == count.Most ? Money(count.Least) : $"{Money(count.Least)} or more";
            Row(text, count.Where, count.What, expected, Money(count.Actual), Verdict(count.Actual is null ? null : count.IsRight));
        }

        text.AppendLine();
    }

    private static void Row(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        foreach (var cell in cells)
        {
            text.Append("| ").Append(cell).Append(' ');
        }

        text.AppendLine("|");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
