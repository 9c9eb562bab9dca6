using Actors.Contracts;
using Actors.Pricing;
using Actors.Tracing;

namespace Actors.Web.Api;

/// <summary>Models as they are on the wire.</summary>
internal static class ModelMapper
{
    public static ModelBody ToBody(ModelDefinition model)
    {
        var prices = model.Tiers.First(t => t.IsDefault).Prices.ToDictionary(p => p.Key, p => WireNumbers.Trim(p.Value));
        return new ModelBody
        {
            Id = model.Id,
            ModelName = model.Name,
            MatchPattern = model.MatchPattern,
            StartDate = model.StartDate,
            Unit = model.Unit,
            InputPrice = PriceOf("input"),
            OutputPrice = PriceOf("output"),
            TotalPrice = PriceOf("total"),
            TokenizerId = model.TokenizerId,
            TokenizerConfig = RawJson.OrNull(model.TokenizerConfig),
            IsLangfuseManaged = model.IsBuiltIn,
            CreatedAt = model.CreatedAt,
            Prices = prices.ToDictionary(p => p.Key, p => new PriceBody(p.Value)),
            PricingTiers = [.. model.Tiers.Select(ToBody)],
        };

        decimal? PriceOf(string key) => prices.TryGetValue(key, out var price) ? price : null;
    }

    private static PricingTierBody ToBody(TierDefinition tier) => new(
        tier.Id,
        tier.Name,
        tier.IsDefault,
        tier.Priority,
        [.. tier.Conditions.Select(ToBody)],
        tier.Prices.ToDictionary(p => p.Key, p => WireNumbers.Trim(p.Value)));

    private static PricingConditionBody ToBody(TierConditionDefinition condition) => condition switch
    {
        AttributeConditionDefinition a => new()
        {
            Source = a.Source == PricingAttributeSource.Metadata ? "metadata" : "model_parameters",
            Key = a.Key,
            Operator = "in",
            Values = a.Values,
        },
        UsageConditionDefinition u => new()
        {
            UsageDetailPattern = u.KeyPattern,
            Operator = u.Operator,
            Value = WireNumbers.Trim(u.Value),
            CaseSensitive = u.CaseSensitive,
        },
        _ => throw new ArgumentException($"Conditions of type {condition.GetType().Name} are not known.", nameof(condition)),
    };
}
