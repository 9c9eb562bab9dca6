using System.Collections.Concurrent;
using System.Reflection;
using Actors.Live;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Components;

/// <summary>A grain factory that hands out the fakes below. References to observers are the observers themselves.</summary>
public class FakeGrains : DispatchProxy
{
    public FakeMetrics Metrics { get; } = new();

    public FakeAnalytics Analytics { get; } = new();

    public FakeTrace Trace { get; } = new();

    public List<object> References { get; } = [];

    /// <summary>The keys of the grains that were asked for.</summary>
    public ConcurrentBag<string> Keys { get; } = [];

    public static (IGrainFactory Factory, FakeGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        return (factory, (FakeGrains)(object)factory);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        switch (targetMethod!.Name)
        {
            case nameof(IGrainFactory.CreateObjectReference):
                References.Add(args![0]!);
                return args[0];
            case nameof(IGrainFactory.DeleteObjectReference):
                References.Remove(args![0]!);
                return null;
            default:
                var asked = targetMethod.GetGenericArguments()[0];
                if (args is [string key, ..])
                    Keys.Add(key);
                return typeof(ILiveGrain).IsAssignableFrom(asked) ? Metrics
                    : asked == typeof(IAnalyticsGrain) ? Analytics
                    : asked == typeof(ITraceGrain) ? Trace.At((string)args![0]!)
                    : throw new NotSupportedException(asked.Name);
        }
    }
}

public sealed class FakeMetrics : IMetricsGrain, IFilterGrain, ISessionGrain, IUserGrain
{
    private readonly Lock _gate = new();
    private readonly List<ILiveObserver> _observers = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LiveSnapshot Snapshot { get; set; } = new() { Version = 1, At = DateTimeOffset.UnixEpoch };

    public bool Down { get; set; }

    public int Snapshots { get; private set; }

    public int Subscriptions { get; private set; }

    public int Observers
    {
        get
        {
            lock (_gate)
                return _observers.Count;
        }
    }

    /// <summary>Waits until <paramref name="condition"/> holds after some call.</summary>
    public async Task UntilAsync(Func<FakeMetrics, bool> condition)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (condition(this))
                    return;
                changed = _changed.Task;
            }
            await changed.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
        }
    }

    public async Task TickAsync(LiveTick tick)
    {
        ILiveObserver[] observers;
        lock (_gate)
            observers = [.. _observers];
        foreach (var observer in observers)
            await observer.OnTickAsync(tick);
    }

    /// <summary>Forgets its observers, as a new activation does.</summary>
    public void Forget()
    {
        lock (_gate)
            _observers.Clear();
    }

    public LiveHealth Health { get; set; } = new() { Since = DateTimeOffset.UnixEpoch, Position = 0, IsWaiting = false, Observers = 0 };

    public Task<LiveWatches?> ApplyAsync(SiloPartial partial) => Task.FromResult<LiveWatches?>(null);

    public Task<bool> WatchAsync(LiveScope scope) => Task.FromResult(false);

    /// <summary>The windows that were asked for last.</summary>
    public LiveWindows Wanted { get; private set; }

    public Task<LiveHealth> GetHealthAsync() => Task.FromResult(Health);

    public Task<LiveSnapshot> GetSnapshotAsync(LiveWindows wanted) => Note(() =>
    {
        Wanted = wanted;
        Snapshots++;
        return Snapshot;
    });

    public Task<LiveSnapshot> SubscribeAsync(ILiveObserver observer, LiveWindows wanted) => Note(() =>
    {
        Wanted = wanted;
        Subscriptions++;
        _observers.Add(observer);
        return Snapshot;
    });

    public Task<long> RenewAsync(ILiveObserver observer, LiveWindows wanted) => Note(() =>
    {
        Wanted = wanted;
        return _observers.Contains(observer) ? Snapshot.Version : -1;
    });

    public Task UnsubscribeAsync(ILiveObserver observer) => Note(() => _observers.Remove(observer));

    private Task<T> Note<T>(Func<T> call)
    {
        lock (_gate)
        {
            var result = Down ? Task.FromException<T>(new TimeoutException("down")) : Task.FromResult(call());
            _changed.TrySetResult();
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return result;
        }
    }
}

