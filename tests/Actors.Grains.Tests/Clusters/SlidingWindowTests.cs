using Actors.Live;
using Actors.Testing;
using Xunit;

namespace Actors.Grains.Tests.Clusters;

/// <summary>Windows at their edges. The clock of this cluster moves, so no other tests share it.</summary>
public class SlidingWindowTests(OneSilo cluster) : IClassFixture<OneSilo>
{
    [Fact]
    public async Task A_second_leaves_the_window_into_the_one_before_and_is_forgotten()
    {
        var project = ActorCluster.NewProject();
        var told = new LiveObserver();
        var observer = cluster.Cluster.Client.CreateObjectReference<ILiveObserver>(told);
        await cluster.Metrics(project).SubscribeAsync(observer, LiveWindows.None).Bounded();
        var ack = await cluster.AppendAsync(project, new EventScript().At(30).Span("s", s => s with { EndTime = EventScript.Second(30.9) }));
        await told.NextAsync(t => t.Position >= ack.Position);

        await AssertAsync(project, at: 30.9, minute: (1, 0), fiveMinutes: (1, 0));
        await AssertAsync(project, at: 89.9, minute: (1, 0), fiveMinutes: (1, 0));
        await AssertAsync(project, at: 90, minute: (0, 1), fiveMinutes: (1, 0));
        await AssertAsync(project, at: 149.9, minute: (0, 1), fiveMinutes: (1, 0));
        await AssertAsync(project, at: 150, minute: (0, 0), fiveMinutes: (1, 0));
        await AssertAsync(project, at: 329.9, minute: (0, 0), fiveMinutes: (1, 0));
        await AssertAsync(project, at: 330, minute: (0, 0), fiveMinutes: (0, 1));
        await AssertAsync(project, at: 629.9, minute: (0, 0), fiveMinutes: (0, 1));
        await AssertAsync(project, at: 630, minute: (0, 0), fiveMinutes: (0, 0));

        // While nothing comes, those who watch are still told once a second.
        await cluster.Metrics(project).SubscribeAsync(observer, LiveWindows.None).Bounded();
        cluster.Clock.SetUtcNow(EventScript.Second(632));
        var tick = await told.NextAsync(t => t.At == EventScript.Second(632));
        Assert.Contains(tick.Windows, w => w.Key == LiveSeriesKey.Total && w.Current.Observations == 0);
        GC.KeepAlive(told);
    }

    private async Task AssertAsync(ProjectId project, double at, (long Current, long Previous) minute, (long Current, long Previous) fiveMinutes)
    {
        cluster.Clock.SetUtcNow(EventScript.Second(at));
        var snapshot = await cluster.Metrics(project).GetSnapshotAsync(LiveWindows.None).Bounded();
        Assert.Equal(minute, Of(snapshot, TimeSpan.FromMinutes(1)));
        Assert.Equal(fiveMinutes, Of(snapshot, TimeSpan.FromMinutes(5)));
    }

    private static (long Current, long Previous) Of(LiveSnapshot snapshot, TimeSpan length)
    {
        var window = snapshot.Windows.Single(w => w.Key == LiveSeriesKey.Total && w.Window.Length() == length);
        return (window.Current.Observations, window.Previous!.Observations);
    }
}
