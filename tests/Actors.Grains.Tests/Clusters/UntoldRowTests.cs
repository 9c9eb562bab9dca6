using Actors.Grains.Live;
using Actors.Grains.Tests.Live;
using Actors.Live;
using Actors.Testing;
using Xunit;
using Xunit.Sdk;

namespace Actors.Grains.Tests.Clusters;

/// <summary>
/// Rows that are in the log and that nobody tells of, as a silo leaves them that dies between its commit and its next partial:
/// they are counted within seconds, long before an audit could call them wrong. The clock of this cluster moves.
/// </summary>
public class UntoldRowTests(OneSiloOnDenseLog cluster) : IClassFixture<OneSiloOnDenseLog>
{
    private const int MaxSeconds = 20;

    private readonly ProjectId _project = ActorCluster.NewProject();
    private readonly LiveObserver _told = new();
    private ILiveObserver _observer = null!;

    private LiveScope Whole => LiveScope.Of(_project);

    [Fact]
    public async Task A_new_trace_is_counted()
    {
        await WatchAsync(Whole);
        Foreign(Script("untold"));
        await HealsAsync(Whole);
    }

    [Fact]
    public async Task An_update_that_moves_what_was_counted_is_counted_where_it_is_now()
    {
        await WatchAsync(Whole);
        await cluster.AppendAsync(_project, Script("t", cost: 1));
        await HealsAsync(Whole);
        Foreign(Script("t", cost: 7, late: 4));
        await HealsAsync(Whole);
    }

    [Fact]
    public async Task What_was_told_on_top_of_it_is_counted_once()
    {
        await WatchAsync(Whole);
        Foreign(Script("t", cost: 1));
        await cluster.AppendAsync(_project, Script("t", cost: 7, late: 3));
        await HealsAsync(Whole);
    }

    [Fact]
    public async Task A_deletion_takes_away()
    {
        await WatchAsync(Whole);
        await cluster.AppendAsync(_project, Script("kept"));
        await cluster.AppendAsync(_project, Script("gone"));
        await HealsAsync(Whole);
        cluster.Log.DeleteForeign(_project, StreamId.ForTrace("gone"));
        await HealsAsync(Whole);
    }

    [Fact]
    public async Task A_row_whose_trace_was_deleted_before_anybody_looked_leaves_nothing()
    {
        await WatchAsync(Whole);
        Foreign(Script("gone", cost: 1));
        Foreign(Script("gone", cost: 2, late: 3));
        await cluster.AppendAsync(_project, Script("kept"));
        await cluster.Trace(_project, "gone").DeleteAsync().Bounded();
        await HealsAsync(Whole);
    }

    [Fact]
    public async Task More_than_are_looked_at_one_by_one_are_counted_all_the_same()
    {
        await WatchAsync(Whole);
        for (var i = 0; i <= UntoldRows.MaxRows; i++)
        {
            Foreign(Script($"untold-{i}"));
        }

        await HealsAsync(Whole);
    }

    [Fact]
    public async Task A_part_that_is_watched_counts_it_too()
    {
        var session = new LiveScope(_project, LiveScopeKind.Session, "s-1");
        await WatchAsync(session);
        Foreign(Script("untold", session: "s-1"));
        Foreign(Script("elsewhere", session: "s-2"));
        await HealsAsync(session);
    }

    private void Foreign(EventScript script) => cluster.Log.AppendForeign(_project, script.Stream, script.Events);

    private EventScript Script(string trace, int cost = 1, int late = 0, string? session = null)
    {
        var at = (cluster.Clock.GetUtcNow() - LogSamples.Noon).TotalSeconds - 8 + late;
        return new EventScript(trace)
            .At(at).WithId($"{trace}-{cost}-t").Trace(t => t with { Name = "chat", SessionId = session })
            .At(at).WithId($"{trace}-{cost}-g").Generation($"{trace}-g", g => g with
            {
                Model = "model-a",
                Usage = [new("input", 10 * cost), new("total", 10 * cost)],
                EndTime = cluster.Clock.GetUtcNow().AddSeconds(late - 6),
            });
    }

    private async Task WatchAsync(LiveScope scope)
    {
        _observer = cluster.Cluster.Client.CreateObjectReference<ILiveObserver>(_told);
        await scope.GrainOf(cluster.Cluster.Client).SubscribeAsync(_observer, LiveWindows.None).Bounded();
    }

    // The clock moves by what a slide takes, whose tick says that the step was taken.
    private async Task HealsAsync(LiveScope scope)
    {
        var grain = scope.GrainOf(cluster.Cluster.Client);
        XunitException? last = null;
        for (var step = 0; step < MaxSeconds; step++)
        {
            try
            {
                AssertRecount(await grain.GetSnapshotAsync(LiveWindows.None).Bounded(), scope);
                Assert.Equal(0, (await grain.GetHealthAsync().Bounded()).Differences);
                return;
            }
            catch (XunitException wrong)
            {
                last = wrong;
            }

            cluster.Clock.Advance(TimeSpan.FromSeconds(1));
            await _told.NextAsync(t => t.At >= cluster.Clock.GetUtcNow());
        }

        throw new TimeoutException($"Not right after {MaxSeconds} s.", last);
    }

    private void AssertRecount(LiveSnapshot snapshot, LiveScope scope)
    {
        var rows = cluster.Log.Rows(_project);
        var oracle = LiveOracle.At(rows, rows[^1].Position, scope.Filter);
        var end = snapshot.At.ToUnixTimeSeconds() + 1;
        foreach (var key in oracle.Keys)
        {
            oracle.AssertEqual(
                key,
                end - (long)LiveWindowOptions.Shown.TotalSeconds,
                end,
                snapshot.Windows.Single(w => w.Window.Length() == LiveWindowOptions.Shown && w.Key == key).Current);
        }

        var traces = oracle.Traces.ToHashSet();
        Assert.Subset(traces, snapshot.Feed.Select(f => f.TraceId).ToHashSet());
        Assert.Equal(Math.Min(traces.Count, ProjectDeltas.MaxFeed), snapshot.Feed.Count);
    }
}
