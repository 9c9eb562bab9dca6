using Actors.Live;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Model.Live;

/// <summary>
/// Brings live numbers to the viewers on this node: one grain observer per project or watched part of one, however many
/// viewers. Callbacks carry nothing, so a slow viewer reads the newest state when it is ready and never has a queue.
/// </summary>
public sealed class LiveFeed(IGrainFactory grains, TimeProvider time, ILogger<LiveFeed> logger) : IAsyncDisposable
{
    // Going from one page to the next must not cost a subscription.
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<LiveScope, (ScopeFeed Feed, CancellationTokenSource Stop, Task Run)> _feeds = [];

    /// <summary>Scopes that have viewers or had some a moment ago.</summary>
    public int Scopes
    {
        get
        {
            lock (_gate)
                return _feeds.Count;
        }
    }

    /// <summary>
    /// Calls <paramref name="changed"/> after every change until the result is disposed. It is called on any thread, must
    /// return at once and must not throw.
    /// </summary>
    /// <param name="scope">What is watched.</param>
    /// <param name="changed">What is called.</param>
    /// <param name="wanted">Windows that are needed besides the minute and the five minutes, and those that need yesterday's.</param>
    public LiveSubscription Subscribe(LiveScope scope, Action changed, LiveWindows wanted = LiveWindows.None)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(scope, out var entry))
            {
                var feed = new ScopeFeed(scope, grains, time, logger);
                var stop = new CancellationTokenSource();
                entry = (feed, stop, Task.Run(() => feed.RunAsync(stop.Token)));
                _feeds.Add(scope, entry);
            }
            entry.Feed.Add(changed, wanted);
            return new LiveSubscription(entry.Feed, () => Leave(scope, changed, wanted));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<Task> runs = [];
        lock (_gate)
        {
            foreach (var (feed, stop, run) in _feeds.Values)
            {
                feed.Abandoned = true;
                stop.Cancel();
                runs.Add(run);
            }
            _feeds.Clear();
        }
        await Task.WhenAll(runs);
    }

    private void Leave(LiveScope scope, Action changed, LiveWindows wanted)
    {
        lock (_gate)
        {
            if (!_feeds.TryGetValue(scope, out var entry))
                return;
            entry.Feed.Remove(changed, wanted);
            if (entry.Feed.Viewers == 0)
                _ = StopUnlessWatchedAsync(scope, entry.Feed, entry.Feed.Departures, entry.Stop.Token);
        }
    }

    private async Task StopUnlessWatchedAsync(LiveScope scope, ScopeFeed feed, long departures, CancellationToken stopped)
    {
        await Task.Delay(Linger, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            // Whoever came and went meanwhile has started a wait of their own.
            if (feed.Viewers == 0 && feed.Departures == departures && _feeds.Remove(scope, out var entry))
                entry.Stop.Cancel();
        }
    }
}

/// <summary>One viewer's window on the live edge.</summary>
public sealed class LiveSubscription : IDisposable
{
    private readonly ScopeFeed _feed;
    private Action? _leave;

    internal LiveSubscription(ScopeFeed feed, Action leave)
    {
        _feed = feed;
        _leave = leave;
    }

    /// <summary>The newest state; null until the grain has answered.</summary>
    public LiveState? State => _feed.State;

    /// <summary>The grain does not answer; <see cref="State"/> is old.</summary>
    public bool Stale => _feed.Stale;

    /// <summary>Why there will be no state; null: there is one, or it may come.</summary>
    public string? Refusal => _feed.Refusal;

    /// <summary>Stops the callbacks.</summary>
    public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
}
