using Actors.Analytics.Ingest;
using Actors.Queries;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Analytics;

/// <summary>Registers the read model.</summary>
public static class AnalyticsServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IAnalytics"/> over the registered <c>IEventLog</c> and <c>IStreamFolder</c>, for the silo that the host is. Options come from the
    /// section <c>Actors:Analytics</c>; files lie in <c>analytics</c> under <c>Actors:DataDirectory</c> (default <c>./data</c>).
    /// </summary>
    public static IServiceCollection AddActorsAnalytics(this IServiceCollection services)
    {
        services.AddOptions<AnalyticsOptions>().BindConfiguration(AnalyticsOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AnalyticsOptions>, AnalyticsDirectory>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AnalyticsOptions>, AnalyticsOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AnalyticsInstruments>();
        services.TryAddSingleton<ReadModels>();
        services.TryAddSingleton<AnalyticsService>();
        services.TryAddSingleton<IAnalytics>(provider => provider.GetRequiredService<AnalyticsService>());
        services.AddHostedService<AnalyticsWorker>();
        return services;
    }

    private sealed class AnalyticsDirectory(IConfiguration configuration) : IPostConfigureOptions<AnalyticsOptions>
    {
        public void PostConfigure(string? name, AnalyticsOptions options)
        {
            if (options.Directory.Length == 0)
            {
                options.Directory = Path.Combine(configuration["Actors:DataDirectory"] ?? "data", "analytics");
            }
        }
    }
}
