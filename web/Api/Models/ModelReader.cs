using Actors.Pricing;
using Actors.Tracing;

namespace Actors.Web.Api;

/// <summary>Reads the body of <c>POST /models</c>: flat prices or tiers, never both.</summary>
internal static class ModelReader
{
    private const int MaxTiers = 50;
    private const int MaxConditions = 20;
    private const int MaxPrices = 100;
    private const int MaxNameLength = 500;
    private const int MaxKeyLength = 200;
    private const int MaxPatternLength = 2_000;
    private const int MaxConfigLength = 10_000;
    private const decimal MaxPrice = 1_000_000m;
    private const decimal MaxUnits = 1_000_000_000_000_000m;
    private const string Units = "CHARACTERS, TOKENS, MILLISECONDS, SECONDS, IMAGES, REQUESTS";

    /// <summary>The model; null when the reader knows what is wrong.</summary>
    public static NewModel? Read(BodyReader body)
    {
        var name = body.Text("modelName", required: true, min: 1, max: MaxNameLength);
        var pattern = body.Text("matchPattern", required: true, min: 1, max: MaxPatternLength);
        var start = body.Time("startDate");
        var unit = body.Text("unit");
        if (unit is not null && !Units.Split(", ").Contains(unit))
        {
            body.Refuse("invalid_value", "unit", $"Invalid option: expected one of {Units}");
        }

        var tokenizer = body.Text("tokenizerId");
        if (tokenizer is not (null or "openai" or "claude"))
        {
            body.Refuse("invalid_value", "tokenizerId", "Invalid option: expected one of openai, claude");
        }

        body.Object("tokenizerConfig");
        var config = body.IsNull("tokenizerConfig") ? null : body.Json("tokenizerConfig");
        if (config?.Length > MaxConfigLength)
        {
            body.Refuse("too_big", "tokenizerConfig", $"Too big: expected at most {MaxConfigLength} characters");
        }

        var flat = FlatPrices(body);
        var tiers = body.Has("pricingTiers") && !body.IsNull("pricingTiers") ? Tiers(body) : null;
        if ((flat.Count == 0) == (tiers is null))
        {
            body.Refuse("custom", "pricingTiers", "Either pricingTiers or flat prices (inputPrice, outputPrice, totalPrice) must be given, not both");
        }

        return body.Problem is null
            ? new(name!, pattern!, start, unit, tokenizer, config, tiers ?? [new("", "Standard", 0, [], flat)])
            : null;
    }

    private static List<KeyValuePair<string, decimal>> FlatPrices(BodyReader body)
    {
        var prices = new List<KeyValuePair<string, decimal>>();
        foreach (var key in (ReadOnlySpan<string>)["input", "output", "total"])
        {
            if (body.Decimal(key + "Price", min: 0, max: MaxPrice) is { } price)
            {
                prices.Add(new(key, price));
            }
        }

        if (prices.Count > 1 && prices[^1].Key == "total")
        {
            body.Refuse("custom", "totalPrice", "totalPrice excludes inputPrice and outputPrice");
        }

        return prices;
    }

    private static TierDefinition[] Tiers(BodyReader body)
    {
        TierDefinition[] tiers = [.. (body.Objects("pricingTiers", maxCount: MaxTiers) ?? []).Select(Tier)];
        if (body.Problem is not null)
        {
            return tiers;
        }

        if (tiers.Count(t => t.IsDefault) != 1)
        {
            body.Refuse("custom", "pricingTiers", "Exactly one tier must be the default");
        }

        if (tiers.DistinctBy(t => t.Name).Count() < tiers.Length)
        {
            body.Refuse("custom", "pricingTiers", "Tier names must be unique within a model");
        }

        if (tiers.DistinctBy(t => t.Priority).Count() < tiers.Length)
        {
            body.Refuse("custom", "pricingTiers", "Tier priorities must be unique within a model");
        }

        return tiers;
    }

    private static TierDefinition Tier(BodyReader tier)
    {
        var name = tier.Text("name", required: true, min: 1, max: MaxNameLength) ?? "";
        var isDefault = tier.Flag("isDefault", required: true) ?? false;
        var priority = tier.Integer("priority", required: true, min: 0) ?? 0;
        TierConditionDefinition[] conditions = [.. (tier.Objects("conditions", required: true, maxCount: MaxConditions) ?? []).Select(Condition)];
        if (isDefault && conditions.Length > 0)
        {
            tier.Refuse("custom", "conditions", "The default tier has no conditions");
        }
        else if (!isDefault && conditions.Length == 0)
        {
            tier.Refuse("custom", "conditions", "A tier that is not the default needs at least one condition");
        }

        if (isDefault != (priority == 0))
        {
            tier.Refuse("custom", "priority", "The default tier has priority 0, and only it");
        }

        return new("", name, priority, conditions, Prices(tier));
    }

    private static List<KeyValuePair<string, decimal>> Prices(BodyReader tier)
    {
        var prices = new List<KeyValuePair<string, decimal>>();
        if (tier.Object("prices", required: true) is not { } said)
        {
            return prices;
        }

        foreach (var key in said.Names())
        {
            if (key.Length is 0 or > MaxKeyLength)
            {
                said.Refuse("custom", key, $"A usage key has 1 to {MaxKeyLength} characters");
            }
            else if (said.Decimal(key, required: true, min: 0, max: MaxPrice) is { } price)
            {
                prices.Add(new(key, price));
            }
        }

        if (!said.Names().Any() || prices.Count > MaxPrices)
        {
            tier.Refuse("custom", "prices", $"A tier has 1 to {MaxPrices} prices");
        }

        return prices;
    }

    private static TierConditionDefinition Condition(BodyReader condition)
    {
        if (!condition.Has("source"))
        {
            return new UsageConditionDefinition(
                condition.Text("usageDetailPattern", required: true, min: 1, max: MaxPatternLength) ?? "",
                Operator(condition, UsageConditionDefinition.Operators),
                condition.Decimal("value", required: true, min: -MaxUnits, max: MaxUnits) ?? 0,
                condition.Flag("caseSensitive") ?? false);
        }

        var source = condition.OneOf<PricingAttributeSource>(
            "source",
            text => text switch
            {
                "model_parameters" => PricingAttributeSource.ModelParameters,
                "metadata" => PricingAttributeSource.Metadata,
                _ => null,
            },
            "model_parameters, metadata",
            required: true);
        Operator(condition, ["in"]);
        var values = condition.Texts("values", required: true, maxCount: MaxPrices, maxLength: MaxKeyLength) ?? [];
        if (values.Count == 0 && condition.Has("values"))
        {
            condition.Refuse("too_small", "values", "Too small: expected array to have >=1 items");
        }

        return new AttributeConditionDefinition(
            source ?? default, condition.Text("key", required: true, min: 1, max: MaxKeyLength) ?? "", values);
    }

    private static string Operator(BodyReader condition, IReadOnlyList<string> known)
    {
        var said = condition.Text("operator", required: true);
        if (said is not null && !known.Contains(said))
        {
            condition.Refuse("invalid_value", "operator", $"Invalid option: expected one of {string.Join(", ", known)}");
        }

        return said ?? "";
    }
}
