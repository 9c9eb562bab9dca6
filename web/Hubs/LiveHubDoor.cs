using System.Security.Claims;
using Actors.Contracts;
using Actors.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Hubs;

/// <summary>Maps the hub and lets nobody in without a key or a token, neither to negotiate nor to connect.</summary>
internal static class LiveHubDoor
{
    /// <summary>Where the hub is.</summary>
    public const string Path = "/hubs/live";

    /// <summary>The name of the error of whoever has found no place.</summary>
    public const string TooMany = "TooManyConnections";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapHub<LiveHub>(Path).Add(static endpoint =>
        {
            var hub = endpoint.RequestDelegate ?? throw new InvalidOperationException("The hub has no handler.");
            endpoint.RequestDelegate = context => EnterAsync(context, hub);
        });

    private static async Task EnterAsync(HttpContext context, RequestDelegate hub)
    {
        var services = context.RequestServices;
        var (access, status, problem) = await services.GetRequiredService<LiveAuthenticator>().AuthenticateAsync(context);
        if (access is null)
        {
            await Respond.JsonAsync(context, status, problem!, ContractsJsonContext.Wire.ErrorBody);
            return;
        }

        // Only where a connection begins; one that is there must be able to go on when the last place is taken.
        if (context.Request.Path.Value!.EndsWith("/negotiate", StringComparison.Ordinal)
            && services.GetRequiredService<LiveLimits>().WhyFull(access.Project) is { } full)
        {
            await Respond.ErrorAsync(context, StatusCodes.Status429TooManyRequests, full, TooMany);
            return;
        }

        context.User = new ClaimsPrincipal(new LiveIdentity(access));
        await hub(context);
    }
}
