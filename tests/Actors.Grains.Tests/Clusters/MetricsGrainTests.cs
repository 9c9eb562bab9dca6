using Actors.Grains.Live;
using Actors.Grains.Tests.Live;
using Actors.Live;
using Actors.Testing;
using Actors.Tracing;
using Xunit;
using Xunit.Sdk;

namespace Actors.Grains.Tests.Clusters;

/// <summary>The live edge on real silos: every number is compared with a recount of the log.</summary>
public abstract class MetricsGrainTests(ActorCluster cluster)
{
    private readonly ProjectId _project = ActorCluster.NewProject();

    [Fact]
    public async Task A_snapshot_is_what_the_read_model_knows_and_what_came_since()
    {
        cluster.Log.AppendForeign(_project, StreamId.ForTrace("before"), Generation("before").Events);
        var observer = await SubscribeAsync();
        var ack = await cluster.AppendAsync(_project, Generation("after"));

        var tick = await observer.NextAsync(t => t.Position >= ack.Position);
        Assert.Contains(tick.Feed, f => f.TraceId == "after");
        Assert.Equal(1, tick.TracesSeen);
        await HealsAsync();
    }

    [Fact]
    public async Task Ticks_have_consecutive_versions_from_the_snapshot_on()
    {
        var observer = NewObserver(out var told);
        var version = (await cluster.Metrics(_project).SubscribeAsync(observer, LiveWindows.None).Bounded()).Version;
        for (var i = 0; i < 5; i++)
        {
            var ack = await cluster.AppendAsync(_project, Generation($"t-{i}"));
            LiveTick tick;
            do
            {
                tick = await told.NextAsync();
                Assert.Equal(++version, tick.Version);
            }
            while (tick.Position < ack.Position);
        }
    }

    [Fact]
    public async Task Renewal_says_the_version_to_those_it_knows_and_minus_one_to_others()
    {
        var observer = NewObserver(out _);
        Assert.Equal(-1, await cluster.Metrics(_project).RenewAsync(observer, LiveWindows.None).Bounded());
        var snapshot = await cluster.Metrics(_project).SubscribeAsync(observer, LiveWindows.None).Bounded();
        Assert.Equal(snapshot.Version, await cluster.Metrics(_project).RenewAsync(observer, LiveWindows.None).Bounded());
        await cluster.Metrics(_project).UnsubscribeAsync(observer).Bounded();
        Assert.Equal(-1, await cluster.Metrics(_project).RenewAsync(observer, LiveWindows.None).Bounded());
    }

    [Fact]
    public async Task A_partial_that_comes_twice_counts_once()
    {
        var seen = await SubscribeAsync();
        cluster.Log.AppendForeign(_project, StreamId.ForTrace("t"), Generation("t").Events);
        var partial = new SiloPartial
        {
            Silo = Guid.NewGuid(),
            Sequence = 1,
            OldestReceivedAt = cluster.Clock.GetUtcNow(),
            Buckets = [new PartialBucket(LogSamples.Noon.ToUnixTimeSeconds(), 1, 1, [new SeriesSums { Key = LiveSeriesKey.Total, Traces = 1 }], new LiveSeen(LogSamples.Noon.ToUnixTimeSeconds(), LogSamples.Noon.ToUnixTimeSeconds()))],
            Feed = [],
            NewTraces = 1,
            HighestPosition = 1,
        };

        await cluster.Metrics(_project).ApplyAsync(partial).Bounded();
        await cluster.Metrics(_project).ApplyAsync(partial).Bounded();

        await seen.NextAsync(t => t.Position == 1);
        var snapshot = await SnapshotAsync();
        Assert.Equal(1, Window(snapshot, TimeSpan.FromMinutes(5)).Current.Traces);
        Assert.Equal(1, snapshot.TracesSeen);
    }

