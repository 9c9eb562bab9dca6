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
                return asked == typeof(IMetricsGrain) || asked == typeof(IFilterGrain) ? Metrics
                    : asked == typeof(IAnalyticsGrain) ? Analytics
                    : asked == typeof(ITraceGrain) ? Trace
                    : throw new NotSupportedException(asked.Name);
        }
    }
}

public sealed class FakeMetrics : IMetricsGrain, IFilterGrain
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

    public Task<Page<ScoreItem>> ListScoresAsync(ScoreQuery query) => throw new NotSupportedException();

    public Task<IReadOnlyList<ScoreRecord>> GetSubjectScoresAsync(SubjectScoreQuery query) => throw new NotSupportedException();

    public Task<IReadOnlyList<string>> FindExperimentsAsync(IReadOnlyList<string> ids) => throw new NotSupportedException();

    public Task<Page<ExperimentRecord>> ListExperimentsAsync(ExperimentQuery query) => throw new NotSupportedException();

    public Task<ScoreRecord?> GetScoreAsync(string scoreId) => throw new NotSupportedException();

    public Task<MetricsAnswer> QueryMetricsAsync(MetricsQuery query) => throw new NotSupportedException();

    public Task<Page<DailyMetrics>> GetDailyMetricsAsync(DailyMetricsQuery query) => throw new NotSupportedException();

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

    public Task<AppendAck> AppendAsync(StreamAppend append) => throw new NotSupportedException();

    public bool Down { get; set; }

    public Task<bool> DeleteAsync() => Down ? Task.FromException<bool>(new TimeoutException("down")) : Task.FromResult(true);

    public Task<bool> DeleteScoreAsync(string scoreId) => throw new NotSupportedException();

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
}
