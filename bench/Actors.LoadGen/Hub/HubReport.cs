using System.Globalization;
using System.Text;
using Actors.LoadGen.Report;

namespace Actors.LoadGen.Hub;

/// <summary>The result of <c>hub</c> as Markdown.</summary>
internal static class HubReport
{
    private const double MostCores = 1;
    private const double MostKilobytes = 20;

    /// <summary>Writes it.</summary>
    public static string Write(HubResults results, HubOptions options, DateTimeOffset now)
    {
        var steps = results.Watchers;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {now:yyyy-MM-dd HH:mm} UTC, {options.Machine}{(options.Commit is { } commit ? $", commit {commit}" : "")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{Cells.Thousands(options.Rate)} events/s, {options.Duration.TotalSeconds:0} s per step, loader and clients on the same cores.\n\n");
        text.Append("| who watches | clients | events/s | server cores | for the clients | loader cores | KB/s each | messages/s each | push p50 ms | push p99 ms | met |\n");
        text.Append("|---|---|---|---|---|---|---|---|---|---|---|\n");

        // What an event costs without clients, since no two steps take exactly the same number of them.
        var alone = steps.Where(s => s.Clients == 0).Average(s => s.ServerCores / s.Load.EventsPerSecond);
        foreach (var step in steps)
        {
            var (cores, kilobytes) = (step.ServerCores - (alone * step.Load.EventsPerSecond), step.BytesPerClient / 1_000);
            string[] cells =
            [
                step.Name,
                Cells.Thousands(step.Clients),
                Cells.Thousands(step.Load.EventsPerSecond),
                Cells.Number(step.ServerCores, "0.00"),
                step.Clients == 0 ? Cells.Number(null) : Cells.Number(cores, "0.00"),
                Cells.Number(step.LoaderCores, "0.00"),
                step.Clients == 0 ? Cells.Number(null) : Cells.Number(kilobytes, "0.0"),
                step.Clients == 0 ? Cells.Number(null) : Cells.Number(step.MessagesPerClient),
                Cells.Milliseconds(step.Push.Quantile(0.5)),
                Cells.Milliseconds(step.Push.Quantile(0.99)),
                Cells.Verdict(step.Clients == 0 ? null : cores <= MostCores && kilobytes <= MostKilobytes),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        WriteParts(text, results);
        WriteFeedback(text, results.Feedback, options);
        return text.ToString();
    }

    private static void WriteParts(StringBuilder text, HubResults results)
    {
        text.Append("\n| who watches | events/s | server CPU µs/event | push p50 ms | push p99 ms |\n|---|---|---|---|---|\n");
        foreach (var step in results.Parts)
        {
            string[] cells =
            [
                step.Name,
                Cells.Thousands(step.Load.EventsPerSecond),
                Cells.Number(PerEvent(step)),
                Cells.Milliseconds(step.Push.Quantile(0.5)),
                Cells.Milliseconds(step.Push.Quantile(0.99)),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        var alone = results.Parts.Where(s => s.Clients == 0).Average(PerEvent);
        var ratio = results.Parts.Where(s => s.Clients > 0).Average(PerEvent) / alone;
        text.Append(CultureInfo.InvariantCulture, $"\nAn event costs {ratio:0.00} times as much when each of {PartReads.Users} users is watched on its own (goal 1.5: {Cells.Verdict(ratio <= 1.5)}). ");
        text.Append(CultureInfo.InvariantCulture, $"What a user adds up to over all time: first read p50 {Cells.Milliseconds(results.FirstReads.Quantile(0.5))} and p99 {Cells.Milliseconds(results.FirstReads.Quantile(0.99))} ms, ");
        text.Append(CultureInfo.InvariantCulture, $"next reads p50 {Cells.Milliseconds(results.NextReads.Quantile(0.5))} and p99 {Cells.Milliseconds(results.NextReads.Quantile(0.99))} ms (goal 10: {Cells.Verdict(results.NextReads.Quantile(0.99) <= TimeSpan.FromMilliseconds(10))}).\n");
    }

    private static void WriteFeedback(StringBuilder text, FeedbackStep step, HubOptions options)
    {
        var p99 = step.Push.Quantile(0.99);
        text.Append(CultureInfo.InvariantCulture, $"\nScores of browsers, {Cells.Thousands(options.Scores)}/s asked and {Cells.Thousands(step.Load.EventsPerSecond)}/s accepted, {Cells.Number(step.ServerCores, "0.00")} server cores: ");
        text.Append(CultureInfo.InvariantCulture, $"answer p50 {Cells.Milliseconds(step.Load.Acknowledgement.Quantile(0.5))} and p99 {Cells.Milliseconds(step.Load.Acknowledgement.Quantile(0.99))} ms, ");
        text.Append(CultureInfo.InvariantCulture, $"score to message p50 {Cells.Milliseconds(step.Push.Quantile(0.5))} and p99 {Cells.Milliseconds(p99)} ms (goal 300: {Cells.Verdict(p99 is null ? null : p99 <= TimeSpan.FromMilliseconds(300))}).\n");
    }

    private static double PerEvent(HubStep step) => step.ServerCores * 1_000_000 / step.Load.EventsPerSecond;
}
