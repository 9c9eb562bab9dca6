using System.Globalization;
using System.Text;
using Actors.LoadGen.Report;

namespace Actors.LoadGen.Logs;

/// <summary>The result of <c>log</c> as Markdown.</summary>
internal static class LogReport
{
    /// <summary>Writes it.</summary>
    public static string Write(LogResults results, LogOptions options, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {now:yyyy-MM-dd HH:mm} UTC, {options.Machine}{(options.Commit is { } commit ? $", commit {commit}" : "")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"{options.Callers} callers with one row of {RowSource.Events} events under way each, {options.Duration.TotalSeconds:0} s per step, database on the same cores.\n\n");
        text.Append("| store | events/s | CPU µs/event | of it the server's | answer p50 ms | answer p99 ms | feed events/s | feed CPU µs/event |\n");
        text.Append("|---|---|---|---|---|---|---|---|\n");
        foreach (var step in results.Steps)
        {
            string[] cells =
            [
                step.Name,
                Cells.Thousands(step.EventsPerSecond),
                Cells.Number(step.OwnCpu + (step.ServerCpu ?? 0)),
                Cells.Number(step.ServerCpu),
                Cells.Milliseconds(step.Answer.Quantile(0.5)),
                Cells.Milliseconds(step.Answer.Quantile(0.99)),
                Cells.Thousands(step.ReadEventsPerSecond),
                Cells.Number(step.ReadCpu),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nPostgreSQL, from an acknowledgement on one node until a reader on another is woken: p50 {Cells.Milliseconds(results.Wake.Quantile(0.5))} and p99 {Cells.Milliseconds(results.Wake.Quantile(0.99))} ms. ");
        text.Append(CultureInfo.InvariantCulture, $"A question for the head, sixteen at a time: p50 {Cells.Milliseconds(results.Head.Quantile(0.5))} and p99 {Cells.Milliseconds(results.Head.Quantile(0.99))} ms. ");
        foreach (var wait in results.Waits)
        {
            text.Append(CultureInfo.InvariantCulture, $"Waiting for news of {Cells.Thousands(wait.Projects)} project{(wait.Projects == 1 ? "" : "s")}: {Cells.Number(wait.OwnCores * 100, "0.0")} % of a core in the node, {Cells.Number(wait.ServerCores * 100, "0.0")} % in the server. ");
        }

        return text.ToString().TrimEnd() + "\n";
    }
}