public sealed class FakeAnalytics : IAnalyticsGrain
{
    public Task PingAsync() => Task.CompletedTask;

    public Task<bool> FollowAsync(long head) => Task.FromResult(true);

    public Task EraseAsync() => Task.CompletedTask;

    public List<TraceRecord> Traces { get; } = [];

    public List<TraceQuery> Queries { get; } = [];

    public long Fresh { get; set; }

    public Task<Page<TraceRecord>> ListTracesAsync(TraceQuery query)
    {
        Queries.Add(query);
        return Task.FromResult(query.FirstPositionAfter is not null
            ? new Page<TraceRecord>([], Fresh, 7)
            : new Page<TraceRecord>([.. Traces.Skip(query.Offset).Take(query.Limit)], Traces.Count, 7));
    }

    public List<ObservationLine> Observations { get; } = [];

    public List<ObservationQuery> ObservationQueries { get; } = [];

    public Pulse Pulse { get; set; } = new(TimeSpan.FromMinutes(30), []);

    public Task<IReadOnlyList<Facet>> CountTracesAsync(TraceQuery query, IReadOnlyList<string> columns) => Count(columns);

    public Task<IReadOnlyList<Facet>> CountObservationsAsync(ObservationQuery query, IReadOnlyList<string> columns) => Count(columns);

    public Task<Pulse> GetTracePulseAsync(TraceQuery query, TimeSpan step) => Task.FromResult(Pulse with { Step = step });

