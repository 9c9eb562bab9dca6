using Actors.LoadGen.Floors;
using Actors.LoadGen.Load;

namespace Actors.LoadGen.Report;

/// <summary>Everything that one run measured.</summary>
internal sealed record Results
{
    /// <summary>The parser alone.</summary>
    public Floor? Parse { get; init; }

    /// <summary>The parser and the log.</summary>
    public Floor? Log { get; init; }

    /// <summary>The server at rest.</summary>
    public required IdleResult Idle { get; init; }

    /// <summary>The steps of the full path.</summary>
    public required IReadOnlyList<StepResult> Steps { get; init; }

    /// <summary>What log, API, live edge and read model counted.</summary>
    public required IReadOnlyList<Count> Counts { get; init; }

    /// <summary>What the loader counted.</summary>
    public required Tally Tally { get; init; }
}

/// <summary>The server at rest.</summary>
/// <param name="FirstPage">From process start to the first page.</param>
/// <param name="ResidentBytes">Memory after 10 s; null: not measured.</param>
/// <param name="CpuFraction">Of one core, over the following 10 s; null: not measured.</param>
internal sealed record IdleResult(TimeSpan FirstPage, long? ResidentBytes, double? CpuFraction);

/// <summary>One step of the load, with everything switched on.</summary>
internal sealed record StepResult
{
    /// <summary>Events per second that were to arrive.</summary>
    public required double Rate { get; init; }

    /// <summary>What the load reached.</summary>
    public required ArrivalResult Load { get; init; }

    /// <summary>The server's CPU time per event, until its read model had everything.</summary>
    public required double ServerMicroseconds { get; init; }

    /// <summary>The part of it that went into compiling hot code.</summary>
    public required double CompilerMicroseconds { get; init; }

    /// <summary>The loader's own CPU time per event.</summary>
    public required double LoaderMicroseconds { get; init; }

    /// <summary>From sending a trace to the tick that shows it.</summary>
    public required Latencies Push { get; init; }

    /// <summary>Traces that were sent to be seen and were not.</summary>
    public required int Unseen { get; init; }

    /// <summary>How far the read model was behind, twice a second.</summary>
    public required Latencies Lag { get; init; }

    /// <summary>How long the read model took to catch up when the load ended; null: it did not.</summary>
    public required TimeSpan? CatchUp { get; init; }

    /// <summary>The most memory that the server ever held.</summary>
    public required long PeakBytes { get; init; }
}
