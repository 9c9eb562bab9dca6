using Actors.Live;
using Actors.Tracing;

namespace Actors.Queries;

/// <summary>
/// The queryable fold of the log: one DuckDB file per project, fed from the change feed, disposable. Every query first waits
/// (bounded) until the read model has reached the log's head at the time of the call, so that a caller sees its own writes.
/// </summary>
public interface IAnalytics
{
    /// <summary>A page of traces.</summary>
    Task<Page<TraceRecord>> ListTracesAsync(ProjectId project, TraceQuery query, CancellationToken cancellationToken);

    /// <summary>A page of traces with the ids of their observations and scores, for lists that show them.</summary>
    Task<TracesWithChildren> ListTracesWithChildrenAsync(ProjectId project, TraceQuery query, CancellationToken cancellationToken);

    /// <summary>How many traces match, by the values of some columns, each without its own part of the filter.</summary>
    /// <exception cref="ArgumentException">The values of a column are not counted.</exception>
    Task<IReadOnlyList<Facet>> CountTracesAsync(ProjectId project, TraceQuery query, IReadOnlyList<string> columns, CancellationToken cancellationToken);

    /// <summary>How the traces that match lie in time. The query has a beginning; the step is at least a second.</summary>
    Task<Pulse> GetTracePulseAsync(ProjectId project, TraceQuery query, TimeSpan step, CancellationToken cancellationToken);

    /// <summary>A page of observations, newest start first, then by trace and id, the last first.</summary>
    Task<Page<ObservationRecord>> ListObservationsAsync(ProjectId project, ObservationQuery query, CancellationToken cancellationToken);

    /// <summary>A page of observations with what their traces say.</summary>
    Task<Page<ObservationLine>> ListObservationLinesAsync(ProjectId project, ObservationQuery query, CancellationToken cancellationToken);

    /// <summary>How many observations match, by the values of some columns, each without its own part of the filter.</summary>
    /// <exception cref="ArgumentException">The values of a column are not counted.</exception>
    Task<IReadOnlyList<Facet>> CountObservationsAsync(
        ProjectId project, ObservationQuery query, IReadOnlyList<string> columns, CancellationToken cancellationToken);

    /// <summary>How the observations that match lie in time. The query has a beginning; the step is at least a second.</summary>
    Task<Pulse> GetObservationPulseAsync(ProjectId project, ObservationQuery query, TimeSpan step, CancellationToken cancellationToken);

    /// <summary>
    /// A list as a file, in pieces. It is written as a whole before the first piece comes, within one snapshot, and deleted with the
    /// enumeration.
    /// </summary>
    IAsyncEnumerable<ExportChunk> ExportAsync(ProjectId project, ExportQuery query, CancellationToken cancellationToken);

    /// <summary>One observation with all text; null when unknown.</summary>
    Task<ObservationRecord?> GetObservationAsync(ProjectId project, string observationId, CancellationToken cancellationToken);

    /// <summary>A page of sessions, newest first.</summary>
    Task<Page<SessionRecord>> ListSessionsAsync(ProjectId project, SessionQuery query, CancellationToken cancellationToken);

    /// <summary>One session; null when no trace names it.</summary>
    Task<SessionRecord?> GetSessionAsync(ProjectId project, string sessionId, CancellationToken cancellationToken);

    /// <summary>A page of scores, newest first.</summary>
    Task<Page<ScoreItem>> ListScoresAsync(ProjectId project, ScoreQuery query, CancellationToken cancellationToken);

    /// <summary>One score; null when unknown.</summary>
    Task<ScoreRecord?> GetScoreAsync(ProjectId project, string scoreId, CancellationToken cancellationToken);

    /// <summary>The newest scores of each of some subjects, newest first over all of them.</summary>
    Task<IReadOnlyList<ScoreRecord>> GetSubjectScoresAsync(ProjectId project, SubjectScoreQuery query, CancellationToken cancellationToken);

    /// <summary>Experiments that observations say they belong to, the newest activity first, then by id, the last first. They are not counted.</summary>
    Task<Page<ExperimentRecord>> ListExperimentsAsync(ProjectId project, ExperimentQuery query, CancellationToken cancellationToken);