    [Fact]
    public async Task Deactivation_in_the_middle_of_traffic_loses_and_doubles_nothing()
    {
        for (var i = 0; i < 12; i++)
        {
            await cluster.AppendAsync(_project, Generation($"t-{i % 4}", i));
            if (i % 4 == 2)
            {
                await cluster.Cluster.DeactivateAsync((IAddressable)cluster.Metrics(_project)).Bounded();
            }
        }

        await HealsAsync();
    }

    [Fact]
    public async Task Traffic_while_the_read_model_is_asked_is_neither_lost_nor_doubled()
    {
        var gate = cluster.Analytics.Hold(_project);
        await cluster.AppendAsync(_project, Generation("first"));
        var subscribing = SubscribeAsync();
        await cluster.AppendAsync(_project, Generation("second"));
        gate.SetResult();
        await subscribing;

        await HealsAsync();
    }

    [Fact]
    public async Task A_read_model_that_lags_at_the_start_is_asked_again()
    {
        cluster.Log.AppendForeign(_project, StreamId.ForTrace("first"), Generation("first").Events);
        cluster.Log.AppendForeign(_project, StreamId.ForTrace("unseen"), Generation("unseen").Events);
        cluster.Analytics.Lag(_project, behind: 1);
        await cluster.Metrics(_project).GetSnapshotAsync(LiveWindows.None).Bounded();
        cluster.Analytics.Lag(_project, behind: 0);

        await cluster.AppendAsync(_project, Generation("last"));
        await HealsAsync();
    }

    [Fact]
    public async Task An_append_without_known_outcome_heals()
    {
        await SubscribeAsync();
        await cluster.AppendAsync(_project, Generation("t", 1));
        cluster.Log.FailNext(_project, [.. Enumerable.Repeat(AppendFault.UnknownButStored, 5)]);
        await Assert.ThrowsAsync<EventLogUnavailableException>(() => cluster.AppendAsync(_project, Generation("t", 2)));

        await cluster.AppendAsync(_project, Generation("t", 3));
        await HealsAsync();
    }

    [Fact]
    public async Task An_overloaded_log_does_not_make_the_live_edge_ask()
    {
        await SubscribeAsync();
        await cluster.AppendAsync(_project, Generation("t", 1));
        await HealsAsync();
        var asked = cluster.Analytics.Asked(_project);
        cluster.Log.FailNext(_project, AppendFault.Overloaded);
        await Assert.ThrowsAsync<EventLogOverloadedException>(() => cluster.AppendAsync(_project, Generation("t", 2)));

        await cluster.AppendAsync(_project, Generation("t", 3));
        await HealsAsync();
        Assert.Equal(asked, cluster.Analytics.Asked(_project));
    }

    [Fact]
    public async Task A_project_whose_read_model_hangs_holds_up_no_other()
    {
        var gate = cluster.Analytics.Hold(_project);
        await cluster.AppendAsync(_project, Generation("stuck"));
        var other = ActorCluster.NewProject();
        var observer = NewObserver(out var told);
        await cluster.Metrics(other).SubscribeAsync(observer, LiveWindows.None).Bounded();

        var ack = await cluster.AppendAsync(other, Generation("free"));
        await told.NextAsync(t => t.Position >= ack.Position);
        gate.SetResult();
    }

    [Fact]
    public async Task What_was_deleted_leaves_the_numbers_and_the_feed()
    {
        var observer = await SubscribeAsync();
        await cluster.AppendAsync(_project, Generation("kept", 1));
        await cluster.AppendAsync(_project, Generation("gone", 2));
        await observer.NextAsync(t => t.Feed.Any(f => f.TraceId == "gone"));

        Assert.True(await cluster.Trace(_project, "gone").DeleteAsync().Bounded());
        Assert.True(await cluster.Trace(_project, "kept").DeleteScoreAsync("kept-s").Bounded());

        await observer.NextAsync(t => t.Feed.Any(f => f is { TraceId: "gone", IsDeleted: true }));
        await HealsAsync();
        var snapshot = await SnapshotAsync();
        Assert.Equal(["kept"], snapshot.Feed.Select(f => f.TraceId));
        Assert.Empty(Window(snapshot, TimeSpan.FromMinutes(5)).Current.Scores);
    }

