using Actors.Analytics;
using Actors.Pricing;
using Actors.Queries;
using Actors.Storage;
using Actors.Testing;
using Actors.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Tests.Whole;

/// <summary>The SQLite log and the DuckDB read model of a directory, as a server has them. They live in real time.</summary>
internal sealed class Stores : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public Stores(string directory)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Actors:DataDirectory"] = directory })
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration).AddLogging()
            .AddSingleton<IModelStore>(Models).AddSingleton(Tracing.TestPrices.Books)
            .AddActorsStorage().AddActorsAnalytics().AddActorsPricing();

        services.Configure<AnalyticsOptions>(options =>
        {
            // What is compared must never be what was there two seconds ago, however busy the machine is.
            options.ReadWait = TimeSpan.FromSeconds(30);

            // Every history has a file of its own, and it is small.
            options.Threads = options.ReadersPerProject = 1;
            options.MaxOpenProjects = 2;
        });
        _services = services.BuildServiceProvider();
        Log = _services.GetRequiredService<IEventLog>();
        Analytics = _services.GetRequiredService<IAnalytics>();
    }

    public InMemoryModelStore Models { get; } = new();

    public IEventLog Log { get; }

    public IAnalytics Analytics { get; }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
