using Actors.Grains.Live;
using Actors.Grains.Tests.Live;
using Actors.Live;
using Xunit;
using Xunit.Sdk;

namespace Actors.Grains.Tests.Clusters;

/// <summary>Compares all that an actor of live numbers says with a recount of the log.</summary>
internal sealed class LiveChecks(ActorCluster cluster)
{
    /// <summary>Every window, the longest included.</summary>
    public const LiveWindows All =
        LiveWindows.Minute | LiveWindows.FiveMinutes | LiveWindows.QuarterHour | LiveWindows.Hour | LiveWindows.Day | LiveWindows.AllTime;

    // What is under way arrives while we ask; numbers that do not become right by then are wrong.
    private const int Patience = 2_000;

    public ILiveGrain Grain(LiveScope scope) => scope.GrainOf(cluster.Cluster.Client);

    /// <summary>Asks until all numbers are those of the log.</summary>
    public async Task<LiveSnapshot> SettleAsync(LiveScope scope, LiveWindows wanted = All)
    {
        for (var asked = 1; ; asked++)
        {
            var snapshot = await Grain(scope).GetSnapshotAsync(wanted).Bounded();
            try
            {
                Check(scope, snapshot, wanted);
                return snapshot;
            }
            catch (XunitException) when (asked < Patience)
            {
                await Task.Yield();
            }
        }
    }

    private void Check(LiveScope scope, LiveSnapshot snapshot, LiveWindows wanted)
    {
        var rows = cluster.Log.Rows(scope.Project);
        var oracle = LiveOracle.At(rows, rows.Count == 0 ? 0 : rows[^1].Position, scope.Filter);
        var end = snapshot.At.ToUnixTimeSeconds() + 1;
        foreach (var window in (wanted | LiveWindows.Minute | LiveWindows.FiveMinutes).Each())
        {
            var plan = WindowPlan.Of(window, snapshot.At);
            foreach (var key in oracle.Keys.Union(snapshot.Windows.Select(w => w.Key)))
            {
                var told = snapshot.Windows.SingleOrDefault(w => w.Window == window && w.Key == key);
                Assert.True(told is not null || key != LiveSeriesKey.Total, $"{window} of the total is missing.");
                var to = window == LiveWindows.AllTime ? long.MaxValue : end;
                oracle.AssertEqual(key, plan.From, to, told?.Current ?? LiveStats.Empty);
                if (told is not null && window != LiveWindows.AllTime)
                {
                    oracle.AssertEqual(key, plan.From - plan.Length, plan.From, told.Previous!);
                    if (wanted.HasFlag(window))
                    {
                        oracle.AssertEqual(key, plan.Yesterday!.Value.From, plan.Yesterday.Value.To, told.Yesterday!);
                    }
                }
            }
        }

        foreach (var series in snapshot.Series)
        {
            Assert.All(series.Points, p => oracle.AssertEqual(series.Key, p.Second, p.Second + 1, p.Stats));
        }
    }
}
