using System.Collections.Concurrent;
using System.Reflection;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Tests.Hubs;

namespace Actors.Web.Tests;

/// <summary>Grains that only remember what they are told, for tests of the border in front of them.</summary>
internal sealed class FakeGrains
{
    private readonly ConcurrentDictionary<string, FakeTrace> _traces = [];
    private readonly ConcurrentDictionary<string, FakeMetrics> _metrics = [];

    public FakeAnalytics Analytics { get; } = new();

    /// <summary>The live numbers of the scope with this key.</summary>
    public FakeMetrics Metrics(string key) => _metrics.GetOrAdd(key, _ => new FakeMetrics());

    /// <summary>Appends to the streams with these keys throw what the function makes.</summary>
    public ConcurrentDictionary<string, Func<Exception>> Failures { get; } = [];

    /// <summary>Appends to the streams with these keys say that they have begun, and end when they are released.</summary>
    public ConcurrentDictionary<string, Hold> Held { get; } = [];

    /// <summary>Which stream holds a score of a project.</summary>
    public ConcurrentDictionary<(string Project, string ScoreId), StreamId> Scores { get; } = [];

    /// <summary>The log of the server.</summary>
    public Func<IEventLog>? Log { get; set; }

    public FakeScoreIndex ScoreIndex(string project) => new(project, this);

    public IReadOnlyList<StreamEvent> Events(string key) => _traces.TryGetValue(key, out var trace) ? [.. trace.Events] : [];

    public IEnumerable<string> Keys => _traces.Keys.Order();

    public FakeTrace Trace(string key) => _traces.GetOrAdd(key, k => new FakeTrace(k, this));
}

internal sealed class FakeEventLog(IEventLog log) : IEventLogGrain
{
    public Task<DateTimeOffset?> GetNewestReceiptAsync() => log.GetNewestReceiptAsync(CancellationToken.None);
}

internal sealed class Hold
{
    public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

internal sealed class FakeTrace(string key, FakeGrains grains) : ITraceGrain
{
    public ConcurrentQueue<StreamEvent> Events { get; } = [];

    public StreamDocument? Document { get; set; }

    public int Calls { get; private set; }

    public async Task<AppendAck> AppendAsync(StreamAppend append)
    {
        Calls++;
        if (grains.Failures.TryGetValue(key, out var failure))
        {
            throw failure();
        }

        if (grains.Held.TryGetValue(key, out var hold))
        {
            hold.Begun.TrySetResult();
            await hold.Released.Task;
        }

        foreach (var e in append.Events)
        {
            Events.Enqueue(e);
        }

        return new AppendAck(1, 1);
    }

    public List<string> DeletedScores { get; } = [];

    public int Deletions { get; private set; }

    public Task<bool> DeleteAsync()
    {
        if (grains.Failures.TryGetValue(key, out var failure))
        {
            throw failure();
        }

        Deletions++;
        return Task.FromResult(!Events.IsEmpty);
    }

    public Task<bool> DeleteScoreAsync(string scoreId)
    {
        DeletedScores.Add(scoreId);
        return Task.FromResult(true);
    }

    public Task<StreamDocument?> ReadAsync() => Task.FromResult(Document);

    public ConcurrentDictionary<ITraceObserver, bool> Observers { get; } = [];

    public Task<long> SubscribeAsync(ITraceObserver observer)
    {
        Observers[observer] = true;
        return Task.FromResult(Document?.Version ?? 0);
    }

    public Task UnsubscribeAsync(ITraceObserver observer) => Task.FromResult(Observers.TryRemove(observer, out _));

    /// <summary>Becomes another document and tells whoever watches.</summary>
    public async Task GrowAsync(long version, StreamDocument? document)
    {
        Document = document;
        foreach (var observer in Observers.Keys)
        {
            await observer.OnChangedAsync(version);
        }
    }
}

internal sealed class FakeAnalytics : IAnalyticsGrain
{
    /// <summary>What a sign of life is answered with.</summary>
    public Func<Task> Ping { get; set; } = () => Task.CompletedTask;

    public Task PingAsync() => Ping();

    public Task<bool> FollowAsync(long head) => Task.FromResult(true);

    public Task EraseAsync() => Task.CompletedTask;

