using Actors.LoadGen.Load;

namespace Actors.LoadGen.Cluster;

/// <summary>What one topology took and cost.</summary>
internal sealed record ClusterStep
{
    /// <summary>Which one.</summary>
    public required Topology Topology { get; init; }

    /// <summary>What the load reached.</summary>
    public required ArrivalResult Load { get; init; }

    /// <summary>The CPU time of all nodes per event, until the read model had everything.</summary>
    public required double ServerMicroseconds { get; init; }

    /// <summary>The part of it that went into compiling hot code, which servers that have run for minutes no longer do.</summary>
    public required double CompilerMicroseconds { get; init; }

    /// <summary>The CPU time of all processes of PostgreSQL per event; null: there is none.</summary>
    public double? PostgresMicroseconds { get; init; }

    /// <summary>The loader's own CPU time per event.</summary>
    public required double LoaderMicroseconds { get; init; }

    /// <summary>From sending a trace to one node to the message of another that shows it.</summary>
    public required Latencies Push { get; init; }

    /// <summary>Traces that were sent to be seen and were not.</summary>
    public required int Unseen { get; init; }

    /// <summary>How long the read model took to catch up when the load ended; null: it did not.</summary>
    public required TimeSpan? CatchUp { get; init; }

    /// <summary>Events per second that were accepted when far more were sent.</summary>
    public double Most { get; init; }

    /// <summary>The most memory that a node ever held.</summary>
    public required long PeakBytes { get; init; }

    /// <summary>What PostgreSQL held; null: there is none.</summary>
    public long? PostgresBytes { get; init; }

    /// <summary>Connections to PostgreSQL; null: there is none.</summary>
    public long? Connections { get; init; }

    /// <summary>Bytes that PostgreSQL wrote ahead per event; null: there is none.</summary>
    public double? WriteAheadBytes { get; init; }

    /// <summary>What was killed, and when there were answers again.</summary>
    public IReadOnlyList<FailoverResult> Failovers { get; init; } = [];

    /// <summary>What log, API, live edge and read model counted.</summary>
    public IReadOnlyList<Count> Counts { get; init; } = [];

    /// <summary>What the loader counted.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The CPU time of nodes and PostgreSQL per event, without compiling.</summary>
    public double WarmMicroseconds => ServerMicroseconds - CompilerMicroseconds + (PostgresMicroseconds ?? 0);
}

/// <summary>How soon there were answers after a death, and not before it.</summary>
/// <param name="Name">What was killed.</param>
/// <param name="Goal">How soon all actors are to answer.</param>
/// <param name="Actors">From the death, or the new start, to the first answer of each actor.</param>
/// <param name="Unanswered">Actors that did not answer in time.</param>
/// <param name="Live">To the first answer with live numbers; null: none in time.</param>
/// <param name="Lists">To the first list; null: none in time.</param>
/// <param name="ReadModel">Until the read model was less than two seconds behind; null: not in time.</param>
internal sealed record FailoverResult(
    string Name, TimeSpan Goal, Latencies Actors, int Unanswered, TimeSpan? Live, TimeSpan? Lists, TimeSpan? ReadModel);

/// <summary>How fast a read model was built from a log.</summary>
/// <param name="Name">Where the log is.</param>
/// <param name="Rows">Rows of the log.</param>
/// <param name="Events">Events in them.</param>
/// <param name="FilledPerSecond">Rows per second that were written into the log before, by 64 callers.</param>
/// <param name="Whole">From the start of the process until the read model had everything.</param>
/// <param name="RowsPerSecond">Rows of the log per second, without the start of the process.</param>
/// <param name="LogBytes">What the log takes on disk.</param>
/// <param name="ModelBytes">What the read model takes on disk.</param>
internal sealed record RebuildResult(
    string Name, int Rows, int Events, double FilledPerSecond, TimeSpan Whole, double RowsPerSecond, long LogBytes, long ModelBytes)
{
    /// <summary>Events per second.</summary>
    public double EventsPerSecond => RowsPerSecond * Events / Rows;
}

/// <summary>All results of <c>cluster</c>.</summary>
/// <param name="Postgres">The version of PostgreSQL; null: none was needed.</param>
/// <param name="LoadBefore">The machine's load average before.</param>
/// <param name="LoadAfter">And after.</param>
/// <param name="Took">How long everything took.</param>
/// <param name="Steps">The topologies.</param>
/// <param name="Rebuilds">Read models.</param>
internal sealed record ClusterResults(
    string? Postgres, double LoadBefore, double LoadAfter, TimeSpan Took, IReadOnlyList<ClusterStep> Steps, IReadOnlyList<RebuildResult> Rebuilds);