    [Fact]
    public async Task A_trace_that_was_deleted_while_the_read_model_lags_is_gone_once_it_has_caught_up()
    {
        await cluster.AppendAsync(_project, Generation("kept", 1));
        await cluster.AppendAsync(_project, Generation("gone", 2));
        cluster.Analytics.Lag(_project, behind: 1);
        await SubscribeAsync();
        await cluster.Trace(_project, "gone").DeleteAsync().Bounded();
        cluster.Analytics.Lag(_project, behind: 0);

        // What is doubted is asked for with the next partial, or once a second: here the clock stands still.
        await cluster.AppendAsync(_project, Generation("last", 3));
        await HealsAsync();
        Assert.Equal(["last", "kept"], (await SnapshotAsync()).Feed.Select(f => f.TraceId));
    }

    private static EventScript Generation(string trace, int i = 0) => new EventScript(trace)
        .At(i).WithId($"t-{i}").Trace(t => t with { Name = "chat" })
        .At(i).WithId($"g-{i}").Generation($"{trace}-g", g => g with { Model = "model-a", Usage = [new("input", 10 + i), new("total", 10 + i)], EndTime = EventScript.Second(i + 2) })
        .At(i).WithId($"s-{i}").Score($"{trace}-s", i);

    private async Task<LiveObserver> SubscribeAsync()
    {
        var observer = NewObserver(out var told);
        await cluster.Metrics(_project).SubscribeAsync(observer, LiveWindows.None).Bounded();
        _kept.Add(observer);
        return told;
    }

    private readonly List<object> _kept = [];

    private ILiveObserver NewObserver(out LiveObserver observer)
    {
        _kept.Add(observer = new LiveObserver());
        return cluster.Cluster.Client.CreateObjectReference<ILiveObserver>(observer);
    }

    // What is under way arrives with some tick; numbers that no tick makes right are wrong.
    private async Task HealsAsync()
    {
        var told = await SubscribeAsync();
        while (true)
        {
            try
            {
                await AssertRecountAsync();
                return;
            }
            catch (XunitException wrong)
            {
                await told.NextAsync(wrong.Message);
            }
        }
    }

    private async Task AssertRecountAsync()
    {
        var snapshot = await SnapshotAsync();
        var rows = cluster.Log.Rows(_project);
        var oracle = LiveOracle.At(rows, rows[^1].Position);
        var end = cluster.Clock.GetUtcNow().ToUnixTimeSeconds() + 1;
        foreach (var length in new[] { TimeSpan.FromSeconds(60), LiveWindowOptions.Shown })
        {
            foreach (var key in oracle.Keys)
            {
                oracle.AssertEqual(key, end - (long)length.TotalSeconds, end, Window(snapshot, length, key).Current);
            }
        }

        foreach (var series in snapshot.Series)
        {
            Assert.All(series.Points, p => oracle.AssertEqual(series.Key, p.Second, p.Second + 1, p.Stats));
        }
    }

    private Task<LiveSnapshot> SnapshotAsync() => cluster.Metrics(_project).GetSnapshotAsync(LiveWindows.None).Bounded();

    private static LiveWindow Window(LiveSnapshot snapshot, TimeSpan length, LiveSeriesKey? key = null) =>
        snapshot.Windows.Single(w => w.Window.Length() == length && w.Key == (key ?? LiveSeriesKey.Total));
}

/// <inheritdoc/>
public class MetricsGrainOnOneSiloTests(OneSilo cluster) : MetricsGrainTests(cluster), IClassFixture<OneSilo>;

/// <inheritdoc/>
public class MetricsGrainOnTwoSilosTests(TwoSilos cluster) : MetricsGrainTests(cluster), IClassFixture<TwoSilos>;
