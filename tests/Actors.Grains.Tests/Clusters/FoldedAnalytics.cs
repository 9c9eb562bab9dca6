using Actors.Grains.Tests.Live;
using Actors.Live;
using Actors.Queries;
using Actors.Testing;
using Actors.Tracing;

namespace Actors.Grains.Tests.Clusters;

/// <summary>A read model that folds the log anew for every question; only the live edge asks it.</summary>
internal sealed class FoldedAnalytics(InMemoryEventLog log) : IAnalytics
{
    private readonly Dictionary<ProjectId, (int Behind, TaskCompletionSource? Gate, int Asked)> _plans = [];

    private readonly Dictionary<ProjectId, List<long>> _followed = [];
    private readonly HashSet<ProjectId> _full = [];

    /// <summary>From now on the answers for a project lack its newest rows.</summary>
    public void Lag(ProjectId project, int behind)
    {
        lock (_plans)
        {
            _plans[project] = _plans.GetValueOrDefault(project) with { Behind = behind };
        }
    }

    /// <summary>From now on questions about a project wait until the answer is released by the result.</summary>
    public TaskCompletionSource Hold(ProjectId project)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_plans)
        {
            _plans[project] = _plans.GetValueOrDefault(project) with { Gate = gate };
        }

        return gate;
    }

    /// <summary>How often the live edge has asked about a project.</summary>
    public int Asked(ProjectId project)
    {
        lock (_plans)
        {
            return _plans.GetValueOrDefault(project).Asked;
        }
    }

    public async Task<LiveSums> GetLiveSumsAsync(ProjectId project, LiveSumsQuery query, CancellationToken cancellationToken)
    {
        (int Behind, TaskCompletionSource? Gate, int Asked) plan;
        lock (_plans)
        {
            plan = _plans.GetValueOrDefault(project);
            _plans[project] = plan with { Asked = plan.Asked + 1 };
        }

        if (plan.Gate is { } gate)
        {
            await gate.Task.WaitAsync(cancellationToken);
        }

        var rows = log.Rows(project);
        var watermark = rows.Count <= plan.Behind ? 0 : rows[^(plan.Behind + 1)].Position;
        return LiveOracle.At(rows, watermark, query.Filter).Answer(watermark, query);
    }

    public Task<LiveTop> GetLiveTopAsync(ProjectId project, LiveTopQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public bool Follow(ProjectId project, long head)
    {
        lock (_plans)
        {
            _followed.TryAdd(project, []);
            _followed[project].Add(head);
            return !_full.Contains(project);
        }
    }

    /// <summary>The heads that the owner of a project was told of.</summary>
    public IReadOnlyList<long> Followed(ProjectId project)
    {
        lock (_plans)
        {
            return [.. _followed.GetValueOrDefault(project, [])];
        }
    }

    /// <summary>From now on there is no room for a project.</summary>
    public void RefuseToFollow(ProjectId project)
    {
        lock (_plans)
        {
            _full.Add(project);
        }
    }

    public Task CloseAsync(ProjectId project) => Task.CompletedTask;

    public Task EraseAsync(ProjectId project, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Page<TraceRecord>> ListTracesAsync(ProjectId project, TraceQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<TracesWithChildren> ListTracesWithChildrenAsync(ProjectId project, TraceQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<Facet>> CountTracesAsync(ProjectId project, TraceQuery query, IReadOnlyList<string> columns, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Pulse> GetTracePulseAsync(ProjectId project, TraceQuery query, TimeSpan step, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Page<ObservationLine>> ListObservationLinesAsync(ProjectId project, ObservationQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<IReadOnlyList<Facet>> CountObservationsAsync(ProjectId project, ObservationQuery query, IReadOnlyList<string> columns, CancellationToken cancellationToken) => throw NotAsked();

    public IAsyncEnumerable<ExportChunk> ExportAsync(ProjectId project, ExportQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Pulse> GetObservationPulseAsync(ProjectId project, ObservationQuery query, TimeSpan step, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Page<ObservationRecord>> ListObservationsAsync(ProjectId project, ObservationQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<ObservationRecord?> GetObservationAsync(ProjectId project, string observationId, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Page<SessionRecord>> ListSessionsAsync(ProjectId project, SessionQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<SessionRecord?> GetSessionAsync(ProjectId project, string sessionId, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Changes> GetChangesAsync(ProjectId project, ChangesQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Failures> GetFailuresAsync(ProjectId project, FailuresQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<RunningAgents> ListRunningAsync(ProjectId project, RunningQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<HistoryWindow> GetHistoryAsync(ProjectId project, HistoryQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<LatencyHeatmap> GetLatencyHeatmapAsync(ProjectId project, HeatmapQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<MetricsAnswer> QueryMetricsAsync(ProjectId project, MetricsQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string> ExplainMetricsAsync(ProjectId project, MetricsQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Page<DailyMetrics>> GetDailyMetricsAsync(ProjectId project, DailyMetricsQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Page<TraceGroup>> ListTraceGroupsAsync(ProjectId project, TraceGroupQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<TraceGroupFacets> GetTraceGroupFacetsAsync(ProjectId project, TraceGroupQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<SessionTurns> GetSessionTurnsAsync(ProjectId project, SessionTurnsQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Cohorts> GetCohortsAsync(ProjectId project, CohortQuery query, CancellationToken cancellationToken) => throw NotAsked();

    public Task<Page<ScoreItem>> ListScoresAsync(ProjectId project, ScoreQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<ScoreRecord>> GetSubjectScoresAsync(ProjectId project, SubjectScoreQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<string>> FindExperimentsAsync(ProjectId project, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Page<ExperimentRecord>> ListExperimentsAsync(ProjectId project, ExperimentQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ScoreRecord?> GetScoreAsync(ProjectId project, string scoreId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<AnalyticsStatus> GetStatusAsync(ProjectId project, CancellationToken cancellationToken) => throw NotAsked();

    private static NotSupportedException NotAsked() => new("Only the live edge asks this read model.");
}
