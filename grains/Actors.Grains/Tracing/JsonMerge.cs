using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Grains.Tracing;

/// <summary>Deep merge of JSON objects: keys of the later one win, objects under the same key are merged in turn.</summary>
internal static class JsonMerge
{
    // Deeper documents are refused at the border; the fold must still survive what an older version let in.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 512 };

    public static string? Merge(string? earlier, string? later)
    {
        if (later is null || later == earlier)
        {
            return earlier;
        }

        if (earlier is null)
        {
            return later;
        }

        try
        {
            using var first = JsonDocument.Parse(earlier, Options);
            using var second = JsonDocument.Parse(later, Options);
            if (first.RootElement.ValueKind != JsonValueKind.Object || second.RootElement.ValueKind != JsonValueKind.Object)
            {
                return later;
            }

            var target = new JsonObject();
            Merge(target, first.RootElement);
            Merge(target, second.RootElement);
            return target.ToJsonString();
        }
        catch (JsonException)
        {
            // What cannot be read can be replaced; a trace must not become unreadable by its metadata.
            return later;
        }
    }

    // By hand, because JSON allows a key twice in one object and JsonObject does not: the last one stands.
    private static void Merge(JsonObject target, JsonElement source)
    {
        foreach (var property in source.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Object)
            {
                target[property.Name] = Copy(property.Value);
                continue;
            }

            if (target[property.Name] is not JsonObject into)
            {
                target[property.Name] = into = [];
            }

            Merge(into, property.Value);
        }
    }

    private static JsonNode? Copy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Array => JsonArray.Create(value.Clone()),
        _ => JsonValue.Create(value.Clone()),
    };
}
