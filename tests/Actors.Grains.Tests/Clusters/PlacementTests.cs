using System.Reflection;
using Orleans.Concurrency;
using Orleans.Placement;
using Xunit;

namespace Actors.Grains.Tests.Clusters;

/// <summary>
/// Where an actor lives is said for each of them. What Orleans chooses by itself follows the load of a moment, and once put 380
/// of 400 actors on one of two silos.
/// </summary>
public sealed class PlacementTests
{
    private static IEnumerable<Type> Actors =>
        typeof(GrainServices).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(Grain)));

    [Fact]
    public void Every_actor_says_where_it_lives()
    {
        Assert.NotEmpty(Actors);
        Assert.All(Actors, actor => Assert.True(
            actor.GetCustomAttributes<PlacementAttribute>(inherit: false).Any() || actor.IsDefined(typeof(StatelessWorkerAttribute), inherit: false),
            $"{actor.Name} has no placement."));
    }
}
