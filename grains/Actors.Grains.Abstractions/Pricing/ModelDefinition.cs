using Actors.Tracing;

namespace Actors.Pricing;

/// <summary>A model that observations can call: which names lead to it, and what its units cost. Never changes once it is made.</summary>
public sealed record ModelDefinition
{
    /// <summary>Stable; those of built-in models are made of their names.</summary>
    public required string Id { get; init; }

    /// <summary>The name, for example <c>gpt-4o</c>. Several models may have one name.</summary>
    public required string Name { get; init; }

    /// <summary>The regular expression that the name of a called model must match.</summary>
    public required string MatchPattern { get; init; }

    /// <summary>Of two models that match, the one that starts later wins; null is the earliest.</summary>
    public DateTimeOffset? StartDate { get; init; }

    /// <summary>What is counted, for example <c>TOKENS</c>; null when nobody said it.</summary>
    public string? Unit { get; init; }

    /// <summary><c>openai</c> or <c>claude</c>; null when the tokens of its texts cannot be counted here.</summary>
    public string? TokenizerId { get; init; }

    /// <summary>JSON text of an object: <c>tokenizerModel</c>, <c>tokensPerMessage</c>, <c>tokensPerName</c>; null: none.</summary>
    public string? TokenizerConfig { get; init; }

    /// <summary>Whether it comes with this server; otherwise a project defined it.</summary>
    public bool IsBuiltIn { get; init; }

    /// <summary>When it was made; for a built-in model the day on which its prices were collected.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>By priority, from the default tier, which has 0 and no conditions.</summary>
    public required IReadOnlyList<TierDefinition> Tiers { get; init; }
}

/// <summary>The prices of a model under conditions that must all hold.</summary>
/// <param name="Id">Stable and unique among all tiers.</param>
/// <param name="Name">Unique within the model.</param>
/// <param name="Priority">0 for the default tier; the others are tried in ascending order.</param>
/// <param name="Conditions">Empty for the default tier and only for it.</param>
/// <param name="Prices">US dollars for one unit, by usage key; at least one.</param>
public sealed record TierDefinition(
    string Id,
    string Name,
    int Priority,
    IReadOnlyList<TierConditionDefinition> Conditions,
    IReadOnlyList<KeyValuePair<string, decimal>> Prices)
{
    /// <summary>Whether it applies when no other tier does.</summary>
    public bool IsDefault => Conditions.Count == 0;
}

/// <summary>One thing that must hold for a tier to apply.</summary>
public abstract record TierConditionDefinition;

/// <summary>Compares the sum of all units whose key matches a pattern with a value.</summary>
/// <param name="KeyPattern">A regular expression found anywhere in the usage key.</param>
/// <param name="Operator">One of <c>gt gte lt lte eq neq</c>.</param>
/// <param name="Value">What the sum is compared with.</param>
/// <param name="CaseSensitive">Whether the case of the key counts.</param>
public sealed record UsageConditionDefinition(string KeyPattern, string Operator, decimal Value, bool CaseSensitive) : TierConditionDefinition
{
    /// <summary>The operators.</summary>
    public static IReadOnlyList<string> Operators { get; } = ["gt", "gte", "lt", "lte", "eq", "neq"];
}

/// <summary>Holds when a top-level value of the model parameters or the metadata is one of a list.</summary>
/// <param name="Source">Where the value is looked up.</param>
/// <param name="Key">The top-level key.</param>
/// <param name="Values">The values that fulfil the condition, case-sensitive; at least one.</param>
public sealed record AttributeConditionDefinition(PricingAttributeSource Source, string Key, IReadOnlyList<string> Values) : TierConditionDefinition;
