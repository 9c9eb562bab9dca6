using Actors.Live;
using Actors.Web.Model.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static Actors.Components.Sample;

namespace Actors.Components;

/// <summary>The clock of the feed is fake, so a beat happens only when a test says so; waits are for calls of the fake grain.</summary>
public sealed class LiveFeedTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(T0);
    private readonly FakeGrains _grains;
    private readonly LiveFeed _feed;
    private readonly SemaphoreSlim _told = new(0);

    public LiveFeedTests()
    {
        (var factory, _grains) = FakeGrains.Create();
        _feed = new LiveFeed(factory, _time, NullLogger<LiveFeed>.Instance);
    }

    private FakeMetrics Metrics => _grains.Metrics;

    public async ValueTask DisposeAsync()
    {
        await _feed.DisposeAsync();
        _told.Dispose();
    }

    [Fact]
    public async Task Many_viewers_share_one_observer()
    {
        using var first = await SubscribeAsync();
        using var second = _feed.Subscribe(LiveScope.Of(Project), () => { });

        Assert.Same(first.State, second.State);
        Assert.Equal(1, Metrics.Subscriptions);
    }

    [Fact]
    public async Task A_tick_reaches_the_viewer()
    {
        using var viewer = await SubscribeAsync();

        await Metrics.TickAsync(Tick(2) with { TracesSeen = 3 });

        Assert.Equal(3, viewer.State!.TracesSeen);
    }

    [Fact]
    public async Task A_lost_tick_is_repaired_by_a_snapshot()
    {
        using var viewer = await SubscribeAsync();
        Metrics.Snapshot = Metrics.Snapshot with { Version = 4, TracesSeen = 40 };

        await Metrics.TickAsync(Tick(5) with { TracesSeen = 50 });
        await UntilAsync(() => viewer.State!.Version == 5);

        Assert.Equal(50, viewer.State!.TracesSeen);
        Assert.Equal(1, Metrics.Snapshots);
    }

    [Fact]
    public async Task An_activation_that_has_moved_is_subscribed_again()
    {
        using var viewer = await SubscribeAsync();
        Metrics.Forget();
        Metrics.Snapshot = Metrics.Snapshot with { Version = 1, TracesSeen = 99 };

        await BeatUntilAsync(() => viewer.State!.TracesSeen == 99);

        Assert.Equal(2, Metrics.Subscriptions);
    }

    [Fact]
    public async Task Silence_makes_the_state_stale_until_the_grain_answers()
    {
        using var viewer = await SubscribeAsync();
        Metrics.Down = true;

        await BeatUntilAsync(() => viewer.Stale);
        Assert.NotNull(viewer.State);

        Metrics.Down = false;
        await BeatUntilAsync(() => !viewer.Stale);
    }

    [Fact]
    public async Task The_last_viewer_takes_the_observer_along_after_a_while()
    {
        var viewer = await SubscribeAsync();
        viewer.Dispose();
        Assert.Equal(1, _feed.Scopes);

        _time.Advance(TimeSpan.FromSeconds(31));
        await Metrics.UntilAsync(m => m.Observers == 0);

        Assert.Equal(0, _feed.Scopes);
    }

    [Fact]
    public async Task A_viewer_who_comes_back_soon_finds_the_feed_running()
    {
        (await SubscribeAsync()).Dispose();
        using var again = _feed.Subscribe(LiveScope.Of(Project), () => { });

        _time.Advance(TimeSpan.FromSeconds(31));

        Assert.NotNull(again.State);
        Assert.Equal(1, _feed.Scopes);
        Assert.Equal(1, Metrics.Subscriptions);
    }

    private async Task<LiveSubscription> SubscribeAsync()
    {
        var viewer = _feed.Subscribe(LiveScope.Of(Project), () => _told.Release());
        await UntilAsync(() => viewer.State is not null);
        return viewer;
    }

    private async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            Assert.True(await _told.WaitAsync(TimeSpan.FromSeconds(10)), "The feed told nothing for 10 s.");
    }

    // The loop arms its next wait after it has told, so time moves until it is heard.
    private async Task BeatUntilAsync(Func<bool> condition)
    {
        for (var beats = 0; !condition(); beats++)
        {
            Assert.True(beats < 1000, "The feed did not react to 1000 beats.");
            _time.Advance(TimeSpan.FromSeconds(3));
            await _told.WaitAsync(TimeSpan.FromMilliseconds(10));
        }
    }
}
