using Actors.Tracing;

namespace Actors.Grains.Pricing;

/// <summary>How usage becomes cost. Pure: the same arguments always give the same result.</summary>
public static class CostRules
{
    /// <summary>Cost is rounded to this many decimals, half to even.</summary>
    public const int CostDecimals = 12;

    private const string Total = "total";

    /// <summary>Finds the tier and the cost of one observation.</summary>
    /// <param name="model">The matched model; null when the name is unknown.</param>
    /// <param name="usage">The final units, the total included; keys are unique.</param>
    /// <param name="provided">Cost that the client said itself; if there is any, nothing is computed.</param>
    /// <param name="attributes">The values that tiers may depend on.</param>
    /// <returns>
    /// The total is null where the cost is unknown, never a silent 0. Without usage there is no tier, and the prices
    /// are those of the model's default tier.
    /// </returns>
    public static ObservationCost Compute(
        ModelPrice? model,
        ReadOnlySpan<UsageEntry> usage,
        ReadOnlySpan<CostEntry> provided,
        ReadOnlySpan<PricingAttribute> attributes)
    {
        var tier = model is null || usage.IsEmpty ? null : model.ChooseTier(usage, attributes);
        if (!provided.IsEmpty)
        {
            return Provided(model, tier, provided);
        }
        if (tier is null)
        {
            return model is null ? ObservationCost.Unknown : Result(model, null, [], null);
        }
        return Priced(model!, tier, usage);
    }

    /// <inheritdoc cref="Compute(ModelPrice?, ReadOnlySpan{UsageEntry}, ReadOnlySpan{CostEntry}, ReadOnlySpan{PricingAttribute})"/>
    public static ObservationCost Compute(
        ModelPrice? model,
        IReadOnlyList<UsageEntry> usage,
        IReadOnlyList<CostEntry> provided,
        IReadOnlyList<PricingAttribute> attributes) =>
        Compute(model, Spans.Of(usage), Spans.Of(provided), Spans.Of(attributes));

    private static ObservationCost Provided(ModelPrice? model, PricingTier? tier, ReadOnlySpan<CostEntry> provided)
    {
        var details = new CostEntry[provided.Length];
        decimal? total = null;
        decimal ends = 0;
        var onlyEnds = true;
        for (var i = 0; i < provided.Length; i++)
        {
            var cost = Rounded(provided[i].CostUsd);
            details[i] = new(provided[i].Key, cost);
            switch (provided[i].Key)
            {
                case Total:
                    total = cost;
                    break;
                case "input" or "output":
                    ends += cost;
                    break;
                default:
                    onlyEnds = false;
                    break;
            }
        }
        if (total is null && onlyEnds)
        {
            return Result(model, tier, [.. details, new(Total, ends)], ends);
        }

        // Other keys may overlap each other in ways that only the client knows, so they are not summed.
        return Result(model, tier, details, total);
    }

    private static ObservationCost Priced(ModelPrice model, PricingTier tier, ReadOnlySpan<UsageEntry> usage)
    {
        var priced = 0;
        var hasTotal = false;
        foreach (ref readonly var entry in usage)
        {
            if (tier.TryPrice(entry.Key, out _))
            {
                priced++;
                hasTotal |= entry.Key == Total;
            }
        }
        if (priced == 0)
        {
            return Result(model, tier, [], null);
        }
        var details = new CostEntry[hasTotal ? priced : priced + 1];
        var at = 0;
        decimal sum = 0;
        decimal total = 0;
        foreach (ref readonly var entry in usage)
        {
            if (!tier.TryPrice(entry.Key, out var price))
            {
                continue;
            }
            var cost = Rounded(price * entry.Units);
            details[at++] = new(entry.Key, cost);
            sum += cost;
            if (hasTotal && entry.Key == Total)
            {
                total = cost;
            }
        }
        if (!hasTotal)
        {
            details[at] = new(Total, sum);
            total = sum;
        }
        return Result(model, tier, details, total);
    }

    private static ObservationCost Result(ModelPrice? model, PricingTier? tier, CostEntry[] details, decimal? total)
    {
        var prices = tier ?? model?.DefaultTier;
        return new()
        {
            Details = details,
            TotalUsd = total,
            ModelId = model?.Id,
            TierId = tier?.Id,
            TierName = tier?.Name,
            InputPrice = prices?.InputPrice,
            OutputPrice = prices?.OutputPrice,
            TotalPrice = prices?.TotalPrice,
        };
    }

    private static decimal Rounded(decimal cost) => decimal.Round(cost, CostDecimals);
}
