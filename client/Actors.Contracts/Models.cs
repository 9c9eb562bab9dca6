using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>A model and what it costs (<c>/api/public/models</c>).</summary>
public sealed record ModelBody
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name; several models may have one name.</summary>
    public required string ModelName { get; init; }

    /// <summary>The regular expression that the name of a called model must match.</summary>
    public required string MatchPattern { get; init; }

    /// <summary>Of two models that match, the one that starts later wins; null is the earliest.</summary>
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>What is counted, for example <c>TOKENS</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>US dollars for one unit of input in the default tier; null: none.</summary>
    public decimal? InputPrice { get; init; }

    /// <summary>US dollars for one unit of output in the default tier; null: none.</summary>
    public decimal? OutputPrice { get; init; }

    /// <summary>US dollars for one unit of the total in the default tier; null: none.</summary>
    public decimal? TotalPrice { get; init; }

    /// <summary><c>openai</c>, <c>claude</c> or null.</summary>
    public string? TokenizerId { get; init; }

    /// <summary>The tokenizer's settings, or null.</summary>
    public RawJson TokenizerConfig { get; init; } = RawJson.Null;

    /// <summary>Whether it comes with the server.</summary>
    public bool IsLangfuseManaged { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The prices of the default tier by usage key.</summary>
    public required IReadOnlyDictionary<string, PriceBody> Prices { get; init; }

    /// <summary>All tiers by priority.</summary>
    public required IReadOnlyList<PricingTierBody> PricingTiers { get; init; }
}

/// <summary>A price.</summary>
/// <param name="Price">US dollars for one unit.</param>
public sealed record PriceBody(decimal Price);

/// <summary>The prices of a model under conditions that must all hold.</summary>
/// <param name="Id">The tier's id.</param>
/// <param name="Name">Its name, unique within the model.</param>
/// <param name="IsDefault">Whether it applies when no other does.</param>
/// <param name="Priority">0 for the default tier; the others are tried in ascending order.</param>
/// <param name="Conditions">Empty for the default tier.</param>
/// <param name="Prices">US dollars for one unit by usage key.</param>
public sealed record PricingTierBody(
    string Id,
    string Name,
    bool IsDefault,
    int Priority,
    IReadOnlyList<PricingConditionBody> Conditions,
    IReadOnlyDictionary<string, decimal> Prices);

/// <summary>A condition on the usage (<c>usageDetailPattern</c>) or on an attribute (<c>source</c>); the other's fields are left out.</summary>
public sealed record PricingConditionBody
{
    /// <summary>A regular expression found anywhere in the usage key.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? UsageDetailPattern { get; init; }

    /// <summary><c>model_parameters</c> or <c>metadata</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Source { get; init; }

    /// <summary>The top-level key of the attribute.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Key { get; init; }

    /// <summary><c>gt gte lt lte eq neq</c>, or <c>in</c> for an attribute.</summary>
    public required string Operator { get; init; }

    /// <summary>What the sum of the units is compared with.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Value { get; init; }

    /// <summary>Whether the case of the usage key counts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? CaseSensitive { get; init; }

    /// <summary>The values that fulfil the condition.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Values { get; init; }
}
