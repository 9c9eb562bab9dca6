using Actors.Analytics.Bases;
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
    /// section <c>Actors:Analytics</c>; files lie in <c>analytics</c> under <c>Actors:DataDirectory</c> (default <c>./data</c>), and bases,
    /// with the log in PostgreSQL, in <c>read-models</c> under <c>Actors:SharedDirectory</c>.
    /// </summary>
    public static IServiceCollection AddActorsAnalytics(this IServiceCollection services)
    {
        services.AddOptions<AnalyticsOptions>().BindConfiguration(AnalyticsOptions.Section).ValidateOnStart();
        services.AddOptions<BaseOptions>().BindConfiguration(BaseOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<AnalyticsOptions>, Directories>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<BaseOptions>, Directories>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AnalyticsOptions>, AnalyticsOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<BaseOptions>, AnalyticsOptionsValidator>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AnalyticsInstruments>();
        services.TryAddSingleton<BaseShelf>();
        services.TryAddSingleton<ReadModels>();
        services.TryAddSingleton<AnalyticsService>();
        services.TryAddSingleton<IAnalytics>(provider => provider.GetRequiredService<AnalyticsService>());
        services.AddHostedService<AnalyticsWorker>();
        return services;
    }

    private sealed class Directories(IConfiguration configuration) : IPostConfigureOptions<AnalyticsOptions>, IPostConfigureOptions<BaseOptions>
    {
        public void PostConfigure(string? name, AnalyticsOptions options)
        {
            if (options.Directory.Length == 0)
            {
                options.Directory = Path.Combine(configuration["Actors:DataDirectory"] ?? "data", "analytics");
            }
        }

        // Where one process has everything, a base would lie beside the file that it is a copy of.
        public void PostConfigure(string? name, BaseOptions options)
        {
            var isShared = string.Equals(configuration["Actors:Storage"], "postgres", StringComparison.OrdinalIgnoreCase);
            if (options.Directory.Length == 0 && isShared && configuration["Actors:SharedDirectory"] is { } shared && !string.IsNullOrWhiteSpace(shared))
            {
                options.Directory = Path.Combine(shared, "read-models");
            }
        }
    }
}
