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
    public static string Write(IReadOnlyList<HubStep> steps, HubOptions options, DateTimeOffset now)
    {
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

        return text.ToString();
    }
}
