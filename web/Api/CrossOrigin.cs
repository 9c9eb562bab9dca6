using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>
/// Lets web pages of any origin call the public API: feedback comes from browsers. Keys travel in a header and never in a
/// cookie, so an origin proves nothing here.
/// </summary>
internal sealed class CrossOrigin(RequestDelegate next)
{
    private const string Methods = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
    private const string OneDay = "86400";

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin.Count == 0)
        {
            return next(context);
        }

        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        if (!HttpMethods.IsOptions(request.Method) || request.Headers.AccessControlRequestMethod.Count == 0)
        {
            headers.AccessControlExposeHeaders = "Retry-After, Actors-Read-Model, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";
            return next(context);
        }

        headers.AccessControlAllowMethods = Methods;
        headers.AccessControlMaxAge = OneDay;

        // A wildcard would leave out Authorization, so what is asked for is allowed by name.
        headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders is { Count: > 0 } asked
            ? asked
            : "Authorization, Content-Type";
        headers.Vary = "Access-Control-Request-Headers";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