    public TraceQuery? TraceQuery { get; private set; }

    public ObservationQuery? ObservationQuery { get; private set; }

    /// <summary>The last query for items of experiments.</summary>
    public ObservationQuery? ItemQuery { get; private set; }

    public ExperimentQuery? ExperimentQuery { get; private set; }

    public SubjectScoreQuery? SubjectScoreQuery { get; private set; }

    public List<ExperimentRecord> Experiments { get; } = [];

    public SessionQuery? SessionQuery { get; private set; }

    public ScoreQuery? ScoreQuery { get; private set; }

    public List<ScoreItem> Scores { get; } = [];

    public MetricsQuery? MetricsQuery { get; private set; }

    public MetricsAnswer MetricsAnswer { get; set; } = new([], []);

    public DailyMetricsQuery? DailyMetricsQuery { get; private set; }

    public List<DailyMetrics> Days { get; } = [];

    public List<TraceRecord> Traces { get; } = [];

    public List<ObservationRecord> Observations { get; } = [];

    public List<SessionRecord> Sessions { get; } = [];

    /// <summary>The position that the log has come to; answers go as far as 1.</summary>
    public long Head { get; set; } = 1;

    /// <summary>What lists of traces fail with; null: nothing.</summary>
    public Exception? Failure { get; set; }

    public Task<Page<TraceRecord>> ListTracesAsync(TraceQuery query)
    {
        TraceQuery = query;
        if (Failure is { } failure)
        {
            throw failure;
        }

        return Task.FromResult(new Page<TraceRecord>(Traces, Traces.Count, 1, Head));
    }

    public async Task<TracesWithChildren> ListTracesWithChildrenAsync(TraceQuery query) => new(
        await ListTracesAsync(query),
        Traces.ToDictionary(t => t.Id, t => new TraceChildren([.. Observations.Where(o => o.TraceId == t.Id).Select(o => o.Id)], ["score-1"])));

    public Task<Page<ObservationRecord>> ListObservationsAsync(ObservationQuery query)
    {
        ObservationQuery = query;
        ItemQuery = query.ExperimentItems is null ? ItemQuery : query;
        var found = query.ExperimentItems is null ? Observations : Observations.FindAll(o => o.Experiment is not null);
        return Task.FromResult(new Page<ObservationRecord>(found, found.Count, 1));
    }

    public Task<ObservationRecord?> GetObservationAsync(string observationId) =>
        Task.FromResult(Observations.Find(o => o.Id == observationId));

    public Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query)
    {
        SessionQuery = query;
        return Task.FromResult(new Page<SessionRecord>(Sessions, 101, 1));
    }

    public Task<SessionRecord?> GetSessionAsync(string sessionId) => Task.FromResult(Sessions.Find(s => s.Id == sessionId));

    public Task<Page<ScoreItem>> ListScoresAsync(ScoreQuery query)
    {
        ScoreQuery = query;
        return Task.FromResult(new Page<ScoreItem>([.. Scores.Take(query.Limit)], Scores.Count, 1));
    }

    public Task<IReadOnlyList<ScoreRecord>> GetSubjectScoresAsync(SubjectScoreQuery query)
    {
        SubjectScoreQuery = query;
        return Task.FromResult<IReadOnlyList<ScoreRecord>>([.. Scores.Select(s => s.Score)]);
    }

    public Task<Page<ExperimentRecord>> ListExperimentsAsync(ExperimentQuery query)
    {
        ExperimentQuery = query;
        return Task.FromResult(new Page<ExperimentRecord>([.. Experiments.Take(query.Limit)], 0, 1));
    }

    public Task<IReadOnlyList<string>> FindExperimentsAsync(IReadOnlyList<string> ids) =>
        Task.FromResult<IReadOnlyList<string>>([.. Experiments.Select(e => e.Id).Intersect(ids)]);

    public Task<ScoreRecord?> GetScoreAsync(string scoreId) =>
        Task.FromResult(Scores.Find(item => item.Score.Id == scoreId)?.Score);

    public Task<MetricsAnswer> QueryMetricsAsync(MetricsQuery query)
    {
        MetricsQuery = query;
        return Task.FromResult(MetricsAnswer);
    }

