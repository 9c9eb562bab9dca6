using System.Runtime.CompilerServices;
using Actors.Analytics.Export;
using Actors.Analytics.Ingest;
using Actors.Analytics.Queries;
using Actors.Analytics.Queries.Findings;
using Actors.Analytics.Queries.Groups;
using Actors.Analytics.Queries.Metrics;
using Actors.Analytics.Queries.Series;
using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Microsoft.Extensions.Options;

namespace Actors.Analytics;

/// <summary>The read models of all projects: answers queries at the log's head.</summary>
internal sealed class AnalyticsService : IAnalytics
{
    private const int ExportChunkBytes = 1 << 16;
    private const int MaxExports = 2;

    private static readonly TimeSpan ExportTime = TimeSpan.FromMinutes(2);

    // Of the process: each takes a reader, and a disk is what all projects share.
    private static readonly SemaphoreSlim Exports = new(MaxExports);

    private readonly string _directory;
    private readonly ReadModels _models;
    private readonly IEventLog _log;
    private readonly AnalyticsInstruments _instruments;
    private readonly TimeProvider _time;
    private readonly AnswerCache _answers;
    private readonly QueryLimit _limit;

    public AnalyticsService(ReadModels models, IEventLog log, IOptions<AnalyticsOptions> options, AnalyticsInstruments instruments, TimeProvider time)
    {
        _models = models;
        _log = log;
        _instruments = instruments;
        _time = time;
        _limit = new QueryLimit(options.Value.QueryTimeout, time);
        _directory = options.Value.Directory;
        ExportFile.DeleteLeftovers(_directory);
        _answers = new AnswerCache(options.Value.HistoryCacheTime, options.Value.HistoryCacheEntries, time);
    }

