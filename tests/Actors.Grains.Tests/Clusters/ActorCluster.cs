using Actors.Grains.Tests.Tracing;
using Actors.Live;
using Actors.Pricing;
using Actors.Queries;
using Actors.Testing;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit;

namespace Actors.Grains.Tests.Clusters;

/// <summary>
/// Silos in this process with the real actors, a log in memory and a read model that folds it. The clock stands still until
/// a test moves it; Orleans' own maintenance lives in real time. Tests share a cluster, each with a project of its own.
/// </summary>
public abstract class ActorCluster(short silos, bool dense = false) : IAsyncLifetime
{
    private static int _projects;

    internal InProcessTestCluster Cluster { get; private set; } = null!;

    internal InMemoryEventLog Log { get; } = new() { HasDensePositions = dense };

    internal InMemoryModelStore Models { get; } = new();

    internal StillClock Clock { get; } = new(EventScript.Second(30));

    internal FoldedAnalytics Analytics { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Analytics = new FoldedAnalytics(Log);
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton<IEventLog>(Log);
            silo.Services.AddSingleton<IAnalytics>(Analytics);
            silo.Services.AddSingleton<IModelStore>(Models);
            silo.Services.AddSingleton(TestPrices.Books);
            silo.AddActorsGrains();
        });
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal static ProjectId NewProject() => new($"project-{Interlocked.Increment(ref _projects)}");

    internal ITraceGrain Trace(ProjectId project, string id = "trace-1") =>
        Cluster.Client.GetGrain<ITraceGrain>(GrainKey.ForStream(project, StreamId.ForTrace(id)));

    internal IMetricsGrain Metrics(ProjectId project) => Cluster.Client.GetGrain<IMetricsGrain>(project.Value);

    internal Task<AppendAck> AppendAsync(ProjectId project, EventScript script) =>
        Trace(project, script.Stream.Id).AppendAsync(new StreamAppend(script.Events, Clock.GetUtcNow())).Bounded();
}

/// <summary>One silo.</summary>
public sealed class OneSilo() : ActorCluster(1);

/// <summary>One silo over a log that tells when a row is missing.</summary>
public sealed class OneSiloOnDenseLog() : ActorCluster(1, dense: true);

/// <summary>Two silos.</summary>
public sealed class TwoSilos() : ActorCluster(2);
