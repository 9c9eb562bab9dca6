using Actors.Grains.Live;
using Actors.Live;
using Actors.Testing;
using Xunit;

namespace Actors.Grains.Tests.Clusters;

/// <summary>The audit of the live numbers on a real silo. The clock of this cluster moves, so no other tests share it.</summary>
public class AuditTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    private const int Looks = 60;
    private const int Patience = 300;

    private readonly ProjectId _project = ActorCluster.NewProject();
    private readonly LiveObserver _told = new();
    private ILiveObserver _observer = null!;

    [Fact]
    public async Task What_nobody_told_is_found_and_healed_within_minutes()
    {
        await WatchAsync();
        cluster.Log.AppendForeign(_project, StreamId.ForTrace("untold"), Script("untold").Events);
        Assert.Equal(0, await CountAsync());

        var health = await LookUntilAsync(h => h.Differences > 0);
        Assert.Contains("traces: 0, 1", health.LastDifference, StringComparison.Ordinal);
        await LookUntilAsync(h => !h.IsWaiting);
        Assert.Equal(1, await CountAsync());
    }

    [Fact]
    public async Task What_was_told_is_compared_and_right()
    {
        await WatchAsync();
        var ack = await cluster.AppendAsync(_project, Script("told"));
        await _told.NextAsync(t => t.Position >= ack.Position);

        var health = await LookUntilAsync(h => h.SecondsCompared >= 300);
        Assert.Equal((0, null), (health.Differences, health.LastDifference));
        Assert.Equal(1, await CountAsync());
    }

    // Young enough to stay in what is shown, old enough to be looked at.
    private EventScript Script(string trace) => new EventScript(trace)
        .At((cluster.Clock.GetUtcNow() - LogSamples.Noon).TotalSeconds - 20).Trace(t => t with { Name = "chat" });

    private async Task WatchAsync()
    {
        _observer = cluster.Cluster.Client.CreateObjectReference<ILiveObserver>(_told);
        await cluster.Metrics(_project).SubscribeAsync(_observer, LiveWindows.None).Bounded();
    }

    // A step of the clock lets the audit look once, unless its last look has not ended yet: that is waited for by asking.
    private async Task<LiveHealth> LookUntilAsync(Func<LiveHealth, bool> isReached)
    {
        for (var look = 0; look < Looks; look++)
        {
            if (await cluster.Metrics(_project).GetHealthAsync().Bounded() is var health && isReached(health))
            {
                return health;
            }

            await cluster.Metrics(_project).RenewAsync(_observer, LiveWindows.None).Bounded();
            cluster.Clock.Advance(LiveGrain.AuditInterval);
            await _told.NextAsync(t => t.At >= cluster.Clock.GetUtcNow());
            for (var asked = 0; asked < Patience && (await cluster.Metrics(_project).GetHealthAsync().Bounded()).AuditedAt < cluster.Clock.GetUtcNow(); asked++)
            {
                await Task.Yield();
            }
        }

        throw new TimeoutException($"Not reached in {Looks} looks: {await cluster.Metrics(_project).GetHealthAsync().Bounded()}");
    }

    private async Task<long> CountAsync() =>
        (await cluster.Metrics(_project).GetSnapshotAsync(LiveWindows.None).Bounded()).Series
            .Where(s => s.Key == LiveSeriesKey.Total).SelectMany(s => s.Points).Sum(p => p.Stats.Traces);
}
