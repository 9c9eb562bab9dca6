using Actors.Tracing;

namespace Actors.Pricing;

/// <summary>How the reports of usage and cost of one event become one list. Pure functions; keys stay unique.</summary>
public static class UsageRules
{
    /// <summary>A list of usage or cost keeps at most so many entries; the ones after are ignored.</summary>
    public const int MaxEntries = 100;

    /// <summary>The greatest count: the last integer that every JSON reader represents exactly.</summary>
    public const long MaxUnits = 9_007_199_254_740_991;

    /// <summary>Cost is rounded to this many decimals, half to even.</summary>
    public const int CostDecimals = 12;

    /// <summary>A greater cost in US dollars is a mistake of the client and ignored; it would overflow sums.</summary>
    public const decimal MaxCost = 1_000_000_000_000m;

    /// <summary>
    /// The units of one event: those of the deprecated <paramref name="legacy"/> usage, of which
    /// <paramref name="details"/> replace the ones with the same key. A missing legacy total is the sum of its parts.
    /// </summary>
    public static IReadOnlyList<UsageEntry> Combine(LegacyUsage? legacy, IReadOnlyList<UsageEntry> details)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (legacy is null)
        {
            return details;
        }
        var combined = new List<UsageEntry>(details.Count + 3);
        AddUnless(details, combined, "input", legacy.Input);
        AddUnless(details, combined, "output", legacy.Output);
        // A total of 0 is what some clients send for "not counted".
        long? sum = legacy.Input is null && legacy.Output is null ? legacy.Total : Sum(legacy.Input ?? 0, legacy.Output ?? 0);
        AddUnless(details, combined, "total", legacy.Total is > 0 ? legacy.Total : sum);
        combined.AddRange(details.Take(MaxEntries - combined.Count));
        return combined;
    }

    /// <summary>The cost that one event says: that of its legacy usage, of which the details replace the same keys.</summary>
    public static IReadOnlyList<CostEntry> Combine(LegacyUsage? legacy, IReadOnlyList<CostEntry> details)
    {
        ArgumentNullException.ThrowIfNull(details);
        if (legacy is not { InputCost: not null } and not { OutputCost: not null } and not { TotalCost: not null })
        {
            return details;
        }
        var combined = new List<CostEntry>(details.Count + 3);
        AddUnless(details, combined, "input", legacy.InputCost);
        AddUnless(details, combined, "output", legacy.OutputCost);
        AddUnless(details, combined, "total", legacy.TotalCost);
        combined.AddRange(details.Take(MaxEntries - combined.Count));
        return combined;
    }

    /// <summary>The usage itself if it has a total or is empty, else with the sum of all keys as its total.</summary>
    public static IReadOnlyList<UsageEntry> WithTotal(IReadOnlyList<UsageEntry> usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        if (usage.Count == 0)
        {
            return usage;
        }
        var complete = new UsageEntry[usage.Count + 1];
        long total = 0;
        for (var i = 0; i < usage.Count; i++)
        {
            complete[i] = usage[i];
            if (complete[i].Key == "total")
            {
                return usage;
            }
            total = Sum(total, complete[i].Units);
        }
        complete[^1] = new("total", total);
        return complete;
    }

    private static long Sum(long left, long right) => left > MaxUnits - right ? MaxUnits : left + right;

    private static void AddUnless(IReadOnlyList<UsageEntry> details, List<UsageEntry> combined, string key, long? units)
    {
        if (units is { } count && !details.Any(entry => entry.Key == key))
        {
            combined.Add(new(key, count));
        }
    }

    private static void AddUnless(IReadOnlyList<CostEntry> details, List<CostEntry> combined, string key, decimal? cost)
    {
        if (cost is { } amount && !details.Any(entry => entry.Key == key))
        {
            combined.Add(new(key, amount));
        }
    }
}