    public Task<Page<TraceRecord>> ListTracesAsync(ProjectId project, TraceQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => TraceListReader.Read(s, query), cancellationToken);
    }

    public Task<TracesWithChildren> ListTracesWithChildrenAsync(ProjectId project, TraceQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => TraceListReader.ReadWithChildren(s, query), cancellationToken);
    }

    public Task<IReadOnlyList<Facet>> CountTracesAsync(
        ProjectId project, TraceQuery query, IReadOnlyList<string> columns, CancellationToken cancellationToken) =>
        ReadAsync(project, s => FacetReader.Read(s, query, columns), cancellationToken);

    public Task<Pulse> GetTracePulseAsync(ProjectId project, TraceQuery query, TimeSpan step, CancellationToken cancellationToken)
    {
        QueryGuard.CheckPulse(query.From, step);
        return ReadAsync(project, s => PulseReader.Read(s, query, step), cancellationToken);
    }

    public Task<Page<ObservationRecord>> ListObservationsAsync(ProjectId project, ObservationQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => ObservationListReader.Read(s, query), cancellationToken);
    }

    public Task<Page<ObservationLine>> ListObservationLinesAsync(ProjectId project, ObservationQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => ObservationListReader.ReadLines(s, query), cancellationToken);
    }

    public Task<IReadOnlyList<Facet>> CountObservationsAsync(
        ProjectId project, ObservationQuery query, IReadOnlyList<string> columns, CancellationToken cancellationToken) =>
        ReadAsync(project, s => FacetReader.Read(s, query, columns), cancellationToken);

    public Task<Pulse> GetObservationPulseAsync(ProjectId project, ObservationQuery query, TimeSpan step, CancellationToken cancellationToken)
    {
        QueryGuard.CheckPulse(query.From, step);
        return ReadAsync(project, s => PulseReader.Read(s, query, step), cancellationToken);
    }

    public async IAsyncEnumerable<ExportChunk> ExportAsync(
        ProjectId project, ExportQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        using var file = ExportFile.Create(_directory);
        await Exports.WaitAsync(cancellationToken);
        try
        {
            using var late = new CancellationTokenSource(ExportTime, _time);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);

            // Not a question that others wait behind for seconds: it has a limit of its own.
            var started = _time.GetTimestamp();
            using var span = _instruments.StartQuery(nameof(ExportAsync));
            using var lease = await _models.AcquireAsync(project, ended.Token);
            await lease.Model.ReadAsync(session => file.Write(session, query, ended.Token), ended.Token);
            _instruments.Queried(nameof(ExportAsync), _time.GetElapsedTime(started));
        }
        finally
        {
            Exports.Release();
        }

        await using var stream = file.OpenRead();
        var buffer = new byte[ExportChunkBytes];
        int count;
        do
        {
            count = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            yield return new ExportChunk(buffer[..count], file.Rows, file.IsCut);
        }
        while (count == buffer.Length);
    }

    public Task<ObservationRecord?> GetObservationAsync(ProjectId project, string observationId, CancellationToken cancellationToken) =>
        FindAsync(project, s => s.List(new ObservationByIdSql(observationId)).SingleOrDefault(), cancellationToken);

    public Task<Page<SessionRecord>> ListSessionsAsync(ProjectId project, SessionQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query.Page, query.Limit);
        return ReadAsync(
            project,
            s => new Page<SessionRecord>(s.List(new SessionListSql(query)), s.Single(new SessionCountSql(query)), s.Watermark, s.Head),
            cancellationToken);
    }

    public Task<SessionRecord?> GetSessionAsync(ProjectId project, string sessionId, CancellationToken cancellationToken) =>
        FindAsync(project, s => s.List(new SessionByIdSql(sessionId)).SingleOrDefault(), cancellationToken);

    public Task<Page<TraceGroup>> ListTraceGroupsAsync(ProjectId project, TraceGroupQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => TraceGroupReader.Read(s, query), cancellationToken);
    }

    public Task<TraceGroupFacets> GetTraceGroupFacetsAsync(ProjectId project, TraceGroupQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => TraceGroupReader.ReadFacets(s, query), cancellationToken);
    }

    public Task<SessionTurns> GetSessionTurnsAsync(ProjectId project, SessionTurnsQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => SessionTurnsReader.Read(s, query), cancellationToken);
    }

    public Task<Cohorts> GetCohortsAsync(ProjectId project, CohortQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => CohortReader.Read(s, query), cancellationToken);
    }

    public Task<Page<ScoreItem>> ListScoresAsync(ProjectId project, ScoreQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query.Page, query.Limit);
        return ReadAsync(project, s => ScoreListReader.Read(s, query), cancellationToken);
    }

    public Task<ScoreRecord?> GetScoreAsync(ProjectId project, string scoreId, CancellationToken cancellationToken) =>
        FindAsync(project, s => s.List(new ScoreByIdSql(scoreId)).SingleOrDefault(), cancellationToken);

    public Task<IReadOnlyList<ScoreRecord>> GetSubjectScoresAsync(ProjectId project, SubjectScoreQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync<IReadOnlyList<ScoreRecord>>(project, s => s.List(new SubjectScoreSql(query)), cancellationToken);
    }

    public Task<Page<ExperimentRecord>> ListExperimentsAsync(ProjectId project, ExperimentQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(1, query.Limit);
        return ReadAsync(project, s => new Page<ExperimentRecord>(s.List(new ExperimentListSql(query)), 0, s.Watermark, s.Head), cancellationToken);
    }

    public Task<IReadOnlyList<string>> FindExperimentsAsync(ProjectId project, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        QueryGuard.Check(1, ids.Count);
        return ReadAsync<IReadOnlyList<string>>(project, s => s.List(new ExperimentFindSql(ids)), cancellationToken);
    }

    public Task<MetricsAnswer> QueryMetricsAsync(ProjectId project, MetricsQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => MetricsReader.Read(s, query), cancellationToken);
    }

    public Task<string> ExplainMetricsAsync(ProjectId project, MetricsQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return Task.FromResult(MetricsReader.Explain(query));
    }

    public Task<Page<DailyMetrics>> GetDailyMetricsAsync(ProjectId project, DailyMetricsQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query.Page, query.Limit);
        return ReadAsync(project, s => DailyMetricsReader.Read(s, query), cancellationToken);
    }

    public Task<LiveSums> GetLiveSumsAsync(ProjectId project, LiveSumsQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return ReadAsync(project, s => LiveSumsReader.Read(s, query), cancellationToken);
    }

    public Task<LiveTop> GetLiveTopAsync(ProjectId project, LiveTopQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        return _answers.GetAsync(
            (project, query),
            () => ReadAsync(project, s => LiveTopReader.Read(s, query), CancellationToken.None),
            cancellationToken);
    }

    public Task<HistoryWindow> GetHistoryAsync(ProjectId project, HistoryQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        var rounded = query with { To = QueryGuard.RoundUp(query.To) };
        return _answers.GetAsync(
            (project, rounded),
            () => ReadAsync(project, s => HistoryReader.Read(s, rounded), CancellationToken.None),
            cancellationToken);
    }

    public Task<LatencyHeatmap> GetLatencyHeatmapAsync(ProjectId project, HeatmapQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        var rounded = query with { To = QueryGuard.RoundUp(query.To) };
        var window = new TimeWindow(rounded.From, rounded.To, rounded.Step, rounded.Filter);
        return _answers.GetAsync(
            (project, rounded),
            () => ReadAsync(
                project,
                s => new LatencyHeatmap(window.From, window.Step, HeatmapSql.UpperBoundsMs, s.List(new HeatmapSql(window.Rows(s, SeriesSource.Observations)))),
                CancellationToken.None),
            cancellationToken);
    }

    public Task<Changes> GetChangesAsync(ProjectId project, ChangesQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        var rounded = query with { To = QueryGuard.RoundUp(query.To) };
        return _answers.GetAsync(
            (project, rounded), () => ReadAsync(project, s => ChangesReader.Read(s, rounded), CancellationToken.None), cancellationToken);
    }

    public Task<Failures> GetFailuresAsync(ProjectId project, FailuresQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        var rounded = query with { To = QueryGuard.RoundUp(query.To) };
        return _answers.GetAsync(
            (project, rounded), () => ReadAsync(project, s => FailuresReader.Read(s, rounded), CancellationToken.None), cancellationToken);
    }

    public Task<RunningAgents> ListRunningAsync(ProjectId project, RunningQuery query, CancellationToken cancellationToken)
    {
        QueryGuard.Check(query);
        var rounded = query with { Since = QueryGuard.RoundUp(query.Since) };
        return _answers.GetAsync(
            (project, rounded), () => ReadAsync(project, s => RunningReader.Read(s, rounded), CancellationToken.None), cancellationToken);
    }

    public async Task<AnalyticsStatus> GetStatusAsync(ProjectId project, CancellationToken cancellationToken)
    {
        using var lease = await _models.AcquireAsync(project, cancellationToken);
        var head = await _log.GetHeadAsync(project, cancellationToken);
        var watermark = lease.Model.Watermark;
        var next = watermark < head ? await _log.ReadChangesAsync(project, watermark, 1, cancellationToken) : [];
        var lag = next.Count > 0 ? _time.GetUtcNow() - next[0].ReceivedAt : TimeSpan.Zero;
        return new AnalyticsStatus(watermark, Math.Max(head, watermark), lag > TimeSpan.Zero ? lag : TimeSpan.Zero, lease.Model.State, lease.Model.Audit.Found);
    }

    public Task CloseAsync(ProjectId project) => _models.CloseAsync(project);

    public Task EraseAsync(ProjectId project, CancellationToken cancellationToken) => _models.EraseAsync(project, cancellationToken);

    public bool Follow(ProjectId project, long head) => _models.Follow(project, head);

    // Who is not found in a part of the log may be in the rest.
    private Task<T?> FindAsync<T>(
        ProjectId project, Func<ReadSession, T?> find, CancellationToken cancellationToken, [CallerMemberName] string caller = "")
        where T : class =>
        ReadAsync(
            project,
            s => find(s) ?? (s.Watermark >= s.Head
                ? null
                : throw new ReadModelBehindException($"The read model has come to position {s.Watermark} of {s.Head}.")),
            cancellationToken,
            caller);

    private async Task<T> ReadAsync<T>(
        ProjectId project, Func<ReadSession, T> read, CancellationToken cancellationToken, [CallerMemberName] string caller = "")
    {
        var started = _time.GetTimestamp();
        using var span = _instruments.StartQuery(caller);
        using var lease = await _models.AcquireAsync(project, cancellationToken);
        var answer = await _limit.RunAsync(read, lease.Model.ReadAsync, cancellationToken);
        _instruments.Queried(caller, _time.GetElapsedTime(started));
        return answer;
    }
}
