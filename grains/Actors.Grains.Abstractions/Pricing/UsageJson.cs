using System.Text.Json;

namespace Actors.Pricing;

/// <summary>Reads usage and cost objects from JSON.</summary>
public static class UsageJson
{
    /// <summary>
    /// The entries of a JSON object; empty for anything else. Objects are followed one level deep, which is as deep as
    /// usage goes. Of entries with one key the last one counts, as everywhere in JSON. Reading ends at one entry more
    /// than a list keeps (<see cref="UsageRules.MaxEntries"/>), so that shapes with exact keys see that there are others.
    /// </summary>
    public static UsageNode[] Read(JsonElement value) => Read(value, depth: 0);

    private static UsageNode[] Read(JsonElement value, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return [];
        }
        var nodes = new List<UsageNode>(Math.Min(value.GetPropertyCount(), UsageRules.MaxEntries + 1));
        foreach (var property in value.EnumerateObject())
        {
            if (nodes.Count > UsageRules.MaxEntries)
            {
                break;
            }
            if (Node(property, depth) is not { } node)
            {
                continue;
            }
            var known = nodes.FindIndex(other => other.Key == node.Key);
            if (known >= 0)
            {
                nodes[known] = node;
            }
            else
            {
                nodes.Add(node);
            }
        }
        return [.. nodes];
    }

    private static UsageNode? Node(JsonProperty property, int depth)
    {
        try
        {
            return property.Value.ValueKind switch
            {
                JsonValueKind.Null => UsageNode.OfNull(property.Name),
                JsonValueKind.Number when property.Value.TryGetDecimal(out var number) => UsageNode.Of(property.Name, number),
                JsonValueKind.String => UsageNode.Of(property.Name, property.Value.GetString()!),
                JsonValueKind.Object when depth == 0 => UsageNode.Of(property.Name, Read(property.Value, depth + 1)),
                _ => UsageNode.OfOther(property.Name),
            };
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half a surrogate pair, which is no text and so neither a key nor a number.
            return null;
        }
    }
}
