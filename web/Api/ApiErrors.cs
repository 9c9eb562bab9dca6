using Actors.Access;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Api;

/// <summary>Gives every failure under <c>/api/public</c> the body of the contract (langfuse-api §0.3).</summary>
internal sealed partial class ApiErrors(RequestDelegate next, ILogger<ApiErrors> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody reads an answer.
            return;
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await Respond.ErrorAsync(context, e.StatusCode, "Invalid request data", "InvalidRequestError");
            return;
        }
        catch (EventLogOverloadedException) when (!context.Response.HasStarted)
        {
            await context.RequestServices.GetRequiredService<Admission>().RefuseAsync(context, RefusalReason.LogQueue);
            return;
        }
        catch (EventLogUnavailableException e) when (!context.Response.HasStarted)
        {
            LogFailed(e, context.Request.Method, context.GetEndpoint()?.DisplayName);
            await Respond.UnavailableAsync(context, "The event log does not answer; send the request again.");
            return;
        }
        catch (ReadModelBehindException) when (!context.Response.HasStarted)
        {
            await Respond.UnavailableAsync(context, "It is not known yet whether this exists: the read model is being built. Ask again.");
            return;
        }
        catch (ControlPlaneUnavailableException e) when (!context.Response.HasStarted)
        {
            LogUnavailable(e.InnerException?.Message ?? e.Message, context.Request.Method, context.GetEndpoint()?.DisplayName);
            await Respond.UnavailableAsync(context, e.Message);
            return;
        }
        catch (QueryTooLongException) when (!context.Response.HasStarted)
        {
            await Respond.ErrorAsync(
                context, 422, "The query took too long. Ask for less: a shorter time, fewer columns, more filters.", "Request timed out");
            return;
        }
        catch (Exception e) when (GrainCalls.IsPassing(e) && !context.Response.HasStarted)
        {
            LogFailed(e, context.Request.Method, context.GetEndpoint()?.DisplayName);
            await Respond.UnavailableAsync(context, "The server that has this does not answer; send the request again.");
            return;
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(e, context.Request.Method, context.GetEndpoint()?.DisplayName);
            context.Response.Clear();
            await Respond.ErrorAsync(context, 500, "Internal Server Error", "InternalServerError");
            return;
        }

        if (context.Response.HasStarted || context.Response.ContentLength > 0)
        {
            return;
        }

        if (context.Response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            await Respond.ErrorAsync(context, 405, "Method not allowed", "MethodNotAllowedError");
        }
        else if (context.Response.StatusCode == StatusCodes.Status404NotFound)
        {
            await Respond.NotFoundAsync(context, "Not found");
        }
    }

    [LoggerMessage(4010, LogLevel.Error, "{Method} {Endpoint} failed.")]
    private partial void LogFailed(Exception exception, string method, string? endpoint);

    // Without the stack: while the database is away, it would be the same one many times a second.
    [LoggerMessage(4012, LogLevel.Warning, "{Method} {Endpoint} was answered with 503: {Reason}")]
    private partial void LogUnavailable(string reason, string method, string? endpoint);
}