    /// <summary>Those of up to 1,000 experiments that any observation belongs to, whenever it was.</summary>
    Task<IReadOnlyList<string>> FindExperimentsAsync(ProjectId project, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Numbers by dimensions and steps of time.</summary>
    /// <exception cref="ArgumentException">The query names what is not in its catalogue, or is out of bounds.</exception>
    Task<MetricsAnswer> QueryMetricsAsync(ProjectId project, MetricsQuery query, CancellationToken cancellationToken);

    /// <summary>A page of days with their usage by model, newest first.</summary>
    Task<Page<DailyMetrics>> GetDailyMetricsAsync(ProjectId project, DailyMetricsQuery query, CancellationToken cancellationToken);

    /// <summary>What live series add up to, for the live edge to start from.</summary>
    Task<LiveSums> GetLiveSumsAsync(ProjectId project, LiveSumsQuery query, CancellationToken cancellationToken);

    /// <summary>Which values of a dimension stand out; an answer serves all that ask the same within a moment.</summary>
    Task<LiveTop> GetLiveTopAsync(ProjectId project, LiveTopQuery query, CancellationToken cancellationToken);

    /// <summary>The same numbers as the live edge, over a longer window, from history.</summary>
    Task<HistoryWindow> GetHistoryAsync(ProjectId project, HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>Counts of model calls by time and latency.</summary>
    Task<LatencyHeatmap> GetLatencyHeatmapAsync(ProjectId project, HeatmapQuery query, CancellationToken cancellationToken);

    /// <summary>How far the read model is behind the log.</summary>
    Task<AnalyticsStatus> GetStatusAsync(ProjectId project, CancellationToken cancellationToken);

    /// <summary>
    /// Opens the project's file in the background when it may lack rows up to <paramref name="head"/>, so that the first query
    /// need not wait. Not needed for correctness: every query catches up first.
    /// </summary>
    /// <returns>Whether the rows are held or on their way; false: too many other files are at work.</returns>
    bool Follow(ProjectId project, long head);

    /// <summary>Closes the project's file when it is open; the next query opens it again.</summary>
    Task CloseAsync(ProjectId project);

    /// <summary>Deletes the project's file and its bases. A later query would build it again from what the log then holds.</summary>
    Task EraseAsync(ProjectId project, CancellationToken cancellationToken);
}

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <param name="Items">The items of this page.</param>
/// <param name="TotalItems">How many there are over all pages; 0 when the query did not ask for it.</param>
/// <param name="Watermark">The position of the log that the answer includes.</param>
/// <param name="Head">The position that the log had come to when the question was asked.</param>
[GenerateSerializer, Immutable, Alias("actors.Page`1")]
public sealed record Page<T>(
    [property: Id(0)] IReadOnlyList<T> Items, [property: Id(1)] long TotalItems, [property: Id(2)] long Watermark, [property: Id(3)] long Head = 0)
    : IReadModelAnswer;

/// <summary>A page of traces and what they have.</summary>
/// <param name="Traces">The page.</param>
/// <param name="Children">The children of each trace of the page, by its id.</param>
[GenerateSerializer, Immutable, Alias("actors.TracesWithChildren")]
public sealed record TracesWithChildren(
    [property: Id(0)] Page<TraceRecord> Traces, [property: Id(1)] IReadOnlyDictionary<string, TraceChildren> Children) : IReadModelAnswer
{
    /// <inheritdoc/>
    public long Watermark => Traces.Watermark;

    /// <inheritdoc/>
    public long Head => Traces.Head;
}

/// <summary>The children of a trace, by id.</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceChildren")]
public sealed record TraceChildren(
    [property: Id(0)] IReadOnlyList<string> ObservationIds, [property: Id(1)] IReadOnlyList<string> ScoreIds);

/// <summary>How far a project's read model is behind the log.</summary>
/// <param name="Watermark">The last position it holds.</param>
/// <param name="Head">The last position of the log.</param>
/// <param name="Lag">The age of the oldest row that it does not hold yet; zero when it is up to date.</param>
/// <param name="State">What it is about.</param>
/// <param name="Audit">What comparing its rows with the log has found; null: not known.</param>
[GenerateSerializer, Immutable, Alias("actors.AnalyticsStatus")]
public sealed record AnalyticsStatus(
    [property: Id(0)] long Watermark, [property: Id(1)] long Head, [property: Id(2)] TimeSpan Lag,
    [property: Id(3)] AnalyticsState State = AnalyticsState.Following, [property: Id(4)] ColumnsAudit? Audit = null);

/// <summary>What comparing the rows of a read model with the log has found.</summary>
/// <param name="Since">When the process began to count.</param>
/// <param name="AuditedAt">When rows were compared the last time; null: not yet.</param>
/// <param name="StreamsCompared">Streams compared so far; one is compared again and again.</param>
/// <param name="Differences">Streams whose rows were wrong and were mended; 0 while all is right.</param>
/// <param name="LastDifference">The last difference in words: what, value of the read model, value of the log; null: none.</param>
[GenerateSerializer, Immutable, Alias("actors.ColumnsAudit")]
public sealed record ColumnsAudit(
    [property: Id(0)] DateTimeOffset Since,
    [property: Id(1)] DateTimeOffset? AuditedAt,
    [property: Id(2)] long StreamsCompared,
    [property: Id(3)] long Differences,
    [property: Id(4)] string? LastDifference);

/// <summary>What a read model is about.</summary>
public enum AnalyticsState
{
    /// <summary>It follows the log.</summary>
    Following,

    /// <summary>It reads what the log held already when it was opened: after a start, or built anew.</summary>
    CatchingUp,

    /// <summary>It could not be written the last time, and tries again.</summary>
    Failing,
}
