using Actors.Contracts;
using Actors.Media;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Api;

/// <summary>
/// <c>DELETE /traces/{id}</c> and <c>DELETE /traces</c> (langfuse-api §3): traces are gone when the answer comes. An id that
/// is unknown is gone too.
/// </summary>
internal static class TraceDeleteEndpoints
{
    private const int MaxTraces = 1_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapDelete("/traces/{traceId}", DeleteOneAsync);
        routes.MapDelete("/traces", DeleteManyAsync);
    }

    private static async Task DeleteOneAsync(HttpContext context, IGrainFactory grains, IMediaRemoval media)
    {
        await DeleteAsync(context, grains, media, [context.GetLastSegment()]);
        await AnswerAsync(context, "Trace deleted successfully");
    }

    private static async Task DeleteManyAsync(HttpContext context, IGrainFactory grains, IMediaRemoval media)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        var reader = new BodyReader(body.RootElement);
        var ids = reader.Texts("traceIds", required: true, maxCount: MaxTraces);
        if (ids is { Count: 0 })
        {
            reader.Refuse("too_small", "traceIds", "Too small: expected array to have >=1 items");
        }

        if (await reader.RefusedAsync(context))
        {
            return;
        }

        await DeleteAsync(context, grains, media, ids!);
        await AnswerAsync(context, "Traces deleted successfully");
    }

    private static Task DeleteAsync(HttpContext context, IGrainFactory grains, IMediaRemoval media, IEnumerable<string> traceIds)
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        return TraceRemoval.DeleteAsync(grains, media, time, context.GetProject(), traceIds, context.RequestAborted);
    }

    private static Task AnswerAsync(HttpContext context, string message) =>
        Respond.JsonAsync(context, 200, new MessageBody(message), ContractsJsonContext.Wire.MessageBody);
}
