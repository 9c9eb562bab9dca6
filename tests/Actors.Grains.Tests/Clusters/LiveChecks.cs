using Actors.Grains.Live;
using Actors.Grains.Tests.Live;
using Actors.Live;
using Actors.Tracing;
using Xunit;
using Xunit.Sdk;

namespace Actors.Grains.Tests.Clusters;

/// <summary>Compares all that an actor of live numbers says with a recount of the log.</summary>
/// <param name="grains">Where the actors are.</param>
/// <param name="rowsOf">The log.</param>
/// <param name="patience">
/// How often it is asked before numbers are wrong that have not become right: what is under way arrives while we ask.
/// </param>
internal sealed class LiveChecks(Func<IGrainFactory> grains, Func<ProjectId, IReadOnlyList<LogRow>> rowsOf, int patience = 2_000)
{
    /// <summary>Every window, the longest included.</summary>
    public const LiveWindows All =
        LiveWindows.Minute | LiveWindows.FiveMinutes | LiveWindows.QuarterHour | LiveWindows.Hour | LiveWindows.Day | LiveWindows.AllTime;

    public LiveChecks(ActorCluster cluster)
        : this(() => cluster.Cluster.Client, cluster.Log.Rows)
    {
    }

    public ILiveGrain Grain(LiveScope scope) => scope.GrainOf(grains());

    /// <summary>Asks until all numbers are those of the log.</summary>
    /// <param name="scope">What is counted.</param>
    /// <param name="wanted">The windows.</param>
    /// <param name="meanwhile">What happens between two questions, by their number; null: nothing.</param>
    public async Task<LiveSnapshot> SettleAsync(LiveScope scope, LiveWindows wanted = All, Action<int>? meanwhile = null)
    {
        for (var asked = 1; ; asked++)
        {
            var snapshot = await Grain(scope).GetSnapshotAsync(wanted).Bounded();
            try
            {
                Check(scope, snapshot, wanted);
                return snapshot;
            }
            catch (XunitException) when (asked < patience)
            {
                meanwhile?.Invoke(asked);
                await Task.Yield();
            }
        }
    }

    private void Check(LiveScope scope, LiveSnapshot snapshot, LiveWindows wanted)
    {
        var rows = rowsOf(scope.Project);
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
