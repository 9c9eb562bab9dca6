using Actors.Contracts;
using Actors.Live;
using Actors.Tracing;
using Actors.Web.Api;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Actors.Web.Hubs;

/// <summary><c>POST /actors/live/tokens</c>: with the secret key, a token for a browser.</summary>
internal static class LiveTokenEndpoint
{
    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/actors/live/tokens", CreateAsync);

    private static async Task CreateAsync(HttpContext context, LiveTokens tokens, IOptions<LiveHubOptions> options, TimeProvider time)
    {
        using var document = await JsonBody.ReadAsync(context, isOptional: true);
        if (document is null)
        {
            return;
        }

        var body = new BodyReader(document.RootElement);
        body.RefuseOthers("filter", "session", "user", "prompt", "traceId", "detail", "expiresIn");
        var all = new LiveAccess(context.GetProject());
        var reader = new LiveQuestionReader(all);
        var filter = reader.Part(new LiveSubscribe
        {
            Filter = body.Text("filter", max: LiveQuestionReader.MaxFilterLength),
            Session = body.Text("session", max: LiveSeriesKey.MaxValueLength),
            User = body.Text("user", max: LiveSeriesKey.MaxValueLength),
            Prompt = body.Text("prompt", max: LiveSeriesKey.MaxValueLength),
        });
        var traceId = body.Text("traceId", max: StreamId.MaxIdLength);
        if (traceId is not null && (!StreamId.IsValidId(traceId) || !filter.IsEverything))
        {
            body.Refuse("invalid_value", "traceId", "Invalid input: expected the id of a trace, and nothing else that narrows");
        }

        var seconds = body.Integer("expiresIn", min: 1, max: (int)options.Value.MaxTokenLifetime.TotalSeconds);
        var detail = body.Flag("detail") ?? false;
        foreach (var (field, message) in reader.Problems)
        {
            body.Refuse("invalid_value", field, "Invalid input: " + message);
        }

        if (await body.RefusedAsync(context))
        {
            return;
        }

        var lifetime = seconds is { } asked ? TimeSpan.FromSeconds(asked) : DefaultLifetime;
        var expiresAt = time.GetUtcNow() + (lifetime < options.Value.MaxTokenLifetime ? lifetime : options.Value.MaxTokenLifetime);
        var token = tokens.Write(all with { Filter = filter, TraceId = traceId, Detail = detail }, expiresAt);
        context.Response.Headers.CacheControl = "no-store";
        await Respond.JsonAsync(context, StatusCodes.Status200OK, new LiveTokenBody(token, expiresAt), ContractsJsonContext.Wire.LiveTokenBody);
    }
}