    public Task<Page<DailyMetrics>> GetDailyMetricsAsync(DailyMetricsQuery query)
    {
        DailyMetricsQuery = query;
        return Task.FromResult(new Page<DailyMetrics>(Days, Days.Count, 1));
    }

    public Task<IReadOnlyList<Facet>> CountTracesAsync(TraceQuery query, IReadOnlyList<string> columns) => throw new NotSupportedException();

    public Task<Pulse> GetTracePulseAsync(TraceQuery query, TimeSpan step) => throw new NotSupportedException();

    public Task<Page<ObservationLine>> ListObservationLinesAsync(ObservationQuery query) => throw new NotSupportedException();

    public Task<IReadOnlyList<Facet>> CountObservationsAsync(ObservationQuery query, IReadOnlyList<string> columns) => throw new NotSupportedException();

    public IAsyncEnumerable<ExportChunk> ExportAsync(ExportQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<Pulse> GetObservationPulseAsync(ObservationQuery query, TimeSpan step) => throw new NotSupportedException();

    public Task<Live.LiveSums> GetLiveSumsAsync(Live.LiveSumsQuery query) => throw new NotSupportedException();

    public Live.LiveTopQuery? LiveTopQuery { get; private set; }

    public Live.LiveTop LiveTop { get; set; } = new(0, [], 0, new Live.TopValue("other", 0, 0, 0, 0, 0));

    public Task<Live.LiveTop> GetLiveTopAsync(Live.LiveTopQuery query)
    {
        LiveTopQuery = query;
        return Task.FromResult(LiveTop);
    }

    public Task<HistoryWindow> GetHistoryAsync(HistoryQuery query) => throw new NotSupportedException();

    public Task<LatencyHeatmap> GetLatencyHeatmapAsync(HeatmapQuery query) => throw new NotSupportedException();

    public AnalyticsStatus Status { get; set; } = new(0, 0, TimeSpan.Zero);

    /// <summary>How often the status was asked for.</summary>
    public int StatusCalls { get; private set; }

    public Task<AnalyticsStatus> GetStatusAsync()
    {
        StatusCalls++;
        return Failure is { } failure ? Task.FromException<AnalyticsStatus>(failure) : Task.FromResult(Status);
    }
}

internal sealed class FakeScoreIndex(string project, FakeGrains grains) : IScoreIndexGrain
{
    public Task<StreamId?> FindAsync(string scoreId) =>
        Task.FromResult(grains.Scores.TryGetValue((project, scoreId), out var stream) ? stream : (StreamId?)null);
}

/// <summary>Answers the kinds of grain that the API asks for; every other member throws.</summary>
// Not sealed: the proxy is a class derived from this one.
#pragma warning disable CA1852
internal class GrainFactoryProxy : DispatchProxy
#pragma warning restore CA1852
{
    private Func<FakeGrains> _current = null!;

    private FakeGrains Grains => _current();

    /// <summary>A factory of the grains that are asked for at each call, so that a server can get new ones.</summary>
    public static IGrainFactory Create(Func<FakeGrains> current)
    {
        var factory = Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)(object)factory)._current = current;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod switch
    {
        { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } m when m.GetGenericArguments()[0] == typeof(ITraceGrain) =>
            Grains.Trace((string)args![0]!),
        { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } m when m.GetGenericArguments()[0] == typeof(IAnalyticsGrain) =>
            Grains.Analytics,
        { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } m when m.GetGenericArguments()[0] == typeof(IEventLogGrain) =>
            new FakeEventLog(Grains.Log!()),
        { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } m when m.GetGenericArguments()[0] == typeof(IScoreIndexGrain) =>
            Grains.ScoreIndex((string)args![0]!),
        { Name: nameof(IGrainFactory.GetGrain), IsGenericMethod: true } m when m.GetGenericArguments()[0].IsAssignableTo(typeof(Live.ILiveGrain)) =>
            Grains.Metrics((string)args![0]!),
        { Name: nameof(IGrainFactory.CreateObjectReference) } => args![0],
        { Name: nameof(IGrainFactory.DeleteObjectReference) } => null,
        _ => throw new NotSupportedException(targetMethod?.ToString()),
    };
}
