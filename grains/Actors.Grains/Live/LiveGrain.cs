using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace Actors.Grains.Live;

/// <summary>
/// Starts from the read model, adds the silos' differences, and pushes what changed. Every partial is answered by one tick
/// at once; while nothing comes, windows still slide once a second for those who watch.
/// </summary>
internal abstract partial class LiveGrain(LiveScopeKind kind, LiveGrainServices services, ILogger logger) : Grain, ILiveGrain
{
    private static readonly TimeSpan ObserverLease = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan SlideInterval = TimeSpan.FromSeconds(1);

    private readonly LiveBoard _board = new();
    private readonly LiveFeedList _feed = new();
    private readonly RunningTraces _running = new();
    private readonly Dictionary<Guid, long> _sequences = [];
    private ObserverManager<ILiveObserver> _observers = null!;
    private long _version;
    private long _position;
    private long _tracesSeen;
    private DateTimeOffset _since;
    private bool _isSeeded;
    private TimeSpan? _lag;
    private DateTimeOffset _lastSeriesWindows;

    /// <summary>What is counted.</summary>
    protected LiveScope Scope { get; private set; } = null!;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => services.Time;

    /// <summary>The actors.</summary>
    protected IGrainFactory Grains => services.Grains;

    private IAnalyticsGrain Analytics => Grains.GetGrain<IAnalyticsGrain>(Scope.Project.Value);

