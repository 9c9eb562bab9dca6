using Actors.Queries;
using Actors.Testing;
using Xunit;

namespace Actors.Grains.Tests.Clusters;

/// <summary>Of several silos, the owner of a read model is told once of each new head.</summary>
public class AnalyticsKeeperTests(TwoSilos cluster) : IClassFixture<TwoSilos>
{
    private readonly ProjectId _project = ActorCluster.NewProject();

    private IAnalyticsKeeperGrain Keeper => cluster.Cluster.Client.GetGrain<IAnalyticsKeeperGrain>(0);

    [Fact]
    public async Task A_project_with_new_rows_is_followed_by_its_owner_until_there_are_more()
    {
        var first = await cluster.AppendAsync(_project, Script("a"));
        await LookAsync();
        await LookAsync();
        Assert.Equal([first.Position], cluster.Analytics.Followed(_project));

        var second = await cluster.AppendAsync(_project, Script("b"));
        await LookAsync();
        Assert.Equal([first.Position, second.Position], cluster.Analytics.Followed(_project));
    }

    [Fact]
    public async Task An_owner_without_room_is_told_again()
    {
        var ack = await cluster.AppendAsync(_project, Script("a"));
        cluster.Analytics.RefuseToFollow(_project);
        await LookAsync();
        await LookAsync();
        Assert.Equal([ack.Position, ack.Position], cluster.Analytics.Followed(_project));
    }

    [Fact]
    public async Task Silos_that_ask_within_the_interval_are_served_by_one_look()
    {
        await Keeper.LookAsync(TimeSpan.Zero).Bounded();
        await cluster.AppendAsync(_project, Script("a"));

        await Keeper.LookAsync(TimeSpan.FromHours(1)).Bounded();

        Assert.Empty(cluster.Analytics.Followed(_project));
    }

    private Task LookAsync() => Keeper.LookAsync(TimeSpan.Zero).Bounded();

    private static EventScript Script(string trace) => new EventScript(trace).Trace(t => t with { Name = "chat" });
}
