using Actors.Tracing;

namespace Actors.Web.Model.Live;

/// <summary>
/// Watches one stream for one viewer: renews the observer and remembers the highest version it was told of. Whoever shows the
/// stream compares that with the version it has and reads again when it is ready.
/// </summary>
public sealed class TraceWatch : ITraceObserver, IAsyncDisposable
{
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Calls that are already on their way must still find somebody, or the runtime logs an error.
    private static readonly TimeSpan Farewell = TimeSpan.FromMilliseconds(500);

    private readonly IGrainFactory _grains;
    private readonly ITraceGrain _grain;
    private readonly TimeProvider _time;
    private readonly ITraceObserver _self;
    private readonly Action? _changed;
    private long _newest;
    private long? _renewedAt;

    /// <summary>Prepares to watch; <see cref="RenewAsync"/> begins.</summary>
    /// <param name="grains">Where grains are.</param>
    /// <param name="grain">The stream's.</param>
    /// <param name="time">The clock.</param>
    /// <param name="changed">Is called on any thread when <see cref="Newest"/> has risen, must return at once and must not throw.</param>
    public TraceWatch(IGrainFactory grains, ITraceGrain grain, TimeProvider time, Action? changed = null)
    {
        _changed = changed;
        _grains = grains;
        _grain = grain;
        _time = time;
        _self = grains.CreateObjectReference<ITraceObserver>(this);
    }

    /// <summary>The highest version heard of.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    /// <inheritdoc/>
    public Task OnChangedAsync(long version)
    {
        Raise(version);
        return Task.CompletedTask;
    }

    /// <summary>Subscribes, and again before the subscription runs out; otherwise does nothing. A failure is tried again by the next call.</summary>
    public async Task RenewAsync()
    {
        if (_renewedAt is { } at && _time.GetElapsedTime(at) < Renewal)
            return;
        Raise(await _grain.SubscribeAsync(_self).WaitAsync(Patience, _time));
        _renewedAt = _time.GetTimestamp();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_renewedAt is not null)
                await _grain.UnsubscribeAsync(_self).WaitAsync(Patience, _time);
        }
        catch (Exception)
        {
            // The grain forgets a silent observer by itself.
        }
        _ = DeleteLaterAsync();
    }

    private async Task DeleteLaterAsync()
    {
        await Task.Delay(Farewell, _time);
        _grains.DeleteObjectReference<ITraceObserver>(_self);
    }

    private void Raise(long version)
    {
        var known = Newest;
        while (version > known)
        {
            var seen = Interlocked.CompareExchange(ref _newest, version, known);
            if (seen == known)
            {
                _changed?.Invoke();
                return;
            }
            known = seen;
        }
    }
}
