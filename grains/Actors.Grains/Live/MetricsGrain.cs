using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Utilities;

namespace Actors.Grains.Live;

/// <summary>
/// Starts from the read model, adds the silos' differences, and pushes what changed. Every partial is answered by one tick
/// at once; while nothing comes, windows still slide once a second for those who watch.
/// </summary>
[HashBasedPlacement]
internal sealed partial class MetricsGrain(
    IGrainFactory grains, IEventLog log, GrainsInstruments instruments, TimeProvider time, ILogger<MetricsGrain> logger)
    : Grain, IMetricsGrain
{
    private static readonly TimeSpan ObserverLease = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan SlideInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan[] Windows = [TimeSpan.FromSeconds(60), LiveWindowOptions.Shown];

    private readonly LiveBoard _board = new();
    private readonly LiveFeedList _feed = new();
    private readonly Dictionary<Guid, long> _sequences = [];
    private ObserverManager<ILiveObserver> _observers = null!;
    private ProjectId _project;
    private long _version;
    private long _position;
    private long _tracesSeen;
    private DateTimeOffset _since;
    private TimeSpan? _lag;
    private DateTimeOffset _lastSeriesWindows;

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _project = new ProjectId(this.GetPrimaryKeyString());
        _observers = new ObserverManager<ILiveObserver>(ObserverLease, logger) { GetDateTime = () => time.GetUtcNow().UtcDateTime };
        await SeedAsync();
        _since = time.GetUtcNow();
        this.RegisterGrainTimer(SlideAsync, new GrainTimerCreationOptions(SlideInterval, SlideInterval) { KeepAlive = false });
        this.RegisterGrainTimer(AuditAsync, new GrainTimerCreationOptions(AuditInterval, AuditInterval) { KeepAlive = false, Interleave = true });
    }

    /// <inheritdoc/>
    public async Task ApplyAsync(SiloPartial partial)
    {
        if (_sequences.TryGetValue(partial.Silo, out var last) && partial.Sequence <= last)
        {
            return;
        }

        var head = await HeadAsync();
        _sequences[partial.Silo] = partial.Sequence;
        var changed = _board.Apply(partial, head);
        _position = Math.Max(_position, partial.HighestPosition);
        _tracesSeen += partial.NewTraces;
        var feed = _feed.Add(partial.Feed);
        changed.UnionWith(await AskAgainAsync());
        Push(changed, feed, partial.OldestReceivedAt);
    }

    /// <inheritdoc/>
    public Task<LiveSnapshot> GetSnapshotAsync()
    {
        var now = time.GetUtcNow();
        var end = now.ToUnixTimeSeconds() + 1;
        var from = end - (long)LiveWindowOptions.Shown.TotalSeconds;
        return Task.FromResult(new LiveSnapshot
        {
            Version = _version,
            At = now,
            Position = _position,
            // Clocks differ: what is a little ahead is part of the picture when its second comes.
            Series = _board.Points(Seconds(from, end + (long)LiveWindowOptions.Ahead.TotalSeconds)),
            Windows = SumWindows(now, all: true),
            Feed = _feed.Latest,
            TracesSeen = _tracesSeen,
        });
    }

    /// <inheritdoc/>
    public Task<LiveSnapshot> SubscribeAsync(ILiveObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return GetSnapshotAsync();
    }

    /// <inheritdoc/>
    public Task<long> RenewAsync(ILiveObserver observer)
    {
        if (!_observers.Observers.ContainsKey(observer))
        {
            return Task.FromResult(-1L);
        }

        _observers.Subscribe(observer, observer);
        return Task.FromResult(_version);
    }

    /// <inheritdoc/>
    public Task UnsubscribeAsync(ILiveObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    private IAnalyticsGrain Analytics => grains.GetGrain<IAnalyticsGrain>(_project.Value);

    private ValueTask<long> HeadAsync() => log.GetHeadAsync(_project, CancellationToken.None);

    private async Task SeedAsync()
    {
        var now = time.GetUtcNow();
        var head = Math.Max(_position, await HeadAsync());
        var seed = await Analytics.GetLiveSeedAsync(now - LiveWindowOptions.Kept, now + LiveWindowOptions.Ahead, withLatestTraces: true);
        _board.Reset(seed, head, known: await HeadAsync());
        _feed.Reset(seed.LatestTraces);
        _position = Math.Max(_position, seed.Watermark);
        // Everything may have changed: the gap in the versions makes watchers take a new snapshot.
        _version++;
    }

    // The numbers of doubtful seconds come from the read model, which waits for the head of the log.
    private async Task<HashSet<long>> AskAgainAsync()
    {
        if (!_board.IsIncomplete && _board.Doubted() is null)
        {
            return [];
        }

        try
        {
            if (_board.IsIncomplete || _board.Doubted() is not { } range)
            {
                await SeedAsync();
                return [];
            }

            var seed = await Analytics.GetLiveSeedAsync(
                DateTimeOffset.FromUnixTimeSeconds(range.From), DateTimeOffset.FromUnixTimeSeconds(range.To + 1), withLatestTraces: false);
            return _board.Replace(seed, range.From, range.To, known: await HeadAsync());
        }
        catch (Exception e)
        {
            LogAskAgainFailed(e, _project);
            return [];
        }
    }

    private async Task SlideAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        _board.Forget(now);
        await RankAgainAsync(now);
        var changed = await AskAgainAsync();
        _observers.ClearExpired();
        if (_observers.Count > 0)
        {
            Push(changed, [], oldestReceivedAt: null);
        }
    }

    private async Task RankAgainAsync(DateTimeOffset now)
    {
        if (!_board.CanRankAgain(now))
        {
            return;
        }

        try
        {
            await SeedAsync();
        }
        catch (Exception e)
        {
            LogAskAgainFailed(e, _project);
        }
    }

    private void Push(HashSet<long> changed, IReadOnlyList<FeedTrace> feed, DateTimeOffset? oldestReceivedAt)
    {
        _version++;
        var now = time.GetUtcNow();
        if (oldestReceivedAt is { } oldest)
        {
            _lag = now - oldest;
            instruments.Pushed(now - oldest);
        }

        if (_observers.Count == 0)
        {
            return;
        }

        var all = now - _lastSeriesWindows >= SlideInterval;
        _lastSeriesWindows = all ? now : _lastSeriesWindows;
        var tick = new LiveTick
        {
            Project = _project,
            Version = _version,
            At = now,
            Position = _position,
            OldestReceivedAt = oldestReceivedAt,
            Changed = _board.Points(changed),
            Windows = SumWindows(now, all),
            Feed = feed,
            TracesSeen = _tracesSeen,
        };
        _observers.Notify(o => o.OnTickAsync(tick));
    }

    // The total moves with every tick; the other series are worth a sum only once a second.
    private List<LiveWindow> SumWindows(DateTimeOffset now, bool all)
    {
        var end = now.ToUnixTimeSeconds() + 1;
        var windows = new List<LiveWindow>();
        foreach (var length in Windows)
        {
            var seconds = (long)length.TotalSeconds;
            IEnumerable<LiveSeriesKey> keys = all ? _board.SeriesIn(Seconds(end - seconds, end)).Append(LiveSeriesKey.Total).Distinct() : [LiveSeriesKey.Total];
            foreach (var key in keys)
            {
                var current = _board.Sum(key, end - seconds, end);
                var previous = _board.Sum(key, end - (2 * seconds), end - seconds);
                windows.Add(new LiveWindow(key, length, current, previous));
            }
        }

        return windows;
    }

    private static IEnumerable<long> Seconds(long from, long to)
    {
        for (var at = from; at < to; at++)
        {
            yield return at;
        }
    }

    [LoggerMessage(1110, LogLevel.Warning, "The read model of project {Project} did not answer; some live numbers wait for it.")]
    private partial void LogAskAgainFailed(Exception e, ProjectId project);
}
