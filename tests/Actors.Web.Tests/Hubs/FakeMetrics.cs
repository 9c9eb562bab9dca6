using Actors.Live;

namespace Actors.Web.Tests.Hubs;

/// <summary>A live edge that says what a test tells it to.</summary>
internal sealed class FakeMetrics : IMetricsGrain, IFilterGrain, ISessionGrain, IUserGrain, IPromptGrain
{
    private readonly Lock _gate = new();
    private readonly HashSet<ILiveObserver> _observers = [];

    /// <summary>What subscribers start from.</summary>
    public LiveSnapshot Snapshot { get; set; } = new() { Version = 1, At = LiveSamples.Start };

    /// <summary>The windows that its observers need.</summary>
    public LiveWindows Wanted { get; private set; }

    /// <summary>How often it was asked for a snapshot.</summary>
    public int Reads { get; private set; }

    /// <summary>What subscribing fails with; null: nothing.</summary>
    public Exception? Failure { get; set; }

    public async Task TickAsync(LiveTick tick)
    {
        ILiveObserver[] observers;
        lock (_gate)
        {
            observers = [.. _observers];
        }

        foreach (var observer in observers)
        {
            await observer.OnTickAsync(tick);
        }
    }

    public Task<LiveWatches?> ApplyAsync(SiloPartial partial) => throw new NotSupportedException();

    public Task<bool> WatchAsync(LiveScope scope) => throw new NotSupportedException();

    public Task<LiveHealth> GetHealthAsync() => throw new NotSupportedException();

    public Task<LiveSnapshot> GetSnapshotAsync(LiveWindows wanted)
    {
        Reads++;
        return Task.FromResult(Snapshot);
    }

    public Task<LiveSnapshot> SubscribeAsync(ILiveObserver observer, LiveWindows wanted)
    {
        lock (_gate)
        {
            if (Failure is { } failure)
            {
                throw failure;
            }

            Reads++;
            Wanted = wanted;
            _observers.Add(observer);
            return Task.FromResult(Snapshot);
        }
    }

    public Task<long> RenewAsync(ILiveObserver observer, LiveWindows wanted)
    {
        lock (_gate)
        {
            Wanted = wanted;
            return Task.FromResult(_observers.Contains(observer) ? Snapshot.Version : -1);
        }
    }

    public Task UnsubscribeAsync(ILiveObserver observer)
    {
        lock (_gate)
        {
            _observers.Remove(observer);
            return Task.CompletedTask;
        }
    }
}
