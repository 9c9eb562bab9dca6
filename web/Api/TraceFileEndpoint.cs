using Actors.Access;
using Actors.Contracts;
using Actors.Tracing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Actors.Web.Api;

/// <summary>
/// What a trace's page offers to save: the trace as the API gives it, or one field as it was sent. It goes by plain HTTP, so
/// that megabytes do not pass through the circuit of the page.
/// </summary>
internal static class TraceFileEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/p/{project}/files/trace", GetAsync);

    private static async Task GetAsync(HttpContext context, string project, string? id, string? span, string? field, IGrainFactory grains, IProjectDirectory projects)
    {
        var info = ProjectId.IsValid(project) ? await projects.FindAsync(new ProjectId(project), context.RequestAborted) : null;
        var document = info is not null && StreamId.IsValidId(id)
            ? await GrainCalls.ReadAsync(() => grains.GetGrain<ITraceGrain>(GrainKey.ForStream(info.Id, StreamId.ForTrace(id!))).ReadAsync(), context)
            : null;
        if (document?.Trace is not { } trace)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (field is null)
        {
            Offer(context, trace.Id, "trace");
            await Respond.JsonAsync(context, 200, document.ToDetail(trace, info!.Id, TraceFieldGroups.All), ContractsJsonContext.Wire.TraceDetailBody);
            return;
        }

        var observation = string.IsNullOrEmpty(span) ? null : document.Observations.FirstOrDefault(o => o.Id == span);
        var text = (field, string.IsNullOrEmpty(span)) switch
        {
            ("input", true) => trace.Input,
            ("output", true) => trace.Output,
            ("metadata", true) => trace.Metadata,
            ("input", false) => observation?.Input,
            ("output", false) => observation?.Output,
            ("metadata", false) => observation?.Metadata,
            _ => null,
        };
        if (text is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        Offer(context, observation?.Id ?? trace.Id, field);
        context.Response.ContentType = "application/json; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    // Ids are the client's; the header quotes what needs it.
    private static void Offer(HttpContext context, string id, string what)
    {
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName($"{what}-{id}.json");
        context.Response.Headers.ContentDisposition = name.ToString();
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
    }
}