    /// <inheritdoc/>
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Scope = LiveScope.Parse(kind, this.GetPrimaryKeyString());
        _observers = new ObserverManager<ILiveObserver>(ObserverLease, logger) { GetDateTime = () => Time.GetUtcNow().UtcDateTime };
        _since = Time.GetUtcNow();
        await BeginAsync();
        this.RegisterGrainTimer(SlideAsync, new GrainTimerCreationOptions(SlideInterval, SlideInterval) { KeepAlive = false });
        this.RegisterGrainTimer(AskSpansAsync, new GrainTimerCreationOptions(SlideInterval, SlideInterval) { KeepAlive = false, Interleave = true });
        this.RegisterGrainTimer(AuditAsync, new GrainTimerCreationOptions(AuditInterval, AuditInterval) { KeepAlive = false, Interleave = true });
    }

    /// <inheritdoc/>
    public async Task<LiveWatches?> ApplyAsync(SiloPartial partial)
    {
        // What comes before the first question is in the answer to it.
        if (_isSeeded && (!_sequences.TryGetValue(partial.Silo, out var last) || partial.Sequence > last))
        {
            // Only differences that nobody knows need it, and asking costs.
            var head = partial.Buckets.Any(b => b.HighestPosition == long.MaxValue) ? await HeadAsync() : 0;
            _sequences[partial.Silo] = partial.Sequence;
            BeTold(partial);
            var changed = _board.Apply(partial, head, Time.GetUtcNow());
            if (partial.MissedUpTo is { } missed)
            {
                _board.DoubtAll(missed);
            }

            _position = Math.Max(_position, partial.HighestPosition);
            _tracesSeen += partial.NewTraces;
            _running.Apply(partial.Running);
            var feed = _feed.Add(partial.Feed);
            changed.UnionWith(await AskAgainAsync());
            Push(changed, feed, partial.Scores, partial.OldestReceivedAt);
        }

        return NewsFor(partial.Watches);
    }

    /// <inheritdoc/>
    public async Task<LiveSnapshot> GetSnapshotAsync(LiveWindows wanted)
    {
        await BeWatchedAsync();
        Want(wanted);
        await AskSpansAsync(CancellationToken.None);
        if (_board.Spans.IsDue(Wanted, Time.GetUtcNow()))
        {
            // Another question was under way.
            await AskSpansAsync(CancellationToken.None);
        }

        return Snapshot();
    }

    /// <inheritdoc/>
    public async Task<LiveSnapshot> SubscribeAsync(ILiveObserver observer, LiveWindows wanted)
    {
        await BeWatchedAsync();
        _observers.Subscribe(observer, observer);
        _wantedBy[observer] = wanted;
        return Snapshot();
    }

    /// <inheritdoc/>
    public Task<long> RenewAsync(ILiveObserver observer, LiveWindows wanted)
    {
        if (!_observers.Observers.ContainsKey(observer))
        {
            return Task.FromResult(-1L);
        }

        _observers.Subscribe(observer, observer);
        _wantedBy[observer] = wanted;
        return Task.FromResult(_version);
    }

    /// <inheritdoc/>
    public Task UnsubscribeAsync(ILiveObserver observer)
    {
        _observers.Unsubscribe(observer);
        _wantedBy.Remove(observer);
        return Task.CompletedTask;
    }

    /// <summary>Is called once, at the activation.</summary>
    protected virtual Task BeginAsync() => Task.CompletedTask;

    /// <summary>Sees to it that facts are gathered for this actor and that it knows what was before.</summary>
    protected virtual Task BeWatchedAsync() => Task.CompletedTask;

    /// <summary>Whether facts are gathered for this actor.</summary>
    protected virtual bool IsGathered => _isSeeded;

    /// <summary>Whether it knows what was before.</summary>
    protected bool IsSeeded => _isSeeded;

    /// <summary>Is called every second.</summary>
    protected virtual Task TendAsync() => Task.CompletedTask;

    /// <summary>What a silo must gather from now on; null: what it knows already.</summary>
    protected virtual LiveWatches? NewsFor(long watches) => null;

    /// <summary>Is called with each partial that is new.</summary>
    protected virtual void BeTold(SiloPartial partial)
    {
    }

    /// <summary>Is called when everything up to a position came from the read model, or will.</summary>
    protected virtual void BeSeeded(long through)
    {
    }

    /// <summary>Whether somebody watches, or has read within the last minute.</summary>
    protected bool IsWatched => _observers.Count > 0 || Time.GetUtcNow() < _wantedUntil;

    /// <summary>Starts again from the read model.</summary>
    protected async Task SeedAsync()
    {
        var now = Time.GetUtcNow();
        var head = Math.Max(_position, await HeadAsync());
        var seed = await Analytics.GetLiveSumsAsync(new LiveSumsQuery
        {
            Filter = Scope.Filter,
            Ranges = [new((now - LiveWindowOptions.Kept).ToUnixTimeSeconds(), (now + LiveWindowOptions.Ahead).ToUnixTimeSeconds())],
            BySecond = true,
            LatestTraces = ProjectDeltas.MaxFeed,
            RunningSince = now - RunningTrace.Lease,
        });
        _board.Reset(seed, head, known: await HeadAsync());
        _feed.Reset(seed.LatestTraces);
        _running.Reset(seed.Running);
        _position = Math.Max(_position, seed.Watermark);
        // Everything may have changed: the gap in the versions makes watchers take a new snapshot.
        _version++;
        _isSeeded = true;
        BeSeeded(Math.Max(seed.Watermark, head));
    }

    /// <summary>The head of the log.</summary>
    protected ValueTask<long> HeadAsync() => services.Log.GetHeadAsync(Scope.Project, CancellationToken.None);

    private Task<LiveSums> AskSecondsAsync(long from, long to, IReadOnlyList<LiveSeriesKey> own) => Analytics.GetLiveSumsAsync(
        new LiveSumsQuery { Filter = Scope.Filter, Ranges = [new(from, to)], BySecond = true, Own = own });

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

            var own = _board.Own;
            var seed = await AskSecondsAsync(range.From, range.To + 1, own);
            return _board.Replace(seed, own, range.From, range.To, known: await HeadAsync());
        }
        catch (Exception e)
        {
            LogAskAgainFailed(e, Scope);
            return [];
        }
    }

    private async Task SlideAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        _board.Forget(now);
        _running.Expire(now);
        await TendAsync();
        if (!_isSeeded)
        {
            return;
        }

        await RankAgainAsync(now);
        var changed = await AskAgainAsync();
        _observers.ClearExpired();
        ForgetWanted();
        if (_observers.Count > 0)
        {
            Push(changed, [], [], oldestReceivedAt: null);
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
            LogAskAgainFailed(e, Scope);
        }
    }

    private LiveSnapshot Snapshot()
    {
        var now = Time.GetUtcNow();
        var end = now.ToUnixTimeSeconds() + 1;
        var from = end - (long)LiveWindowOptions.Shown.TotalSeconds;
        return new LiveSnapshot
        {
            Version = _version,
            At = now,
            Position = _position,
            // Clocks differ: what is a little ahead is part of the picture when its second comes.
            Series = _board.Points(Seconds(from, end + (long)LiveWindowOptions.Ahead.TotalSeconds)),
            Windows = SumWindows(now, all: true),
            Feed = _feed.Latest,
            TracesSeen = _tracesSeen,
            Running = _running.Count,
            Seen = SeenOfAllTime,
        };
    }

    private void Push(HashSet<long> changed, IReadOnlyList<FeedTrace> feed, IReadOnlyList<FeedScore> scores, DateTimeOffset? oldestReceivedAt)
    {
        _version++;
        var now = Time.GetUtcNow();
        if (oldestReceivedAt is { } oldest)
        {
            _lag = now - oldest;
            services.Instruments.Pushed(now - oldest);
        }

        if (_observers.Count == 0)
        {
            return;
        }

        var all = now - _lastSeriesWindows >= SlideInterval;
        _lastSeriesWindows = all ? now : _lastSeriesWindows;
        var tick = new LiveTick
        {
            Scope = Scope,
            Version = _version,
            At = now,
            Position = _position,
            OldestReceivedAt = oldestReceivedAt,
            Changed = _board.Points(changed),
            Windows = SumWindows(now, all),
            HasAllWindows = all,
            Feed = feed,
            Scores = scores,
            TracesSeen = _tracesSeen,
            Running = _running.Count,
            Seen = SeenOfAllTime,
        };
        _observers.Notify(o => o.OnTickAsync(tick));
    }

    private static IEnumerable<long> Seconds(long from, long to)
    {
        for (var at = from; at < to; at++)
        {
            yield return at;
        }
    }

    [LoggerMessage(1110, LogLevel.Warning, "The read model did not answer; some live numbers of {Scope} wait for it.")]
    private partial void LogAskAgainFailed(Exception e, LiveScope scope);
}

/// <summary>What actors of live numbers need.</summary>
internal sealed record LiveGrainServices(IGrainFactory Grains, IEventLog Log, GrainsInstruments Instruments, TimeProvider Time);
