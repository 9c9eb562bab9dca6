using Actors.Grains.Tests.Clusters;
using Actors.Pricing;
using Actors.Testing;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Xunit;

namespace Actors.Grains.Tests.Whole;

/// <summary>
/// The whole product without HTTP in this process: real actors on a silo whose clock tests move, over real stores. It can be
/// ended and started again on the same data. What was said to it is kept apart, in a log in memory.
/// </summary>
public sealed class WholeProduct : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("actors-whole-").FullName;
    private Stores _stores = null!;
    private InProcessTestCluster _cluster = null!;

    internal IGrainFactory Grains => _cluster.Client;

    internal StillClock Clock { get; } = new(EventScript.Second(30));

    /// <summary>What was said and acknowledged.</summary>
    internal InMemoryEventLog Said { get; } = new();

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Ends it and starts it again.</summary>
    /// <param name="isAbrupt">Whether its actors are not given the time to tell what they know.</param>
    internal async Task RestartAsync(bool isAbrupt)
    {
        if (isAbrupt)
        {
            await _cluster.KillSiloAsync(_cluster.Silos[0]);
        }

        await EndAsync();
        await StartAsync();
    }

    /// <summary>An actor ends; the next who asks gets a new one.</summary>
    internal Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain);

    private async Task StartAsync()
    {
        _stores = new Stores(_directory);
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
            silo.Services.AddSingleton(_stores.Log);
            silo.Services.AddSingleton(_stores.Analytics);
            silo.Services.AddSingleton<IModelStore>(_stores.Models);
            silo.Services.AddSingleton(Tracing.TestPrices.Books);
            silo.AddActorsGrains();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    private async Task EndAsync()
    {
        await _cluster.DisposeAsync();
        await _stores.DisposeAsync();
    }
}
