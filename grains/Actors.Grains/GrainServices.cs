using System.Diagnostics.Metrics;
using Actors.Grains.Access;
using Actors.Grains.Live;
using Actors.Grains.Pricing;
using Actors.Grains.Tracing;
using Actors.Pricing;
using Actors.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Versions.Compatibility;
using Orleans.Versions.Selector;

namespace Actors.Grains;

/// <summary>Registers the actors and what they need on a silo.</summary>
public static class GrainServices
{
    /// <summary>
    /// Adds the actors. The silo also needs an <see cref="IEventLog"/> and a read model
    /// (<c>AddActorsStorage</c>, <c>AddActorsAnalytics</c>).
    /// </summary>
    public static ISiloBuilder AddActorsGrains(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddOptions<TracingOptions>().BindConfiguration(TracingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddActorsPricing();
        services.TryAddSingleton(p => new GrainsInstruments(p.GetService<IMeterFactory>()));
        services.TryAddSingleton<LiveGrainServices>();
        services.TryAddSingleton<LiveAggregator>();
        services.AddHostedService(p => p.GetRequiredService<LiveAggregator>());
        services.TryAddSingleton<UntoldRows>();
        services.AddOptions<GrainCollectionOptions>().Configure<IConfiguration>((collection, configuration) =>
        {
            var tracing = configuration.GetSection(TracingOptions.Section).Get<TracingOptions>() ?? new TracingOptions();
            // The collector must look more often than the shortest age.
            collection.CollectionQuantum = TimeSpan.FromSeconds(15);
            collection.ClassSpecificCollectionAge[typeof(TraceGrain).FullName!] = tracing.IdleAge;
        });
        services.Configure<GrainVersioningOptions>(versions =>
        {
            // While silos of two versions run, a newer actor serves older callers, and an actor goes to a newer silo when a newer
            // caller needs it: the first new silo is not flooded.
            versions.DefaultCompatibilityStrategy = nameof(BackwardCompatible);
            versions.DefaultVersionSelectorStrategy = nameof(MinimumVersion);
        });
        return silo;
    }

    /// <summary>Adds the erasure of deleted projects, over the registered stores and read models.</summary>
    public static IServiceCollection AddActorsErasure(this IServiceCollection services) => services.AddHostedService<ProjectEraser>();

    /// <summary>Adds the price books and the fold that uses them, over the registered <see cref="IModelStore"/>.</summary>
    public static IServiceCollection AddActorsPricing(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(BuiltInBooks.OfThisBuild());
        services.TryAddSingleton<ProjectPriceBooks>();
        services.TryAddSingleton<IModelCatalog, ModelCatalog>();
        services.TryAddSingleton<IPricingAttributeKeys, PricingAttributeKeys>();
        services.TryAddSingleton<IStreamFolder, StreamFolder>();
        return services;
    }
}
