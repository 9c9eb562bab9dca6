using System.Globalization;
using Actors.Tracing;

namespace Actors.Pricing;

/// <summary>
/// Understands the shapes in which clients report usage and cost. A shape with details of its total is turned into
/// parts that do not overlap: cached or reasoning tokens are taken out of the input or output that includes them.
/// </summary>
public static class UsageShapes
{
    private static readonly OpenAiShape Chat = new(
        "prompt_tokens", "completion_tokens", "prompt_tokens_details", "completion_tokens_details");

    private static readonly OpenAiShape Responses = new(
        "input_tokens", "output_tokens", "input_tokens_details", "output_tokens_details");

    /// <summary>
    /// Reads <c>usageDetails</c>: the shape of the OpenAI chat API, the one of its Responses API (each only with
    /// exactly its keys), else a free map of which only non-negative integers are kept, numeric texts included.
    /// </summary>
    public static IReadOnlyList<UsageEntry> Details(ReadOnlySpan<UsageNode> nodes) =>
        Chat.TryRead(nodes) ?? Responses.TryRead(nodes) ?? FreeMap(nodes);

    /// <summary>Reads <c>costDetails</c>: a free map of which only non-negative numbers are kept.</summary>
    public static IReadOnlyList<CostEntry> Costs(ReadOnlySpan<UsageNode> nodes)
    {
        var costs = new List<CostEntry>(Math.Min(nodes.Length, UsageRules.MaxEntries));
        foreach (ref readonly var node in nodes)
        {
            if (costs.Count < UsageRules.MaxEntries && Cost(node) is { } cost)
            {
                costs.Add(new(node.Key, cost));
            }
        }
        return costs;
    }

    /// <summary>
    /// Reads the deprecated <c>usage</c>: {input, output, total, unit, inputCost, outputCost, totalCost} or
    /// {promptTokens, completionTokens, totalTokens}. Unknown keys are ignored.
    /// </summary>
    /// <param name="nodes">The object's entries; none count as absent.</param>
    /// <param name="usage">Null when nothing was said.</param>
    /// <param name="error">Why the event must be refused; null on success.</param>
    /// <returns>False when a count is not an integer.</returns>
    public static bool TryLegacy(ReadOnlySpan<UsageNode> nodes, out LegacyUsage? usage, out string? error)
    {
        (usage, error) = (null, null);
        if (nodes.IsEmpty)
        {
            return true;
        }
        var tokens = Find(nodes, "promptTokens") >= 0 || Find(nodes, "completionTokens") >= 0 || Find(nodes, "totalTokens") >= 0;
        var (inputKey, outputKey, totalKey) = tokens
            ? ("promptTokens", "completionTokens", "totalTokens")
            : ("input", "output", "total");
        if (!TryCount(nodes, inputKey, out var input, out error)
            || !TryCount(nodes, outputKey, out var output, out error)
            || !TryCount(nodes, totalKey, out var total, out error))
        {
            return false;
        }
        var unit = Find(nodes, "unit");
        usage = new()
        {
            Input = input,
            Output = output,
            Total = total,
            Unit = tokens ? "TOKENS" : unit < 0 ? null : nodes[unit].Text,
            InputCost = tokens ? null : CostOf(nodes, "inputCost"),
            OutputCost = tokens ? null : CostOf(nodes, "outputCost"),
            TotalCost = tokens ? null : CostOf(nodes, "totalCost"),
        };
        return true;
    }

    private static List<UsageEntry> FreeMap(ReadOnlySpan<UsageNode> nodes)
    {
        var entries = new List<UsageEntry>(Math.Min(nodes.Length, UsageRules.MaxEntries));
        foreach (ref readonly var node in nodes)
        {
            var units = node.Kind == UsageNodeKind.Text ? Parsed(node.Text!) : Count(node);
            if (units is { } count && entries.Count < UsageRules.MaxEntries)
            {
                entries.Add(new(node.Key, count));
            }
        }
        return entries;
    }

    private static long? Parsed(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var units)
        && units is >= 0 and <= UsageRules.MaxUnits ? units : null;

    internal static long? Count(in UsageNode node) =>
        node.Kind == UsageNodeKind.Number && node.Number is >= 0 and <= UsageRules.MaxUnits && decimal.IsInteger(node.Number)
            ? (long)node.Number
            : null;

    private static decimal? Cost(in UsageNode node) =>
        node.Kind == UsageNodeKind.Number && node.Number is >= 0 and <= UsageRules.MaxCost
            ? decimal.Round(node.Number, UsageRules.CostDecimals)
            : null;

    private static decimal? CostOf(ReadOnlySpan<UsageNode> nodes, string key) => Find(nodes, key) is >= 0 and var at ? Cost(nodes[at]) : null;

    private static bool TryCount(ReadOnlySpan<UsageNode> nodes, string key, out long? count, out string? error)
    {
        (count, error) = (null, null);
        var at = Find(nodes, key);
        if (at < 0 || nodes[at].Kind == UsageNodeKind.Null)
        {
            return true;
        }
        if (nodes[at].Kind != UsageNodeKind.Number || !decimal.IsInteger(nodes[at].Number))
        {
            error = $"usage.{key} must be an integer";
            return false;
        }
        // A negative count is an integer, so the event stands, but there is nothing to count.
        count = Count(nodes[at]);
        return true;
    }

    internal static int Find(ReadOnlySpan<UsageNode> nodes, string key)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Key == key)
            {
                return i;
            }
        }
        return -1;
    }
}
