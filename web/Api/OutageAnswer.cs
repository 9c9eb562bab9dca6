using Actors.Access;
using Actors.Tracing;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api;

/// <summary>Answers 503 outside of the public API, such as for a page, while a database does not answer.</summary>
internal sealed class OutageAnswer(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception e) when (e is ControlPlaneUnavailableException or EventLogUnavailableException && !context.Response.HasStarted)
        {
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = Respond.RetryAfterSeconds;
            await context.Response.WriteAsync("The database does not answer. Try again in a moment.", context.RequestAborted);
        }
    }
}
