using Actors.Live;

namespace Actors.Web.Tests.Hubs;

/// <summary>A live edge that says what a test tells it to.</summary>
internal sealed class FakeMetrics : IMetricsGrain
{
    private readonly Lock _gate = new();
    private readonly HashSet<ILiveObserver> _observers = [];

    /// <summary>What subscribers start from.</summary>
    public LiveSnapshot Snapshot { get; set; } = new() { Version = 1, At = LiveSamples.Start };

    /// <summary>How often it was asked for a snapshot.</summary>
    public int Reads { get; private set; }

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

    public Task ApplyAsync(SiloPartial partial) => throw new NotSupportedException();

    public Task<LiveHealth> GetHealthAsync() => throw new NotSupportedException();

    public Task<LiveSnapshot> GetSnapshotAsync()
    {
        Reads++;
        return Task.FromResult(Snapshot);
    }

    public Task<LiveSnapshot> SubscribeAsync(ILiveObserver observer)
    {
        lock (_gate)
        {
            Reads++;
            _observers.Add(observer);
            return Task.FromResult(Snapshot);
        }
    }

    public Task<long> RenewAsync(ILiveObserver observer)
    {
        lock (_gate)
        {
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
