namespace Actors.Tracing;

/// <summary>
/// The one append-only truth: per-stream rows of events, each durable before it is acknowledged. Actors and columns are
/// folds of it and can be thrown away. Implementations are safe for concurrent callers.
/// </summary>
public interface IEventLog
{
    /// <summary>
    /// The identity of this log's content. A read model that was built from a log with another id must be rebuilt.
    /// </summary>
    Guid LogId { get; }

    /// <summary>
    /// Whether the positions of a project's rows are 1, 2, 3 and so on as they are appended, so that who is told of rows by
    /// several writers sees when one is missing. A log with one writing process need not have such.
    /// </summary>
    bool HasDensePositions { get; }

    /// <summary>
    /// Appends one row as version <see cref="LogAppend.Version"/> of its stream and returns when it is durable. Rows of
    /// concurrent callers share one commit; a conflict of one never fails its neighbours. Calling again with the same
    /// <see cref="LogAppend.AppendId"/> after an unknown outcome is safe and returns the first outcome. The events of a score
    /// that a <see cref="ScoreDeletedEvent"/> of the row names are taken out of the stream's earlier rows in the same step.
    /// </summary>
    /// <returns>The position of the row, or the version that the stream really has when somebody else was first.</returns>
    /// <exception cref="EventLogUnavailableException">The row may or may not be stored; the same call may be repeated.</exception>
    /// <exception cref="EventLogOverloadedException">Nothing was stored: the queue is full. Try later.</exception>
    ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes all that a stream holds, in one step: its rows go, with their text and their scores in the index, and a row
    /// without events becomes version <see cref="LogDeletion.Version"/>. The stream may grow again behind it. An append that
    /// was stored before and is repeated now neither brings its events back nor is taken for a new one. Returns when this is
    /// durable; calling again with the same <see cref="LogDeletion.AppendId"/> after an unknown outcome is safe.
    /// </summary>
    /// <returns>The position of the new row, or the version that the stream really has when somebody else was first.</returns>
    /// <exception cref="EventLogUnavailableException">The outcome is unknown; the same call may be repeated.</exception>
    /// <exception cref="EventLogOverloadedException">Nothing was deleted: the queue is full. Try later.</exception>
    ValueTask<AppendOutcome> DeleteStreamAsync(LogDeletion deletion, CancellationToken cancellationToken);

    /// <summary>
    /// Erases every row of a project, in pieces between which others write. May be repeated after a failure; rows that are
    /// appended meanwhile may be erased or not. Positions are not given again.
    /// </summary>
    Task EraseProjectAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>
    /// All rows of one stream by rising version. Empty: the stream never existed. Of a stream that was deleted, version 1
    /// and the deletion are left, both without events, and what came later.
    /// </summary>
    /// <param name="project">The project of the stream.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="text">Whether input, output, metadata and model parameters are wanted; without them a read is much cheaper.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<LogRow>> ReadStreamAsync(ProjectId project, StreamId stream, LogText text, CancellationToken cancellationToken);

    /// <summary>
    /// The next rows of a project (with text) after <paramref name="afterPosition"/> by rising position. A row that commits
    /// late is never skipped: positions at or below the last one returned never appear later.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="afterPosition">The reader's watermark; 0 reads from the beginning.</param>
    /// <param name="maxRows">At least 1. Fewer are returned when they are large or there are no more.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    Task<IReadOnlyList<LogRow>> ReadChangesAsync(ProjectId project, long afterPosition, int maxRows, CancellationToken cancellationToken);

    /// <summary>The highest position that readers of the project can see now; 0 when it has no rows.</summary>
    ValueTask<long> GetHeadAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>Completes when the project's head has passed <paramref name="position"/>. One waiter at a time per reader; bounded by its token.</summary>
    Task WaitForChangeAsync(ProjectId project, long position, CancellationToken cancellationToken);

    /// <summary>The stream that holds the score <paramref name="scoreId"/>; null when there is no such score.</summary>
    Task<StreamId?> FindScoreAsync(ProjectId project, string scoreId, CancellationToken cancellationToken);

    /// <summary>The projects that have at least one row.</summary>
    Task<IReadOnlyList<ProjectId>> ListProjectsAsync(CancellationToken cancellationToken);

    /// <summary>When the newest row of all projects was received; null when there is none.</summary>
    Task<DateTimeOffset?> GetNewestReceiptAsync(CancellationToken cancellationToken);
}

/// <summary>How much of the rows a reader wants.</summary>
public enum LogText
{
    /// <summary>Only what folding and summing need.</summary>
    Without,

    /// <summary>Input, output, metadata and model parameters too.</summary>
    With,
}

/// <summary>A row to append.</summary>
public sealed record LogAppend
{
    /// <summary>The project.</summary>
    public required ProjectId Project { get; init; }

    /// <summary>The stream.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>The version that the row shall become; 1 for the first row of a stream.</summary>
    public required long Version { get; init; }

    /// <summary>Tells our own retry from a foreign conflict.</summary>
    public required Guid AppendId { get; init; }

    /// <summary>The price book that was in force.</summary>
    public required int PriceBook { get; init; }

    /// <summary>When the server received the events.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The events of one or more requests for this stream. Not empty.</summary>
    public required IReadOnlyList<StreamEvent> Events { get; init; }
}

/// <summary>The deletion of a stream.</summary>
public sealed record LogDeletion
{
    /// <summary>The project.</summary>
    public required ProjectId Project { get; init; }

    /// <summary>The stream.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>The version that the row of the deletion shall become; at least 2, because what has no rows has nothing to delete.</summary>
    public required long Version { get; init; }

    /// <summary>Tells our own retry from a foreign conflict.</summary>
    public required Guid AppendId { get; init; }

    /// <summary>When the server was asked to delete.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>A row of the log.</summary>
public sealed record LogRow
{
    /// <summary>The stream.</summary>
    public required StreamId Stream { get; init; }

    /// <summary>The row's version in its stream: from 1 without gaps, except where rows were deleted.</summary>
    public required long Version { get; init; }

    /// <summary>The row's position in its project's change feed: rising, with gaps.</summary>
    public required long Position { get; init; }

    /// <summary>The price book that was in force.</summary>
    public required int PriceBook { get; init; }

    /// <summary>When the server received the events.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The events in the order of arrival. Empty when they were deleted.</summary>
    public required IReadOnlyList<StreamEvent> Events { get; init; }

    /// <summary>Whether nothing that the stream held up to here is left.</summary>
    public bool IsDeletion { get; init; }
}

/// <summary>What became of an append or a deletion.</summary>
/// <param name="Position">The row's position; 0 on conflict.</param>
/// <param name="CurrentVersion">On conflict the stream's highest version, else that of the row.</param>
/// <param name="IsConflict">Whether another writer had taken the version; nothing was stored then.</param>
/// <param name="IsDeleted">
/// Whether an earlier attempt had stored the row and the stream was deleted since; position and version are those of the deletion.
/// </param>
public readonly record struct AppendOutcome(long Position, long CurrentVersion, bool IsConflict, bool IsDeleted = false);

/// <summary>The log could not be reached or did not answer; the outcome is unknown and the same append may be repeated.</summary>
[GenerateSerializer, Alias("actors.EventLogUnavailableException")]
public sealed class EventLogUnavailableException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The log's bounded queue is full; nothing was stored.</summary>
[GenerateSerializer, Alias("actors.EventLogOverloadedException")]
public sealed class EventLogOverloadedException(string message) : Exception(message);
