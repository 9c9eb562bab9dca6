using Actors.Web.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Web.Hubs;

/// <summary>The streams of the hub as server-sent events, and the numbers once.</summary>
internal static class LiveStreamEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var live = routes.MapGroup("/actors").AddEndpointFilter<LiveKeyFilter>();
        live.MapGet("/live", static (HttpContext context) => OnceAsync(context));
        live.MapGet("/live/stream", static (HttpContext context) => NumbersAsync(context));
        live.MapGet("/live/top/stream", static (HttpContext context) => TopAsync(context));
        live.MapGet("/live/traces/{traceId}/stream", static (HttpContext context) => TraceAsync(context));
    }

    private static async Task OnceAsync(HttpContext context)
    {
        if (await QuestionAsync(context, ReadNumbers) is not { } question || await OpenAsync(context, question) is not var (connection, stream))
        {
            return;
        }

        using (connection)
        using (stream)
        {
            await using var frames = stream.Source.ReadAsync(context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
            await frames.MoveNextAsync();
            if (frames.Current.End is { } end)
            {
                await RefuseAsync(context, end.Message);
                return;
            }

            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.BodyWriter.WriteAsync(frames.Current.Json, context.RequestAborted);
        }
    }

    private static Task NumbersAsync(HttpContext context) => StreamAsync(context, ReadNumbers);

    private static Task TopAsync(HttpContext context) => StreamAsync(context, static query =>
    {
        var asked = LiveQueries.Top(query);
        return reader => reader.Top(asked);
    });

    private static Task TraceAsync(HttpContext context) => StreamAsync(context, _ =>
    {
        var traceId = context.GetSegment(1);
        return reader => reader.Trace(traceId);
    });

    private static Func<LiveQuestionReader, LiveQuestion> ReadNumbers(QueryReader query)
    {
        var asked = LiveQueries.Numbers(query);
        return reader => reader.Numbers(asked);
    }

    private static async Task StreamAsync(HttpContext context, Func<QueryReader, Func<LiveQuestionReader, LiveQuestion>> read)
    {
        if (await QuestionAsync(context, read) is not { } question || await OpenAsync(context, question) is not var (connection, stream))
        {
            return;
        }

        using (connection)
        using (stream)
        {
            var services = context.RequestServices;
            var frames = services.GetRequiredService<LiveStreams>().ReadAsync(stream, Access(context), context, context.RequestAborted);
            var end = await EventStream.WriteAsync(
                context,
                frames,
                services.GetRequiredService<IOptions<LiveHubOptions>>().Value.KeepAlive,
                services.GetRequiredService<TimeProvider>());
            if (end is not null)
            {
                await RefuseAsync(context, end.Message);
            }
        }
    }

    // Null: it was answered what is wrong.
    private static async Task<LiveQuestion?> QuestionAsync(HttpContext context, Func<QueryReader, Func<LiveQuestionReader, LiveQuestion>> read)
    {
        var query = new QueryReader(context.Request.Query);
        var ask = read(query);
        if (await query.RefusedAsync(context))
        {
            return null;
        }

        var reader = new LiveQuestionReader(Access(context));
        var question = ask(reader);
        foreach (var (field, message) in reader.Problems)
        {
            query.Refuse("invalid_value", field, "Invalid input: " + message);
        }

        return await query.RefusedAsync(context) ? null : question;
    }

    // Null: it was answered which limit is in the way.
    private static async Task<(LiveConnection, LiveStream)?> OpenAsync(HttpContext context, LiveQuestion question)
    {
        var services = context.RequestServices;
        var connection = services.GetRequiredService<LiveLimits>().TryConnect(question.Project, out var problem);
        if (connection is not null && services.GetRequiredService<LiveStreams>().TryOpen(connection, question, out problem) is { } stream)
        {
            return (connection, stream);
        }

        connection?.Dispose();
        await RefuseAsync(context, problem!);
        return null;
    }

    private static Task RefuseAsync(HttpContext context, string problem) =>
        Respond.ErrorAsync(context, StatusCodes.Status429TooManyRequests, problem, LiveHubDoor.TooMany);

    private static LiveAccess Access(HttpContext context) => context.Features.Get<LiveAccess>()
        ?? throw new InvalidOperationException($"The endpoint {context.GetEndpoint()?.DisplayName} is not behind {nameof(LiveKeyFilter)}.");
}