    public IAsyncEnumerable<ExportChunk> ExportAsync(ExportQuery query, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public Task<Pulse> GetObservationPulseAsync(ObservationQuery query, TimeSpan step) => Task.FromResult(Pulse with { Step = step });

    public Task<Page<ObservationLine>> ListObservationLinesAsync(ObservationQuery query)
    {
        ObservationQueries.Add(query);
        return Task.FromResult(query.ReceivedAfter is not null
            ? new Page<ObservationLine>([], Fresh, 7)
            : new Page<ObservationLine>([.. Observations.Skip(query.Offset).Take(query.Limit)], Observations.Count, 7));
    }

    private static Task<IReadOnlyList<Facet>> Count(IReadOnlyList<string> columns) => Task.FromResult<IReadOnlyList<Facet>>(
    [
        .. columns.Select(column => new Facet(column, column switch
        {
            "environment" => [new("production", 3), new("staging", 1)],
            "level" => [new("ERROR", 2)],
            "name" => [new("chat", 4)],
            "model" => [new("gpt-5-mini", 4)],
            "scores_avg" => [new("helpfulness", 2)],
            _ => [],
        })),
    ]);

    public Task<HistoryWindow> GetHistoryAsync(HistoryQuery query) =>
        Task.FromResult(new HistoryWindow(1, query.Step, [], [], LiveStats.Empty, LiveStats.Empty));

    public Task<LatencyHeatmap> GetLatencyHeatmapAsync(HeatmapQuery query) => Task.FromResult(new LatencyHeatmap(query.From, query.Step, [], []));

    public Task<TracesWithChildren> ListTracesWithChildrenAsync(TraceQuery query) => throw new NotSupportedException();

    public Task<Page<ObservationRecord>> ListObservationsAsync(ObservationQuery query) => Task.FromResult(query.ReceivedAfter is not null
        ? new Page<ObservationRecord>([], Fresh, 7)
        : new Page<ObservationRecord>([.. Observations.Select(line => line.Observation)], Observations.Count, 7));

    public Task<ObservationRecord?> GetObservationAsync(string observationId) => throw new NotSupportedException();

    public Task<Page<SessionRecord>> ListSessionsAsync(SessionQuery query) => throw new NotSupportedException();

    public Task<SessionRecord?> GetSessionAsync(string sessionId) => throw new NotSupportedException();

    /// <summary>The sessions or users that the lists have.</summary>
    public List<TraceGroup> Groups { get; } = [];

    /// <summary>The questions for them.</summary>
    public List<TraceGroupQuery> GroupQueries { get; } = [];

    /// <summary>What the session has.</summary>
    public List<TraceRecord> Turns { get; } = [];

    /// <summary>The scores of its turns and its own.</summary>
    public List<ScoreRecord> TurnScores { get; } = [];

    /// <summary>The turns that gave it to somebody else.</summary>
    public Dictionary<string, string> HandOvers { get; } = [];

    /// <summary>Those that have changed; null: all.</summary>
    public IReadOnlyList<string>? TurnsChanged { get; set; }

    /// <summary>The questions for turns.</summary>
    public List<SessionTurnsQuery> TurnQueries { get; } = [];

    /// <summary>The position that answers include.</summary>
    public long Watermark { get; set; } = 7;

    /// <summary>How users compare.</summary>
    public List<Cohort> Cohorts { get; } = [];

    public Task<Page<TraceGroup>> ListTraceGroupsAsync(TraceGroupQuery query)
    {
        GroupQueries.Add(query);
        var found = Groups.Where(g => query.Ids.Count == 0 || query.Ids.Contains(g.Id)).ToList();
        return Task.FromResult(query.FirstPositionAfter is not null
            ? new Page<TraceGroup>([], Fresh, Watermark)
            : new Page<TraceGroup>([.. found.Skip(query.Offset).Take(query.Limit)], found.Count, Watermark));
    }

    public Task<TraceGroupFacets> GetTraceGroupFacetsAsync(TraceGroupQuery query) =>
        Task.FromResult(new TraceGroupFacets([new("production", 3)], [new("ERROR", 1)], [new("vip", 1)], []));

    public Task<SessionTurns> GetSessionTurnsAsync(SessionTurnsQuery query)
    {
        TurnQueries.Add(query);
        var turns = Turns.Where(t => t.SessionId == query.SessionId).ToList();
        var found = turns.Where(t => query.ChangedAfter is null || TurnsChanged is null || TurnsChanged.Contains(t.Id)).Skip(query.Offset).Take(query.Limit).ToList();
        return Task.FromResult(new SessionTurns(
            new Page<TraceRecord>(found, turns.Count, Watermark), [.. TurnScores], HandOvers, [new("answer", turns.Count)]));
    }

    public Task<Cohorts> GetCohortsAsync(CohortQuery query) => Task.FromResult(new Cohorts([.. Cohorts], Cohorts.Count, Watermark, Watermark));

    public Task<Page<ScoreItem>> ListScoresAsync(ScoreQuery query) => Task.FromResult(new Page<ScoreItem>([], 0, Watermark));

    public Task<IReadOnlyList<ScoreRecord>> GetSubjectScoresAsync(SubjectScoreQuery query) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> FindExperimentsAsync(IReadOnlyList<string> ids) => throw new NotSupportedException();

    public Task<Page<ExperimentRecord>> ListExperimentsAsync(ExperimentQuery query) => throw new NotSupportedException();

    public Task<ScoreRecord?> GetScoreAsync(string scoreId) => throw new NotSupportedException();

    /// <summary>Answers questions about numbers; by default nothing was measured.</summary>
    public Func<MetricsQuery, Task<MetricsAnswer>> Answer { get; set; } = query => Task.FromResult(new MetricsAnswer([], []));

    public ConcurrentQueue<MetricsQuery> Metrics { get; } = [];

    public Task<MetricsAnswer> QueryMetricsAsync(MetricsQuery query)
    {
        Metrics.Enqueue(query);
        return Answer(query);
    }

    public Task<string> ExplainMetricsAsync(MetricsQuery query) => Task.FromResult($"SELECT the {query.Metrics[0].Name}");

    public Task<Page<DailyMetrics>> GetDailyMetricsAsync(DailyMetricsQuery query) => throw new NotSupportedException();

    public List<Change> Changes { get; } = [];

    public List<ChangesQuery> ChangesAsked { get; } = [];

    public Task<Changes> GetChangesAsync(ChangesQuery query)
    {
        ChangesAsked.Add(query);
        return Task.FromResult(new Changes(7, [.. Changes.Where(c => query.Kinds.HasFlag(c.Kind) && c.At >= query.From)]));
    }

    public Failures Failures { get; set; } = new(7, [], 0);

    public Task<Failures> GetFailuresAsync(FailuresQuery query) => Task.FromResult(Failures);

    public RunningAgents Running { get; set; } = new(7, []);

    public Task<RunningAgents> ListRunningAsync(RunningQuery query) => Task.FromResult(Running);

    public Task<LiveSums> GetLiveSumsAsync(LiveSumsQuery query) => throw new NotSupportedException();

    public Task<LiveTop> GetLiveTopAsync(LiveTopQuery query) => throw new NotSupportedException();

    public AnalyticsStatus Status { get; set; } = new(0, 0, TimeSpan.Zero);

    public Task<AnalyticsStatus> GetStatusAsync() => Task.FromResult(Status);
}

public sealed class FakeTrace : ITraceGrain
{
    private readonly List<ITraceObserver> _observers = [];

