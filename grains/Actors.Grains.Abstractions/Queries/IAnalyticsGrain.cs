using Actors.Live;
using Actors.Tracing;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace Actors.Queries;

/// <summary>
/// The address of one project's read model: the silo that holds this grain owns the project's file. Key: the project id.
/// The members are those of <see cref="IAnalytics"/>. A query may take long: who wants to know whether its answer still comes asks
/// with <see cref="PingAsync"/>.
/// </summary>
[Alias("actors.IAnalyticsGrain"), Version(2)]
public interface IAnalyticsGrain : IGrainWithStringKey
{
    /// <summary>A sign of life, also while queries run.</summary>
    [Alias("PingAsync"), AlwaysInterleave, ResponseTimeout("00:00:03")]
    Task PingAsync();

    /// <inheritdoc cref="IAnalytics.Follow"/>
    [Alias("FollowAsync"), AlwaysInterleave]
    Task<bool> FollowAsync(long head);

    /// <inheritdoc cref="IAnalytics.EraseAsync"/>
    [Alias("EraseAsync"), AlwaysInterleave]
    Task EraseAsync();

    /// <inheritdoc cref="IAnalytics.ListTracesAsync"/>
    [Alias("ListTracesAsync"), AlwaysInterleave]
    Task<Page<TraceRecord>> ListTracesAsync(TraceQuery query);

    /// <inheritdoc cref="IAnalytics.ListTracesWithChildrenAsync"/>
    [Alias("ListTracesWithChildrenAsync"), AlwaysInterleave]
    Task<TracesWithChildren> ListTracesWithChildrenAsync(TraceQuery query);

    /// <inheritdoc cref="IAnalytics.CountTracesAsync"/>
    [Alias("CountTracesAsync"), AlwaysInterleave]
    Task<IReadOnlyList<Facet>> CountTracesAsync(TraceQuery query, IReadOnlyList<string> columns);

    /// <inheritdoc cref="IAnalytics.GetTracePulseAsync"/>
    [Alias("GetTracePulseAsync"), AlwaysInterleave]
    Task<Pulse> GetTracePulseAsync(TraceQuery query, TimeSpan step);

    /// <inheritdoc cref="IAnalytics.ListObservationsAsync"/>
    [Alias("ListObservationsAsync"), AlwaysInterleave]
    Task<Page<ObservationRecord>> ListObservationsAsync(ObservationQuery query);

    /// <inheritdoc cref="IAnalytics.ListObservationLinesAsync"/>
    [Alias("ListObservationLinesAsync"), AlwaysInterleave]
    Task<Page<ObservationLine>> ListObservationLinesAsync(ObservationQuery query);

    /// <inheritdoc cref="IAnalytics.CountObservationsAsync"/>
    [Alias("CountObservationsAsync"), AlwaysInterleave]
    Task<IReadOnlyList<Facet>> CountObservationsAsync(ObservationQuery query, IReadOnlyList<string> columns);

    /// <inheritdoc cref="IAnalytics.GetObservationPulseAsync"/>
    [Alias("GetObservationPulseAsync"), AlwaysInterleave]
    Task<Pulse> GetObservationPulseAsync(ObservationQuery query, TimeSpan step);

    /// <inheritdoc cref="IAnalytics.ExportAsync"/>
    [Alias("ExportAsync"), AlwaysInterleave]
    IAsyncEnumerable<ExportChunk> ExportAsync(ExportQuery query, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="IAnalytics.GetObservationAsync"/>
    [Alias("GetObservationAsync"), AlwaysInterleave]
    Task<ObservationRecord?> GetObservationAsync(string observationId);

    /// <inheritdoc cref="IAnalytics.ListSessionsAsync"/>
    [Alias("ListSessionsAsync"), AlwaysInterleave]
    Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query);

    /// <inheritdoc cref="IAnalytics.GetSessionAsync"/>
    [Alias("GetSessionAsync"), AlwaysInterleave]
    Task<SessionRecord?> GetSessionAsync(string sessionId);

    /// <inheritdoc cref="IAnalytics.ListScoresAsync"/>
    [Alias("ListScoresAsync"), AlwaysInterleave]
    Task<Page<ScoreItem>> ListScoresAsync(ScoreQuery query);

    /// <inheritdoc cref="IAnalytics.GetScoreAsync"/>
    [Alias("GetScoreAsync"), AlwaysInterleave]
    Task<ScoreRecord?> GetScoreAsync(string scoreId);

    /// <inheritdoc cref="IAnalytics.GetSubjectScoresAsync"/>
    [Alias("GetSubjectScoresAsync"), AlwaysInterleave]
    Task<IReadOnlyList<ScoreRecord>> GetSubjectScoresAsync(SubjectScoreQuery query);

    /// <inheritdoc cref="IAnalytics.ListExperimentsAsync"/>
    [Alias("ListExperimentsAsync"), AlwaysInterleave]
    Task<Page<ExperimentRecord>> ListExperimentsAsync(ExperimentQuery query);

    /// <inheritdoc cref="IAnalytics.FindExperimentsAsync"/>
    [Alias("FindExperimentsAsync"), AlwaysInterleave]
    Task<IReadOnlyList<string>> FindExperimentsAsync(IReadOnlyList<string> ids);

    /// <inheritdoc cref="IAnalytics.QueryMetricsAsync"/>
    [Alias("QueryMetricsAsync"), AlwaysInterleave]
    Task<MetricsAnswer> QueryMetricsAsync(MetricsQuery query);

    /// <inheritdoc cref="IAnalytics.GetDailyMetricsAsync"/>
    [Alias("GetDailyMetricsAsync"), AlwaysInterleave]
    Task<Page<DailyMetrics>> GetDailyMetricsAsync(DailyMetricsQuery query);

    /// <inheritdoc cref="IAnalytics.GetLiveSumsAsync"/>
    [Alias("GetLiveSumsAsync"), AlwaysInterleave]
    Task<LiveSums> GetLiveSumsAsync(LiveSumsQuery query);

    /// <inheritdoc cref="IAnalytics.GetLiveTopAsync"/>
    [Alias("GetLiveTopAsync"), AlwaysInterleave]
    Task<LiveTop> GetLiveTopAsync(LiveTopQuery query);

    /// <inheritdoc cref="IAnalytics.GetHistoryAsync"/>
    [Alias("GetHistoryAsync"), AlwaysInterleave]
    Task<HistoryWindow> GetHistoryAsync(HistoryQuery query);

    /// <inheritdoc cref="IAnalytics.GetLatencyHeatmapAsync"/>
    [Alias("GetLatencyHeatmapAsync"), AlwaysInterleave]
    Task<LatencyHeatmap> GetLatencyHeatmapAsync(HeatmapQuery query);

    /// <inheritdoc cref="IAnalytics.GetStatusAsync"/>
    [Alias("GetStatusAsync"), AlwaysInterleave]
    Task<AnalyticsStatus> GetStatusAsync();
}
