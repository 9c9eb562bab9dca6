using System.Globalization;
using System.Text;
using Actors.LoadGen.Load;
using Actors.LoadGen.Report;

namespace Actors.LoadGen.Cluster;

/// <summary>The result of <c>cluster</c> as Markdown.</summary>
internal static class ClusterReport
{
    private const double MostTimesOne = 1.5;
    private const double Million = 1_000_000;

    /// <summary>Writes it.</summary>
    public static string Write(ClusterResults results, ClusterOptions options, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Line(text, $"## {now:yyyy-MM-dd HH:mm} UTC, {options.Machine}{(options.Commit is { } commit ? $", commit {commit}" : "")}\n");
        Line(text, $"{Cells.Thousands(options.Rate)} events/s, {options.Duration.TotalSeconds:0} s per step, loader, nodes and PostgreSQL on the same cores; load average {results.LoadBefore:0.0} before and {results.LoadAfter:0.0} after, {results.Took.TotalSeconds:0} s in all.{(results.Postgres is { } version ? $" PostgreSQL {version}, fsync and synchronous_commit on." : "")}\n");
        WriteSteps(text, results.Steps);
        WriteRatios(text, results.Steps);
        WriteFailovers(text, results.Steps);
        WriteRebuilds(text, results.Rebuilds);
        WriteCounts(text, results.Steps);
        return text.ToString();
    }

    private static void WriteSteps(StringBuilder text, IReadOnlyList<ClusterStep> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        Line(text, $"| nodes | events/s | server CPU µs/event | of it compiling | PostgreSQL CPU µs/event | loader CPU µs/event | ack p50 / p99 ms | push p50 / p99 ms | unseen | caught up after s | at most events/s | MB of the largest node | PostgreSQL MB | connections | WAL bytes/event |");
        Line(text, $"|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var step in steps)
        {
            Row(
                text,
                step.Topology.Name,
                Cells.Thousands(step.Load.EventsPerSecond),
                Cells.Number(step.ServerMicroseconds),
                Cells.Number(step.CompilerMicroseconds),
                Cells.Number(step.PostgresMicroseconds),
                Cells.Number(step.LoaderMicroseconds),
                Quantiles(step.Load.Acknowledgement),
                Quantiles(step.Push),
                Cells.Number(step.Unseen),
                Cells.Seconds(step.CatchUp),
                Cells.Thousands(step.Most),
                Cells.Megabytes(step.PeakBytes),
                Cells.Megabytes(step.PostgresBytes),
                Cells.Number(step.Connections),
                Cells.Thousands(step.WriteAheadBytes));
        }

        text.Append('\n');
    }

    private static void WriteRatios(StringBuilder text, IReadOnlyList<ClusterStep> steps)
    {
        var (embedded, one, two) = (Of(Topology.Embedded), Of(Topology.One), Of(Topology.Two));
        if (one is null || (embedded is null && two is null))
        {
            return;
        }

        Line(text, $"| CPU per event, compiling left out | times | goal | met |");
        Line(text, $"|---|---|---|---|");
        if (two is not null)
        {
            Ratio("two nodes to one, nodes alone", Warm(two) / Warm(one), MostTimesOne);
            Ratio("two nodes to one, with PostgreSQL", two.WarmMicroseconds / one.WarmMicroseconds, MostTimesOne);
        }

        if (embedded is not null)
        {
            Ratio("PostgreSQL to SQLite, nodes alone", Warm(one) / Warm(embedded), null);
            Ratio("PostgreSQL to SQLite, with PostgreSQL", one.WarmMicroseconds / embedded.WarmMicroseconds, null);
        }

        text.Append('\n');

        ClusterStep? Of(Topology topology) => steps.FirstOrDefault(s => s.Topology == topology);

        static double Warm(ClusterStep step) => step.ServerMicroseconds - step.CompilerMicroseconds;

        void Ratio(string name, double ratio, double? goal) =>
            Row(text, name, Cells.Number(ratio, "0.00"), Cells.Number(goal), Cells.Verdict(goal is null ? null : ratio <= goal));
    }

    private static void WriteFailovers(StringBuilder text, IReadOnlyList<ClusterStep> steps)
    {
        var failovers = steps.SelectMany(s => s.Failovers).ToList();
        if (failovers.Count == 0)
        {
            return;
        }

        Line(text, $"Killed with SIGKILL under load; s until the first answer, counted from the death, or from the start when all are dead.\n");
        Line(text, $"| killed | actors: first | half | all of {HeldActors.Count} | live numbers | lists | read model under 2 s behind | goal for all actors | met |");
        Line(text, $"|---|---|---|---|---|---|---|---|---|");
        foreach (var failover in failovers)
        {
            var slowest = failover.Unanswered > 0 ? null : failover.Actors.Quantile(1);
            Row(
                text,
                failover.Name,
                Cells.Seconds(failover.Actors.Quantile(0)),
                Cells.Seconds(failover.Actors.Quantile(0.5)),
                failover.Unanswered > 0 ? $"{failover.Unanswered} never" : Cells.Seconds(slowest),
                Cells.Seconds(failover.Live),
                Cells.Seconds(failover.Lists),
                Cells.Seconds(failover.ReadModel),
                Cells.Seconds(failover.Goal),
                Cells.Verdict(slowest <= failover.Goal));
        }

        text.Append('\n');
    }

    private static void WriteRebuilds(StringBuilder text, IReadOnlyList<RebuildResult> rebuilds)
    {
        if (rebuilds.Count == 0)
        {
            return;
        }

        Line(text, $"| read model built from | log rows | events | filled before, rows/s | s with start | rows/s | events/s | log MB per million events | read model MB per million events |");
        Line(text, $"|---|---|---|---|---|---|---|---|---|");
        foreach (var rebuild in rebuilds)
        {
            Row(
                text,
                rebuild.Name,
                Cells.Thousands(rebuild.Rows),
                Cells.Thousands(rebuild.Events),
                Cells.Thousands(rebuild.FilledPerSecond),
                Cells.Seconds(rebuild.Whole),
                Cells.Thousands(rebuild.RowsPerSecond),
                Cells.Thousands(rebuild.EventsPerSecond),
                Cells.Megabytes((long)(rebuild.LogBytes * Million / rebuild.Events)),
                Cells.Megabytes((long)(rebuild.ModelBytes * Million / rebuild.Events)));
        }

        text.Append('\n');
    }

    private static void WriteCounts(StringBuilder text, IReadOnlyList<ClusterStep> steps)
    {
        foreach (var step in steps)
        {
            var (tally, compared) = (step.Tally, step.Counts.Where(c => c.Actual is not null).ToList());
            Line(text, $"{step.Topology.Name}: acknowledged {tally.Acknowledged:#,0} events, refused {tally.Refused:#,0}, fate unknown {tally.Unknown:#,0}; {compared.Count(c => c.IsRight)} of {compared.Count} counts agree.\n");
            foreach (var wrong in compared.Where(c => !c.IsRight))
            {
                Line(text, $"- **{wrong.Where}, {wrong.What}**: {Cells.Money(wrong.Actual)} instead of {Cells.Money(wrong.Least)} to {Cells.Money(wrong.Most)}\n");
            }
        }
    }

    private static string Quantiles(Latencies latencies) =>
        $"{Cells.Milliseconds(latencies.Quantile(0.5))} / {Cells.Milliseconds(latencies.Quantile(0.99))}";

    private static void Row(StringBuilder text, params IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    private static void Line(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
