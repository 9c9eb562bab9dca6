using Actors.Live;
using Actors.Web.Model.Live;
using static Actors.Components.Sample;

namespace Actors.Components;

public sealed class LiveStateTests
{
    private static LiveState Start(params LiveSeries[] series) =>
        LiveState.From(new LiveSnapshot { Version = 5, At = T0, Series = series, TracesSeen = 10 });

    [Fact]
    public void A_tick_that_follows_replaces_buckets_and_stamps_them()
    {
        var state = Start(Total(Point(-2, 1), Point(-1, 2))).Apply(Tick(6, 0, Total(Point(-1, 9), Point(0, 3))))!;

        Assert.Equal([(1L, 5L), (9L, 6L), (3L, 6L)], state.Points(LiveSeriesKey.Total).Select(p => (p.Stats.Requests, p.Changed)));
    }

    [Fact]
    public void A_tick_twice_is_harmless()
    {
        var once = Start().Apply(Tick(6, 0, Total(Point(0, 3))))!;

        Assert.Same(once, once.Apply(Tick(6, 0, Total(Point(0, 99)))));
    }

    [Fact]
    public void A_gap_asks_for_a_snapshot() => Assert.Null(Start().Apply(Tick(7)));

    [Fact]
    public void Only_five_minutes_and_only_called_models_are_kept()
    {
        var state = Start(Total(Point(-400, 1), Point(-10, 1)), Model("old", Point(-250, 1))).Apply(Tick(6, 120, Total(Point(120, 1))))!;

        Assert.Equal([Second(-10), Second(120)], state.Points(LiveSeriesKey.Total).Select(p => p.Second));
        Assert.DoesNotContain(state.Series.Keys, k => k.Value == "old");
    }

    [Fact]
    public void The_feed_keeps_the_newest_version_of_each_trace_in_order_of_time()
    {
        var state = LiveState.From(new LiveSnapshot { Version = 1, At = T0, Feed = [Feed("b", 2), Feed("a", 1)] })
            .Apply(Tick(2) with { Feed = [Feed("c", 3), Feed("a", 1, version: 4, running: 1)] })!;

        Assert.Equal(["c", "b", "a"], state.Feed.Select(t => t.TraceId));
        Assert.Equal(4, state.Feed[2].Version);
    }

    [Fact]
    public void The_feed_has_an_end()
    {
        var state = LiveState.From(new LiveSnapshot { Version = 1, At = T0, Feed = [.. Enumerable.Range(0, 200).Select(i => Feed($"t{i}", i))] });

        Assert.Equal(LiveState.FeedLength, state.Feed.Length);
        Assert.Equal("t199", state.Feed[0].TraceId);
    }

    [Fact]
    public void The_lag_is_that_of_the_newest_tick_that_brought_events()
    {
        var state = Start().Apply(Tick(6) with { OldestReceivedAt = T0.AddMilliseconds(-85) })!.Apply(Tick(7, 1))!;

        Assert.Equal(TimeSpan.FromMilliseconds(85), state.Lag);
    }
}
