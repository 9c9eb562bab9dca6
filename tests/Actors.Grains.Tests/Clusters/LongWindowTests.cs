using Actors.Live;
using Actors.Testing;
using Xunit;

namespace Actors.Grains.Tests.Clusters;

/// <summary>Long windows at their edges, late facts, clocks that jump. The clock of this cluster moves, so no other tests share it.</summary>
public class LongWindowTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private readonly ProjectId _project = ActorCluster.NewProject();
    private readonly LiveChecks _live = new(cluster);
    private DateTimeOffset _start;

    [Fact]
    public async Task An_event_leaves_each_window_at_its_edge_and_comes_back_in_that_of_yesterday()
    {
        _start = cluster.Clock.GetUtcNow();
        await AppendAsync("t", at: 0);
        int[] edges = [0, 59, 61, 119, 121, 299, 301, 599, 601, 899, 916, 1_799, 1_816, 3_599, 3_661, 7_199, 7_261, 43_200, 86_399, 86_461, 87_300, 90_000, 172_799, 173_101, 260_000];
        foreach (var edge in edges)
        {
            cluster.Clock.SetUtcNow(_start.AddSeconds(edge));
            await _live.SettleAsync(LiveScope.Of(_project));
        }
    }

    [Fact]
    public async Task Late_events_count_where_they_belong()
    {
        _start = cluster.Clock.GetUtcNow();
        await AppendAsync("now", at: 0);
        await _live.SettleAsync(LiveScope.Of(_project));
        foreach (var age in new[] { 30, 290, 310, 590, 610, 700, 890, 910, 3_590, 3_610, 86_390, 86_410, 90_000, 180_000 })
        {
            await AppendAsync($"late-{age}", at: -age);
            await _live.SettleAsync(LiveScope.Of(_project));
        }
    }

    [Fact]
    public async Task Events_of_many_past_times_at_once_count_where_they_belong()
    {
        _start = cluster.Clock.GetUtcNow();
        await _live.SettleAsync(LiveScope.Of(_project));
        var script = new EventScript("import");
        for (var i = 0; i < 1_200; i++)
        {
            var at = Seconds(-60 * i);
            script.At(at).Span($"s-{i}", s => s with { StartTime = EventScript.Second(at), EndTime = EventScript.Second(at) });
        }

        await cluster.AppendAsync(_project, script);
        cluster.Clock.Advance(TimeSpan.FromSeconds(3));
        await _live.SettleAsync(LiveScope.Of(_project));
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_and_back_leaves_the_numbers_right()
    {
        _start = cluster.Clock.GetUtcNow();
        await AppendAsync("before", at: 0);
        await _live.SettleAsync(LiveScope.Of(_project));

        cluster.Clock.Advance(TimeSpan.FromDays(3));
        await _live.SettleAsync(LiveScope.Of(_project));
        await AppendAsync("after", at: 3 * 86_400);
        await _live.SettleAsync(LiveScope.Of(_project));
        await AppendAsync("ahead", at: (3 * 86_400) + 400);
        await _live.SettleAsync(LiveScope.Of(_project));
        cluster.Clock.Advance(TimeSpan.FromSeconds(420));
        await _live.SettleAsync(LiveScope.Of(_project));
    }

    [Fact]
    public async Task What_nobody_has_looked_at_for_long_is_right_when_somebody_does()
    {
        _start = cluster.Clock.GetUtcNow();
        var session = new LiveScope(_project, LiveScopeKind.Session, "chat");
        await AppendAsync("first", at: 0);
        await _live.SettleAsync(session);
        cluster.Clock.Advance(TimeSpan.FromMinutes(20));
        await AppendAsync("second", at: 1_190);
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));

        var snapshot = await _live.SettleAsync(session);
        Assert.Equal(2, snapshot.Windows.Single(w => w.Window == LiveWindows.AllTime && w.Key == LiveSeriesKey.Total).Current.Traces);
    }

    // Seconds of the story, which began at noon; this test began later.
    private double Seconds(double at) => (_start.AddSeconds(at) - LogSamples.Noon).TotalSeconds;

    private async Task AppendAsync(string trace, double at) => await cluster.AppendAsync(_project, new EventScript(trace)
        .At(Seconds(at)).Trace(t => t with { Name = "chat", SessionId = "chat" })
        .At(Seconds(at)).Generation($"{trace}-g", g => g with
        {
            Model = "model-a",
            StartTime = EventScript.Second(Seconds(at)),
            EndTime = EventScript.Second(Seconds(at) + 0.5),
            Usage = [new("input", 7), new("total", 7)],
        }));
}
