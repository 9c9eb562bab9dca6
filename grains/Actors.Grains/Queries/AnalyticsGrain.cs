using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Orleans.Placement;

namespace Actors.Grains.Queries;

/// <summary>
/// Gives the read model an address; a plain service owns its connections and threads. Only the silo that it lives on has the
/// project's file open. Should two silos believe that they have it, each has a file of its own, and both are right.
/// </summary>
[HashBasedPlacement]
internal sealed class AnalyticsGrain(IAnalytics analytics) : Grain, IAnalyticsGrain
{
    private ProjectId Project => new(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        // Another silo may open the file next.
        analytics.CloseAsync(Project);

    /// <inheritdoc/>
    public Task PingAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<bool> FollowAsync(long head) => Task.FromResult(analytics.Follow(Project, head));

    /// <inheritdoc/>
    public Task EraseAsync() => analytics.EraseAsync(Project, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Page<TraceRecord>> ListTracesAsync(TraceQuery query) =>
        analytics.ListTracesAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<TracesWithChildren> ListTracesWithChildrenAsync(TraceQuery query) =>
        analytics.ListTracesWithChildrenAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Facet>> CountTracesAsync(TraceQuery query, IReadOnlyList<string> columns) =>
        analytics.CountTracesAsync(Project, query, columns, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Pulse> GetTracePulseAsync(TraceQuery query, TimeSpan step) =>
        analytics.GetTracePulseAsync(Project, query, step, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Page<ObservationRecord>> ListObservationsAsync(ObservationQuery query) =>
        analytics.ListObservationsAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Page<ObservationLine>> ListObservationLinesAsync(ObservationQuery query) =>
        analytics.ListObservationLinesAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Facet>> CountObservationsAsync(ObservationQuery query, IReadOnlyList<string> columns) =>
        analytics.CountObservationsAsync(Project, query, columns, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Pulse> GetObservationPulseAsync(ObservationQuery query, TimeSpan step) =>
        analytics.GetObservationPulseAsync(Project, query, step, CancellationToken.None);

    /// <inheritdoc/>
    public IAsyncEnumerable<ExportChunk> ExportAsync(ExportQuery query, CancellationToken cancellationToken = default) =>
        analytics.ExportAsync(Project, query, cancellationToken);

    /// <inheritdoc/>
    public Task<ObservationRecord?> GetObservationAsync(string observationId) =>
        analytics.GetObservationAsync(Project, observationId, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query) =>
        analytics.ListSessionsAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<SessionRecord?> GetSessionAsync(string sessionId) =>
        analytics.GetSessionAsync(Project, sessionId, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Page<ScoreItem>> ListScoresAsync(ScoreQuery query) =>
        analytics.ListScoresAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<ScoreRecord?> GetScoreAsync(string scoreId) =>
        analytics.GetScoreAsync(Project, scoreId, CancellationToken.None);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ScoreRecord>> GetSubjectScoresAsync(SubjectScoreQuery query) =>
        analytics.GetSubjectScoresAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Page<ExperimentRecord>> ListExperimentsAsync(ExperimentQuery query) =>
        analytics.ListExperimentsAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> FindExperimentsAsync(IReadOnlyList<string> ids) =>
        analytics.FindExperimentsAsync(Project, ids, CancellationToken.None);

    /// <inheritdoc/>
    public Task<MetricsAnswer> QueryMetricsAsync(MetricsQuery query) =>
        analytics.QueryMetricsAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<Page<DailyMetrics>> GetDailyMetricsAsync(DailyMetricsQuery query) =>
        analytics.GetDailyMetricsAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<LiveSums> GetLiveSumsAsync(LiveSumsQuery query) => analytics.GetLiveSumsAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<LiveTop> GetLiveTopAsync(LiveTopQuery query) => analytics.GetLiveTopAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<HistoryWindow> GetHistoryAsync(HistoryQuery query) =>
        analytics.GetHistoryAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<LatencyHeatmap> GetLatencyHeatmapAsync(HeatmapQuery query) =>
        analytics.GetLatencyHeatmapAsync(Project, query, CancellationToken.None);

    /// <inheritdoc/>
    public Task<AnalyticsStatus> GetStatusAsync() => analytics.GetStatusAsync(Project, CancellationToken.None);
}
