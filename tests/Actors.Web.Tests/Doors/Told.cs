using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Grains.Pricing;
using Actors.Testing;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests.Doors;

/// <summary>What a trace and its observations say in the end, as text that is the same where the meaning is.</summary>
internal static class Told
{
    // A span says besides where it comes from, which only spans can (langfuse-semantics §4.1).
    private static readonly string[] OfSpansOnly = ["scope", "resourceAttributes", "attributes"];

    public static async Task<string> ByAsync(ApiServer server, StreamId stream, IReadOnlyList<StreamEvent> events)
    {
        var row = new LogRow
        {
            Stream = stream, Version = 1, Position = 1, PriceBook = PriceBooks.Current.Version, ReceivedAt = LogSamples.Noon, Events = events,
        };
        var folder = server.Services.GetRequiredService<IStreamFolder>();
        await folder.PrepareAsync(FakeProjects.One.Id, [row], TestContext.Current.CancellationToken);
        var fold = folder.Start(FakeProjects.One.Id, stream, LogText.With);
        fold.Load([row]);
        return RecordText.Of(Plain(fold.GetTrace()!)) + "\n" + RecordText.Of(fold.GetObservations().Select(Plain));
    }

    private static TraceRecord Plain(TraceRecord trace) => trace with
    {
        Metadata = Metadata(trace.Metadata), Input = Json(trace.Input), Output = Json(trace.Output),
    };

    private static ObservationRecord Plain(ObservationRecord o) => o with
    {
        Metadata = Metadata(o.Metadata),
        Input = Json(o.Input),
        Output = Json(o.Output),
        ModelParameters = Json(o.ModelParameters),
        Usage = [.. o.Usage.OrderBy(u => u.Key, StringComparer.Ordinal)],
        Cost = o.Cost with { Details = [.. o.Cost.Details.OrderBy(c => c.Key, StringComparer.Ordinal)] },

        // Some shapes of usage name the unit that the others leave unsaid (langfuse-api §1.2).
        UsageUnit = o.Usage.Count > 0 ? o.UsageUnit ?? "TOKENS" : null,
    };

    private static string? Metadata(string? json)
    {
        if (json is null)
        {
            return null;
        }

        var metadata = JsonNode.Parse(json)!.AsObject();
        foreach (var key in OfSpansOnly)
        {
            metadata.Remove(key);
        }

        return metadata.Count == 0 ? null : Json(metadata.ToJsonString());
    }

    // The order of properties and the escapes of texts say nothing; numbers keep the digits that were sent.
    private static string? Json(string? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Write(document.RootElement, text);
        return text.ToString();
    }

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    text.Append(text.Length > 0 && text[^1] == '{' ? "" : ",").Append(JsonSerializer.Serialize(property.Name)).Append(':');
                    Write(property.Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append(JsonSerializer.Serialize(value.GetString()));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }
}
