namespace Actors.Tracing;

/// <summary>
/// The one fold that actors and columns share: pure, without clock and I/O. Any order, batching and repetition of the same
/// rows folds to the same records.
/// </summary>
public interface IStreamFolder
{
    /// <summary>
    /// Makes at hand what folding the rows needs: the prices of their time. Call it before rows are folded that came from the
    /// log; it completes at once unless something must be read.
    /// </summary>
    /// <param name="project">The project of the rows.</param>
    /// <param name="rows">The rows; empty: only what a fold needs to start.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    ValueTask PrepareAsync(ProjectId project, IReadOnlyList<LogRow> rows, CancellationToken cancellationToken);

    /// <summary>Starts the fold of one stream at version 0.</summary>
    /// <param name="project">The project of the stream; it was prepared before.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="text">Whether text is kept; without it the fold is small enough to stay in memory.</param>
    /// <exception cref="InvalidOperationException">The project was never prepared.</exception>
    IStreamFold Start(ProjectId project, StreamId stream, LogText text);
}

/// <summary>The folded state of one stream. Not safe for concurrent use.</summary>
public interface IStreamFold
{
    /// <summary>The stream.</summary>
    StreamId Stream { get; }

    /// <summary>The version of the newest row folded; 0: none.</summary>
    long Version { get; }

    /// <summary>The position of the newest row folded; 0: none.</summary>
    long Position { get; }

    /// <summary>A rough count of the bytes that the state holds, for caches.</summary>
    long ApproximateBytes { get; }

    /// <summary>
    /// Folds many rows at once, in any order of event time. The rows must be all rows of the stream from version 1; what was
    /// deleted is missing among them.
    /// </summary>
    /// <exception cref="InvalidOperationException">The fold has begun already.</exception>
    void Load(IReadOnlyList<LogRow> rows);

    /// <summary>
    /// Folds the next row (<see cref="Version"/> + 1, or any later one that is a deletion) on top and says what changed.
    /// </summary>
    /// <returns>
    /// False when the row holds an event that is older than what its entity already folded: the state is then unusable and
    /// must be folded again from all rows (<see cref="Load"/> of a new fold).
    /// </returns>
    bool TryApply(LogRow row, StreamChanges changes);

    /// <summary>The trace; null when the stream has only scores or nothing at all.</summary>
    TraceRecord? GetTrace();

    /// <summary>Whether somebody said what an observation used or cost, so that its texts need not be counted.</summary>
    bool HasSaidUsage(string observationId);

    /// <summary>One observation; null when unknown.</summary>
    ObservationRecord? GetObservation(string observationId);

    /// <summary>One score; null when unknown or deleted.</summary>
    ScoreRecord? GetScore(string scoreId);

    /// <summary>The timestamp of the newest event that names a score; null when none does.</summary>
    DateTimeOffset? GetScoreNewest(string scoreId);

    /// <summary>All observations by start time, then id.</summary>
    IReadOnlyList<ObservationRecord> GetObservations();

    /// <summary>All scores by timestamp, then id.</summary>
    IReadOnlyList<ScoreRecord> GetScores();
}

/// <summary>Collects what rows changed in a fold. Reusable after <see cref="Clear"/>.</summary>
public sealed class StreamChanges
{
    /// <summary>Whether the trace's own fields or its summary changed.</summary>
    public bool Trace { get; set; }

    /// <summary>Whether the stream was deleted: all that it held before is gone, by whatever name.</summary>
    public bool Deleted { get; set; }

    /// <summary>The observations that changed; true: new with these rows.</summary>
    public Dictionary<string, bool> Observations { get; } = [];

    /// <summary>The scores that changed, deleted ones too; true: new with these rows.</summary>
    public Dictionary<string, bool> Scores { get; } = [];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Trace = false;
        Deleted = false;
        Observations.Clear();
        Scores.Clear();
    }
}
