using System.Text.Json;
using Actors.Contracts;
using Actors.Web.Auth;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Web.Api;

/// <summary>Reads the JSON body of a request, bounded in size, depth and in what is under way at once.</summary>
internal static class JsonBody
{
    // Callers who manage organizations have no project; they share one budget.
    private static readonly ProjectId Management = new("management.");

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = JsonText.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>The body; null when it is not one that can be read, which has then been answered. Dispose it after use.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isOptional">Whether no body at all stands for an empty object.</param>
    public static async Task<JsonDocument?> ReadAsync(HttpContext context, bool isOptional = false)
    {
        var maxBytes = context.RequestServices.GetRequiredService<IOptions<IngestionOptions>>().Value.MaxBatchBytes;
        var entered = context.Features.Get<Admitted>();
        var reason = RefusalReason.AllBytes;
        using var lease = entered is null ? Take(context, maxBytes, out reason) : null;
        if (entered is null && lease is null)
        {
            await context.RequestServices.GetRequiredService<Admission>().RefuseAsync(context, reason);
            return null;
        }

        var (body, problem) = await RequestBody.ReadAsync(context.Request, maxBytes);
        using (body)
        {
            entered?.Resize(body?.Length ?? 0);
            switch (body is null ? problem : BodyProblem.None)
            {
                case BodyProblem.None when isOptional && body!.Length == 0:
                    return JsonDocument.Parse("{}");
                case BodyProblem.None:
                    return await ParseAsync(context, body!.Bytes);
                case BodyProblem.TooLarge:
                    await Respond.ErrorAsync(context, 413, "Request body is too large", "PayloadTooLargeError");
                    return null;
                case BodyProblem.UnknownEncoding:
                    await Respond.ErrorAsync(context, 415, RequestBody.EncodingMessage, "UnsupportedMediaTypeError");
                    return null;
                default:
                    await RefuseAsync(context, "The body could not be read or unpacked.");
                    return null;
            }
        }
    }

    private static InFlightBudget.Lease? Take(HttpContext context, int maxBytes, out RefusalReason reason) =>
        context.RequestServices.GetRequiredService<InFlightBudget>().TryTake(
            context.Features.Get<ProjectAccess>()?.Project.Id ?? Management, RequestBody.Expect(context.Request, maxBytes), out reason);

    private static async Task<JsonDocument?> ParseAsync(HttpContext context, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            if (ReadText(bytes.Span, out var text) is { } problem)
            {
                await RefuseAsync(context, "Invalid input: the body " + problem);
                return null;
            }

            return JsonDocument.Parse(text!, Options);
        }
        catch (JsonException)
        {
            await RefuseAsync(context, "Invalid JSON: expected one value, nested at most 64 levels, with every key of an object once");
            return null;
        }
    }

    // Reads it once before it is parsed: a document throws only when a broken text in it is asked for.
    private static string? ReadText(ReadOnlySpan<byte> bytes, out string? text)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth });
        reader.Read();
        var problem = JsonText.Read(ref reader, bytes, out text);

        // Throws when something stands behind the value.
        reader.Read();
        return problem;
    }

    private static Task RefuseAsync(HttpContext context, string message) => Respond.IssuesAsync(
        context, new InvalidRequestBody("Invalid request data", [new RequestIssue("invalid_type", [], message)]), "invalid_body");
}