    public StreamDocument? Document { get; set; }

    public int Observers => _observers.Count;

    public async Task GrowAsync(StreamDocument document)
    {
        Document = document;
        foreach (var observer in _observers)
            await observer.OnChangedAsync(document.Version);
    }

    /// <summary>What was appended.</summary>
    public List<StreamEvent> Events { get; } = [];

    /// <summary>The scores that were deleted; <c>*</c>: the trace.</summary>
    public List<string> Deleted { get; } = [];

    /// <summary>Fails the next calls that write.</summary>
    public bool Down { get; set; }

    public Task<AppendAck> AppendAsync(StreamAppend append)
    {
        if (Down)
            return Task.FromException<AppendAck>(new InvalidOperationException("down"));
        Events.AddRange(append.Events);
        return Task.FromResult(new AppendAck(1, 1));
    }

    public Task<bool> DeleteAsync() => Down ? Task.FromException<bool>(new TimeoutException("down")) : DeleteScoreAsync("*");

    public Task<bool> DeleteScoreAsync(string scoreId)
    {
        Deleted.Add(scoreId);
        return Task.FromResult(true);
    }

    public Task<StreamDocument?> ReadAsync() => Task.FromResult(Document);

    public Task<long> SubscribeAsync(ITraceObserver observer)
    {
        if (!_observers.Contains(observer))
            _observers.Add(observer);
        return Task.FromResult(Document?.Version ?? 0);
    }

    public Task UnsubscribeAsync(ITraceObserver observer)
    {
        _observers.Remove(observer);
        return Task.CompletedTask;
    }

    /// <summary>Is told the keys of the streams that are deleted; null: none is.</summary>
    public Action<string>? OnDelete { get; set; }

    /// <summary>The stream of a key; all are the same but in what is told of them.</summary>
    public ITraceGrain At(string key) => OnDelete is null ? this : new Keyed(key, this);

    private sealed class Keyed(string key, FakeTrace all) : ITraceGrain
    {
        public Task<AppendAck> AppendAsync(StreamAppend append) => all.AppendAsync(append);

        public Task<bool> DeleteAsync()
        {
            lock (all)
            {
                all.OnDelete?.Invoke(key);
                return Task.FromResult(true);
            }
        }

        public Task<bool> DeleteScoreAsync(string scoreId) => all.DeleteScoreAsync(scoreId);

        public Task<StreamDocument?> ReadAsync() => all.ReadAsync();

        public Task<long> SubscribeAsync(ITraceObserver observer) => all.SubscribeAsync(observer);

        public Task UnsubscribeAsync(ITraceObserver observer) => all.UnsubscribeAsync(observer);
    }
}
