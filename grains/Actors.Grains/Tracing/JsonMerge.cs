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

        if (JsonNode.Parse(earlier, documentOptions: Options) is not JsonObject target ||
            JsonNode.Parse(later, documentOptions: Options) is not JsonObject source)
        {
            return later;
        }

        Merge(target, source);
        return target.ToJsonString();
    }

    private static void Merge(JsonObject target, JsonObject source)
    {
        foreach (var (key, value) in source.ToArray())
        {
            if (value is JsonObject from && target[key] is JsonObject into)
            {
                Merge(into, from);
            }
            else
            {
                source.Remove(key);
                target[key] = value;
            }
        }
    }
}
