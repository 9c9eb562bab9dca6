using System.Net;
using Actors.Web.Admin;
using Actors.Web.Api;
using Actors.Web.Api.OpenApi;
using Actors.Web.Hubs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Auth;

/// <summary>
/// Answers pages to callers on this machine, and with an administrator's key to whoever signed in with it. It stands in for
/// accounts: without it everybody on the network could read everything.
/// </summary>
public static class LoopbackOnly
{
    // Style sheets and fonts of the product: the page to sign in needs them, and they are nobody's.
    private const string ContentPath = "/_content";

    /// <summary>
    /// Refuses callers from elsewhere, except under <c>/api</c>, <c>/v1</c> and <c>/hubs/live</c>, which have keys, for the
    /// description of them, and for <c>/health</c> and <c>/ready</c>. When there is an administrator's key, browsers are led to the
    /// sign-in, and whoever carries or shows the key passes; all others get 403.
    /// </summary>
    public static IApplicationBuilder UseLoopbackOnlyPages(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(static (context, next) =>
            IsOpen(context.Request.Path) || IsLocal(context) || IsSignIn(context) || Administration.IsAdministrator(context)
                ? next(context)
                : RefuseAsync(context));
    }

    /// <summary>
    /// Whether the caller is on this machine. A forwarded request is not, though the proxy may be; a host name that is not
    /// this machine's is refused too, so that a web page cannot reach the pages by a name that it points here.
    /// </summary>
    internal static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For")
        && !context.Request.Headers.ContainsKey("Forwarded")
        && IsLocalName(context.Request.Host.Host);

    private static bool IsOpen(PathString path) =>
        path == OpenApiEndpoint.Path
        || HealthEndpoints.IsAsked(path)
        || path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(LiveHubDoor.Path, StringComparison.OrdinalIgnoreCase);

    private static bool IsSignIn(HttpContext context) =>
        (context.Request.Path.StartsWithSegments(Administration.Path, StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments(ContentPath, StringComparison.OrdinalIgnoreCase))
        && context.RequestServices.GetRequiredService<AdminKey>().IsSet;

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext context)
    {
        if (context.RequestServices.GetRequiredService<AdminKey>().IsSet && Administration.IsPageAsked(context))
        {
            return Administration.LeadToSignIn(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(
            "The pages answer on this machine only. Open them at http://localhost or through a tunnel, or set Actors:Admin:ApiKey and sign in at /admin.\n");
    }
}
