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
/// Answers pages to callers on this machine only. It stands in for accounts: without it everybody on the network could
/// read everything.
/// </summary>
public static class LoopbackOnly
{
    private const string MetricsPath = "/metrics";

    // Style sheets and fonts of the product: the page to sign in needs them, and they are nobody's.
    private const string ContentPath = "/_content";

    /// <summary>
    /// Refuses callers from elsewhere with 403, except under <c>/api</c>, <c>/v1</c> and <c>/hubs/live</c>, which have keys, for the
    /// description of them, and for <c>/health</c> and <c>/ready</c>. Metrics are for whoever shows the administrator's key, too, and <c>/admin</c> has a sign-in when
    /// there is a key.
    /// </summary>
    public static IApplicationBuilder UseLoopbackOnlyPages(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Use(static (context, next) =>
            IsOpen(context.Request.Path) || IsLocal(context) || IsScraper(context) || IsAdministration(context)
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

    private static bool IsScraper(HttpContext context) =>
        context.Request.Path == MetricsPath && context.RequestServices.GetRequiredService<AdminKey>().IsShown(context.Request);

    private static bool IsAdministration(HttpContext context) =>
        (context.Request.Path.StartsWithSegments(Administration.Path, StringComparison.OrdinalIgnoreCase)
            || context.Request.Path.StartsWithSegments(ContentPath, StringComparison.OrdinalIgnoreCase))
        && context.RequestServices.GetRequiredService<AdminKey>().IsSet;

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync("The pages answer on this machine only. Open them at http://localhost or through a tunnel.\n");
    }
}
