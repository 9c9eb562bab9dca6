using System.Text.Json;

namespace Actors.Pricing;

/// <summary>Reads usage and cost objects from JSON.</summary>
public static class UsageJson
{
    /// <summary>
    /// The entries of a JSON object; empty for anything else. Objects are followed one level deep, which is as deep as
    /// usage goes. Of entries with one key the last one counts, as everywhere in JSON.
    /// </summary>
    public static UsageNode[] Read(JsonElement value) => Read(value, depth: 0);

    private static UsageNode[] Read(JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [];
        }
        // One more than any list of entries keeps, so that a shape with exact keys still sees that there are others.
        var nodes = new List<UsageNode>(Math.Min(value.GetPropertyCount(), UsageRules.MaxEntries + 1));
        foreach (var property in value.EnumerateObject())
        {
            var node = Node(property, depth);
            var known = nodes.FindIndex(other => other.Key == node.Key);
            if (known >= 0)
            {
                nodes[known] = node;
            }
            else if (nodes.Count <= UsageRules.MaxEntries)
            {
                nodes.Add(node);
            }
        }
        return [.. nodes];
    }

    private static UsageNode Node(JsonProperty property, int depth) => property.Value.ValueKind switch
    {
        JsonValueKind.Null => UsageNode.OfNull(property.Name),
        JsonValueKind.Number when property.Value.TryGetDecimal(out var number) => UsageNode.Of(property.Name, number),
        JsonValueKind.String => UsageNode.Of(property.Name, property.Value.GetString()!),
        JsonValueKind.Object when depth == 0 => UsageNode.Of(property.Name, Read(property.Value, depth + 1)),
        _ => UsageNode.OfOther(property.Name),
    };
}
