using Actors.Tracing;

namespace Actors.Pricing;

/// <summary>
/// Usage as OpenAI's APIs report it: three required counts and, optionally, what part of the input and of the output
/// was cached, reasoning, audio and so on. Any other key, or a value of another type, and it is not this shape.
/// </summary>
internal sealed class OpenAiShape(string inputKey, string outputKey, string inputDetailsKey, string outputDetailsKey)
{
    public IReadOnlyList<UsageEntry>? TryRead(ReadOnlySpan<UsageNode> nodes)
    {
        long? input = null, output = null, total = null;
        int inputDetails = -1, outputDetails = -1;
        for (var i = 0; i < nodes.Length; i++)
        {
            var key = nodes[i].Key;
            if (key == inputDetailsKey)
            {
                inputDetails = i;
                continue;
            }
            if (key == outputDetailsKey)
            {
                outputDetails = i;
                continue;
            }
            if (UsageShapes.Count(nodes[i]) is not { } count)
            {
                return null;
            }
            if (key == inputKey)
            {
                input = count;
            }
            else if (key == outputKey)
            {
                output = count;
            }
            else if (key == "total_tokens")
            {
                total = count;
            }
            else
            {
                return null;
            }
        }
        if (input is not { } inputs || output is not { } outputs || total is not { } totals)
        {
            return null;
        }
        var entries = new List<UsageEntry> { new("input", inputs), new("output", outputs), new("total", totals) };
        return TryTakeOut(nodes, inputDetails, "input_", 0, entries) && TryTakeOut(nodes, outputDetails, "output_", 1, entries)
            ? entries
            : null;
    }

    /// <summary>Gives each detail an entry of its own and takes it out of the entry that includes it, not below 0.</summary>
    private static bool TryTakeOut(ReadOnlySpan<UsageNode> nodes, int at, string prefix, int whole, List<UsageEntry> entries)
    {
        if (at < 0 || nodes[at].Kind == UsageNodeKind.Null)
        {
            return true;
        }
        if (nodes[at].Kind != UsageNodeKind.Map)
        {
            return false;
        }
        var rest = entries[whole].Units;
        foreach (ref readonly var detail in nodes[at].Children)
        {
            if (detail.Kind == UsageNodeKind.Null)
            {
                continue;
            }
            if (UsageShapes.Count(detail) is not { } units)
            {
                return false;
            }
            rest = Math.Max(rest - units, 0);
            if (entries.Count < UsageRules.MaxEntries)
            {
                entries.Add(new(prefix + detail.Key, units));
            }
        }
        entries[whole] = entries[whole] with { Units = rest };
        return true;
    }
}
