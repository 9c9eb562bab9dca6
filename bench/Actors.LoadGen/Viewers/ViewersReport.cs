using System.Globalization;
using System.Text;
using Actors.LoadGen.Report;

namespace Actors.LoadGen.Viewers;

/// <summary>The result of <c>viewers</c> as Markdown.</summary>
internal static class ViewersReport
{
    private const double MostShare = 0.005;
    private const double MostBytes = 5_000;

    /// <summary>Writes it.</summary>
    public static string Write(IReadOnlyList<ViewersStep> steps, ViewersOptions options, DateTimeOffset now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"## {now:yyyy-MM-dd HH:mm} UTC, {options.Machine}{(options.Commit is { } commit ? $", commit {commit}" : "")}\n\n");
        text.Append(CultureInfo.InvariantCulture, $"`{options.Page}`, {Cells.Thousands(options.Rate)} events/s, {options.Duration.TotalSeconds:0} s per step.\n\n");
        text.Append("| viewers | events/s | server cores | core each | KB/s each | batches/s each | script calls/s each | met |\n|---|---|---|---|---|---|---|---|\n");
        var alone = steps.Where(s => s.Viewers == 0).Average(s => s.ServerCores);
        foreach (var step in steps)
        {
            var (share, isWatched) = ((step.ServerCores - alone) / Math.Max(1, step.Viewers), step.Viewers > 0);
            string[] cells =
            [
                Cells.Thousands(step.Viewers),
                Cells.Thousands(step.EventsPerSecond),
                Cells.Number(step.ServerCores, "0.000"),
                isWatched ? Cells.Number(100 * share, "0.00") + " %" : Cells.Number(null),
                Cells.Number(isWatched ? step.BytesPerViewer / 1_000 : null, "0.00"),
                Cells.Number(isWatched ? step.BatchesPerViewer : null, "0.00"),
                Cells.Number(isWatched ? step.CallsPerViewer : null, "0.00"),
                Cells.Verdict(isWatched ? share <= MostShare && step.BytesPerViewer <= MostBytes : null),
            ];
            text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
        }

        return text.ToString();
    }
}
