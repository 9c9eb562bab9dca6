using Actors.Contracts;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary>
/// <c>DELETE /traces/{id}</c> and <c>DELETE /traces</c> (langfuse-api §3): traces are gone when the answer comes. An id that
/// is unknown is gone too.
/// </summary>
internal static class TraceDeleteEndpoints
{
    private const int MaxTraces = 1_000;
    private const int MaxAtOnce = 16;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapDelete("/traces/{traceId}", DeleteOneAsync);
        routes.MapDelete("/traces", DeleteManyAsync);
    }

    private static async Task DeleteOneAsync(HttpContext context, IGrainFactory grains)
    {
        await DeleteAsync(context, grains, context.GetLastSegment());
        await AnswerAsync(context, "Trace deleted successfully");
    }

    private static async Task DeleteManyAsync(HttpContext context, IGrainFactory grains)
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

        await Parallel.ForEachAsync(
            ids!.Distinct(),
            new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce },
            async (id, _) => await DeleteAsync(context, grains, id));
        await AnswerAsync(context, "Traces deleted successfully");
    }

    private static Task DeleteAsync(HttpContext context, IGrainFactory grains, string traceId) => StreamId.IsValidId(traceId)
        ? GrainCalls.RepeatAsync(
            () => grains.GetGrain<ITraceGrain>(GrainKey.ForStream(context.GetProject(), StreamId.ForTrace(traceId))).DeleteAsync(), context)
        : Task.CompletedTask;

    private static Task AnswerAsync(HttpContext context, string message) =>
        Respond.JsonAsync(context, 200, new MessageBody(message), ContractsJsonContext.Wire.MessageBody);
}
