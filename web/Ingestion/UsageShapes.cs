using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>One property of a usage or cost object as the client sent it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Units">Its value when it is a whole number or a string of one; else null.</param>
/// <param name="Number">Its value when it is any number; else null.</param>
/// <param name="Text">Its value when it is a string; else null.</param>
/// <param name="IsNull">Whether it is null, which counts as not said.</param>
/// <param name="Nested">Its properties when it is an object; else null.</param>
internal readonly record struct UsageProperty(
    string Key, long? Units, double? Number, string? Text, bool IsNull, IReadOnlyList<UsageProperty>? Nested)
{
    /// <summary>Whether the value is a whole number of zero or more, as a number.</summary>
    public bool IsCount => Units >= 0 && Text is null;
}

/// <summary>Makes one list of units out of the shapes that clients send (langfuse-api §1.2, langfuse-semantics §6.1).</summary>
internal static class UsageShapes
{
    /// <summary>The most kinds of unit that one observation may have.</summary>
    public const int MaxEntries = 100;

    public const string Total = "total";

    private static readonly string[] Units = ["TOKENS", "CHARACTERS", "MILLISECONDS", "SECONDS", "IMAGES", "REQUESTS"];

    private static readonly (string Long, string Short)[] LegacyNames =
        [("promptTokens", "input"), ("completionTokens", "output"), ("totalTokens", Total)];

    private static readonly (string Input, string Output)[] ProviderShapes =
        [("prompt_tokens", "completion_tokens"), ("input_tokens", "output_tokens")];

    /// <summary>Reads the deprecated <c>usage</c>: input, output, total, or their longer names, or what a provider answers.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? ReadLegacy(IReadOnlyList<UsageProperty> said, List<UsageEntry> usage, List<CostEntry> cost, out string? unit)
    {
        unit = null;
        long? input = null, output = null, total = null;
        foreach (var property in said)
        {
            var key = Array.Find(LegacyNames, n => n.Long == property.Key).Short ?? property.Key;
            if (key is "input" or "output" or Total)
            {
                if (!property.IsCount && !property.IsNull)
                {
                    return $"{property.Key} is not a whole number of zero or more";
                }

                _ = key switch
                {
                    "input" => input = property.Units ?? input,
                    "output" => output = property.Units ?? output,
                    _ => total = property.Units ?? total,
                };
                unit ??= key != property.Key ? "TOKENS" : null;
            }
            else if (key == "unit" && !property.IsNull)
            {
                unit = property.Text;
                if (Array.IndexOf(Units, unit) < 0)
                {
                    return "unit is none of " + string.Join(", ", Units);
                }
            }
            else if (key is "inputCost" or "outputCost" or "totalCost" && property.Number is { } number
                && !TryAddCost(key[..^4], number, cost))
            {
                return $"{key} is too large";
            }
        }

        if (input is null && output is null && total is null)
        {
            return ReadDetails(said.Where(p => p.Key.Contains("_tokens", StringComparison.Ordinal)).ToList(), usage);
        }

        Add(usage, "input", input);
        Add(usage, "output", output);
        Add(usage, Total, total is > 0 ? total : Saturate((input ?? 0) + (decimal)(output ?? 0)));
        return null;
    }

    /// <summary>Reads <c>usageDetails</c>: one of the providers' shapes, else a free map of kinds to units.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? ReadDetails(IReadOnlyList<UsageProperty> said, List<UsageEntry> usage)
    {
        foreach (var (input, output) in ProviderShapes)
        {
            if (TryReadProvider(said, input, output, usage))
            {
                return null;
            }
        }

        foreach (var property in said)
        {
            Add(usage, property.Key, property.Units is >= 0 ? property.Units : null);
        }

        return usage.Count > MaxEntries ? $"has more than {MaxEntries} kinds of unit" : null;
    }

    /// <summary>Puts details on top of the deprecated usage and adds a total where there is none.</summary>
    public static IReadOnlyList<UsageEntry> Merge(List<UsageEntry> legacy, List<UsageEntry> details)
    {
        if (legacy.Count == 0 && details.Count == 0)
        {
            return [];
        }

        var merged = new List<UsageEntry>(legacy.Count + details.Count + 1);
        merged.AddRange(details);
        foreach (var entry in legacy)
        {
            if (!merged.Exists(m => m.Key == entry.Key))
            {
                merged.Add(entry);
            }
        }

        if (!merged.Exists(m => m.Key == Total))
        {
            merged.Add(new UsageEntry(Total, Saturate(merged.Sum(m => (decimal)m.Units))));
        }

        return merged;
    }

    /// <summary>Reads <c>costDetails</c>: numbers of zero or more are kept, the rest is dropped.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? ReadCost(IReadOnlyList<UsageProperty> said, List<CostEntry> cost)
    {
        foreach (var property in said)
        {
            if (property.Number is { } number && !TryAddCost(property.Key, number, cost))
            {
                return $"{property.Key} is too large";
            }
        }

        return cost.Count > MaxEntries ? $"has more than {MaxEntries} kinds of cost" : null;
    }

    private static bool TryAddCost(string key, double number, List<CostEntry> cost)
    {
        if (number is < 0 or double.NaN)
        {
            return true;
        }

        if (number > 1e15)
        {
            return false;
        }

        cost.RemoveAll(c => c.Key == key);
        cost.Add(new CostEntry(key, decimal.Round((decimal)number, 12, MidpointRounding.ToEven)));
        return true;
    }

    private static bool TryReadProvider(IReadOnlyList<UsageProperty> said, string input, string output, List<UsageEntry> usage)
    {
        UsageProperty? inputUnits = null, outputUnits = null, total = null;
        IReadOnlyList<UsageProperty> inputDetails = [], outputDetails = [];
        foreach (var property in said)
        {
            if (property.Key == input && property.IsCount)
            {
                inputUnits = property;
            }
            else if (property.Key == output && property.IsCount)
            {
                outputUnits = property;
            }
            else if (property.Key == "total_tokens" && property.IsCount)
            {
                total = property;
            }
            else if (property.Key == input + "_details" && (property.IsNull || AreCounts(property.Nested)))
            {
                inputDetails = property.Nested ?? [];
            }
            else if (property.Key == output + "_details" && (property.IsNull || AreCounts(property.Nested)))
            {
                outputDetails = property.Nested ?? [];
            }
            else
            {
                return false;
            }
        }

        if (inputUnits is null || outputUnits is null || total is null || inputDetails.Count + outputDetails.Count > MaxEntries - 3)
        {
            return false;
        }

        AddWithDetails(usage, "input", inputUnits.Value.Units!.Value, inputDetails);
        AddWithDetails(usage, "output", outputUnits.Value.Units!.Value, outputDetails);
        Add(usage, Total, total.Value.Units);
        return true;
    }

    private static bool AreCounts(IReadOnlyList<UsageProperty>? details) => details?.All(d => d.IsCount || d.IsNull) == true;

    private static void AddWithDetails(List<UsageEntry> usage, string key, long units, IReadOnlyList<UsageProperty> details)
    {
        var rest = (decimal)units;
        foreach (var detail in details)
        {
            Add(usage, $"{key}_{detail.Key}", detail.Units);
            rest -= detail.Units ?? 0;
        }

        Add(usage, key, rest > 0 ? (long)rest : 0);
    }

    private static void Add(List<UsageEntry> usage, string key, long? units)
    {
        if (units is { } value)
        {
            usage.RemoveAll(u => u.Key == key);
            usage.Add(new UsageEntry(key, value));
        }
    }

    private static long Saturate(decimal sum) => sum > long.MaxValue ? long.MaxValue : (long)sum;
}
