using System.Text.Json;
using System.Text.Json.Serialization;
using Actors.Pricing;
using Actors.Tracing;

namespace Actors.Storage.Pricing;

/// <summary>
/// The column <c>models.tiers</c>, for example
/// <c>[{"id":"…","name":"Standard","priority":0,"prices":{"input":0.000002}},{"id":"…","name":"Large","priority":1,
/// "when":[{"usage":"input","operator":"gt","value":200000}],"prices":{"input":0.000004}}]</c>.
/// </summary>
internal static class TierJson
{
    public static string Write(IReadOnlyList<TierDefinition> tiers) =>
        JsonSerializer.Serialize([.. tiers.Select(Stored)], TierJsonContext.Default.StoredTierArray);

    public static IReadOnlyList<TierDefinition> Read(string json) =>
        [.. JsonSerializer.Deserialize(json, TierJsonContext.Default.StoredTierArray)!.Select(Definition)];

    private static StoredTier Stored(TierDefinition tier) => new(
        tier.Id,
        tier.Name,
        tier.Priority,
        tier.IsDefault ? null : [.. tier.Conditions.Select(Stored)],
        tier.Prices.ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal));

    private static StoredCondition Stored(TierConditionDefinition condition) => condition switch
    {
        UsageConditionDefinition usage => new(usage.KeyPattern, usage.Operator, usage.Value, usage.CaseSensitive, null, null, null),
        AttributeConditionDefinition attribute => new(null, null, null, null, attribute.Source, attribute.Key, attribute.Values),
        _ => throw new ArgumentException($"Conditions of type {condition.GetType().Name} cannot be stored."),
    };

    private static TierDefinition Definition(StoredTier tier) =>
        new(tier.Id, tier.Name, tier.Priority, [.. (tier.When ?? []).Select(Definition)], [.. tier.Prices]);

    private static TierConditionDefinition Definition(StoredCondition condition) => condition.Usage is { } usage
        ? new UsageConditionDefinition(usage, condition.Operator!, condition.Value!.Value, condition.CaseSensitive ?? false)
        : new AttributeConditionDefinition(condition.Source!.Value, condition.Key!, condition.Values!);
}

internal sealed record StoredTier(
    string Id, string Name, int Priority, IReadOnlyList<StoredCondition>? When, IReadOnlyDictionary<string, decimal> Prices);

internal sealed record StoredCondition(
    string? Usage, string? Operator, decimal? Value, bool? CaseSensitive,
    PricingAttributeSource? Source, string? Key, IReadOnlyList<string>? Values);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredTier[]))]
internal sealed partial class TierJsonContext : JsonSerializerContext;
