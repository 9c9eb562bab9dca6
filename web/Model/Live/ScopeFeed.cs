using Actors.Live;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Model.Live;

/// <summary>
/// The live numbers of one scope on this node: one grain observer for all its viewers. Ticks that follow are applied at once; a
/// gap, silence or a lost subscription is repaired by the loop.
/// </summary>
internal sealed partial class ScopeFeed : ILiveObserver
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Calls that are already on their way must still find somebody, or the runtime logs an error.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private const int HeldTicks = 64;

    private readonly IGrainFactory _grains;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ILiveGrain _grain;
    private readonly Lock _gate = new();
    private readonly List<(Action Changed, LiveWindows Wanted)> _viewers = [];
    private readonly SortedDictionary<long, LiveTick> _held = [];
    private TaskCompletionSource _woken = NewSignal();
    private LiveState? _state;
    private bool _stale;
    private string? _refusal;
    private LiveWindows _asked;
    private long _heardAt;

    public ScopeFeed(LiveScope scope, IGrainFactory grains, TimeProvider time, ILogger logger)
    {
        Scope = scope;
        _grains = grains;
        _time = time;
        _logger = logger;
        _grain = scope.GrainOf(grains);
    }

    public LiveScope Scope { get; }

    /// <summary>The newest state; null until the first snapshot.</summary>
    public LiveState? State => Volatile.Read(ref _state);

    /// <summary>The grain does not answer; <see cref="State"/> is what was known before.</summary>
    public bool Stale => Volatile.Read(ref _stale);

    /// <summary>Why the grain will not count it; null: it does, or has not answered.</summary>
    public string? Refusal => Volatile.Read(ref _refusal);

    public int Viewers
    {
        get
        {
            lock (_gate)
                return _viewers.Count;
        }
    }

    private LiveWindows Wanted => _viewers.Aggregate(LiveWindows.None, (all, viewer) => all | viewer.Wanted);

    /// <summary>The process ends: the grain need not be told, it forgets silent observers by itself.</summary>
    public bool Abandoned { get; set; }

    /// <summary>How many viewers have left so far.</summary>
    public long Departures { get; private set; }

    public void Add(Action viewer, LiveWindows wanted)
    {
        lock (_gate)
        {
            var before = Wanted;
            _viewers.Add((viewer, wanted));
            if (Wanted != before)
                _woken.TrySetResult();
        }
    }

    public void Remove(Action viewer, LiveWindows wanted)
    {
        lock (_gate)
        {
            _viewers.Remove((viewer, wanted));
            Departures++;
        }
    }

    /// <inheritdoc/>
    public Task OnTickAsync(LiveTick tick)
    {
        lock (_gate)
        {
            Volatile.Write(ref _heardAt, _time.GetTimestamp());
            if (_state?.Apply(tick) is { } next)
            {
                _state = next;
                ApplyHeld();
            }
            else
            {
                // The snapshot being fetched may turn out to end just before this tick.
                _held[tick.Version] = tick;
                if (_held.Count > HeldTicks)
                    _held.Remove(_held.First().Key);
                _woken.TrySetResult();
            }
        }
        Tell();
        return Task.CompletedTask;
    }

    /// <summary>Runs while the project has viewers.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var self = _grains.CreateObjectReference<ILiveObserver>(this);
        try
        {
            var renewedAt = 0L;
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    renewedAt = await StepAsync(self, renewedAt).WaitAsync(Patience, _time, cancellationToken);
                    Volatile.Write(ref _refusal, null);
                    SetStale(false);
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    renewedAt = 0;
                    if (!Stale)
                        LogLost(_logger, e, Scope);
                    Volatile.Write(ref _refusal, (e as LiveWatchesFullException)?.Message);
                    SetStale(true);
                }
                await WaitAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The last viewer left.
        }
        finally
        {
            if (!Abandoned)
                await LeaveAsync(self);
        }
    }

    private async Task<long> StepAsync(ILiveObserver self, long renewedAt)
    {
        var now = _time.GetTimestamp();
        if (renewedAt == 0)
        {
            Take(await SubscribeAsync(self), anew: true);
            return now;
        }

        bool gap;
        LiveWindows wanted;
        lock (_gate)
            (gap, wanted) = (_held.Count > 0, Wanted);
        if (gap)
        {
            Take(await _grain.GetSnapshotAsync(wanted), anew: false);
            return renewedAt;
        }

        // Silence may mean that nothing happens, or that the grain has moved: asking for the version tells them apart.
        var silent = _time.GetElapsedTime(Volatile.Read(ref _heardAt), now) >= Beat;
        if (!silent && wanted == _asked && _time.GetElapsedTime(renewedAt, now) < Renewal)
            return renewedAt;
        var version = await _grain.RenewAsync(self, wanted);
        _asked = wanted;
        if (version < 0)
            Take(await SubscribeAsync(self), anew: true);
        else if (version != State?.Version && silent)
            Take(await _grain.GetSnapshotAsync(wanted), anew: false);
        return now;
    }

    private Task<LiveSnapshot> SubscribeAsync(ILiveObserver self)
    {
        lock (_gate)
            _asked = Wanted;
        return _grain.SubscribeAsync(self, _asked);
    }

    private void Take(LiveSnapshot snapshot, bool anew)
    {
        lock (_gate)
        {
            Volatile.Write(ref _heardAt, _time.GetTimestamp());
            // Ticks may have overtaken the snapshot. A new activation counts from the start, so there a lower version is newer.
            if (anew || _state is null || snapshot.Version > _state.Version)
                _state = LiveState.From(snapshot) with { Lag = _state?.Lag };
            ApplyHeld();
            _held.Clear();
        }
        Tell();
    }

    private void ApplyHeld()
    {
        while (_held.Count > 0 && _held.First() is var (version, tick) && _state!.Apply(tick) is { } next)
        {
            _held.Remove(version);
            _state = next;
        }
    }

    private void SetStale(bool stale)
    {
        if (Stale != stale)
        {
            Volatile.Write(ref _stale, stale);
            Tell();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        Task woken;
        lock (_gate)
        {
            if (_woken.Task.IsCompleted && !Stale)
                _woken = NewSignal();
            woken = _held.Count > 0 && !Stale ? Task.CompletedTask : _woken.Task;
        }
        using var beat = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(woken, Task.Delay(Beat, _time, beat.Token));
        await beat.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task LeaveAsync(ILiveObserver self)
    {
        try
        {
            await _grain.UnsubscribeAsync(self).WaitAsync(Patience, _time);
            await Task.Delay(Farewell, _time);
        }
        catch (Exception e)
        {
            // The grain forgets a silent observer by itself.
            LogLeft(_logger, e, Scope);
        }
        _grains.DeleteObjectReference<ILiveObserver>(self);
    }

    private void Tell()
    {
        Action[] viewers;
        lock (_gate)
            viewers = [.. _viewers.Select(v => v.Changed)];
        foreach (var viewer in viewers)
            viewer();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
