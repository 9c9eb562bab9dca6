using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Actors.Web.Hubs;

/// <summary>Adds what live streams need.</summary>
internal static class LiveHubServices
{
    public static IServiceCollection AddLiveHub(this IServiceCollection services)
    {
        services.AddOptions<LiveHubOptions>().BindConfiguration(LiveHubOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LiveHubOptions>, LiveHubOptionsValidator>());
        services.TryAddSingleton<LiveTokens>();
        services.TryAddSingleton<LiveAuthenticator>();
        services.TryAddSingleton<LiveLimits>();
        services.TryAddSingleton<LiveSources>();
        services.TryAddSingleton<LiveStreams>();
        // Options of one hub count only where they are announced like this.
        services.AddSignalR().AddHubOptions<LiveHub>(static _ => { });
        services.AddOptions<HubOptions<LiveHub>>()
            .Configure<IOptions<LiveHubOptions>>(static (hub, limits) => hub.MaximumReceiveMessageSize = limits.Value.MaxMessageBytes);
        return services;
    }
}
