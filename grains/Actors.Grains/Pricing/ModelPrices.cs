using System.Text.Json;
using Actors.Pricing;

namespace Actors.Grains.Pricing;

/// <summary>Turns definitions of models into what prices, and back.</summary>
internal static class ModelPrices
{
    private static readonly (string Name, UsageComparison Comparison)[] Comparisons =
    [
        ("gt", UsageComparison.GreaterThan), ("gte", UsageComparison.AtLeast), ("lt", UsageComparison.LessThan),
        ("lte", UsageComparison.AtMost), ("eq", UsageComparison.EqualTo), ("neq", UsageComparison.NotEqualTo),
    ];

    /// <summary>A project's model.</summary>
    /// <exception cref="ArgumentException">The definition breaks a rule of tiers.</exception>
    public static ModelPrice From(ModelDefinition model) => ModelPrice.OfProject(
        model.Id,
        model.Name,
        model.MatchPattern,
        model.Tiers.Select(t => new PricingTier(t.Id, t.Name, t.Priority, t.Conditions.Select(From), t.Prices)),
        model.StartDate,
        model.Unit,
        Tokenizer(model));

    /// <summary>A built-in model as others see it.</summary>
    public static ModelDefinition ToDefinition(ModelPrice model, DateTimeOffset published) => new()
    {
        Id = model.Id,
        Name = model.Name,
        MatchPattern = model.MatchPattern,
        StartDate = model.StartDate,
        Unit = model.Unit,
        TokenizerId = model.Tokenizer?.Id,
        TokenizerConfig = model.Tokenizer is { } tokenizer ? Config(tokenizer) : null,
        IsBuiltIn = model.IsBuiltIn,
        CreatedAt = published,
        Tiers = [.. model.Tiers.Select(t => new TierDefinition(t.Id, t.Name, t.Priority, [.. t.Conditions.Select(ToDefinition)], [.. t.Prices]))],
    };

    private static TierCondition From(TierConditionDefinition condition) => condition switch
    {
        UsageConditionDefinition u => new UsageCondition(
            u.KeyPattern, Array.Find(Comparisons, c => c.Name == u.Operator) is { Name: not null } found ? found.Comparison
                : throw new ArgumentException($"'{u.Operator}' is no operator.", nameof(condition)), u.Value, u.CaseSensitive),
        AttributeConditionDefinition a => new AttributeCondition(a.Source, a.Key, a.Values),
        _ => throw new ArgumentException($"Conditions of type {condition.GetType().Name} are not known.", nameof(condition)),
    };

    private static TierConditionDefinition ToDefinition(TierCondition condition) => condition switch
    {
        UsageCondition u => new UsageConditionDefinition(
            u.KeyPattern, Array.Find(Comparisons, c => c.Comparison == u.Comparison).Name, u.Value, u.CaseSensitive),
        AttributeCondition a => new AttributeConditionDefinition(a.Source, a.Key, a.Values),
        _ => throw new ArgumentException($"Conditions of type {condition.GetType().Name} are not known.", nameof(condition)),
    };

    private static TokenizerHint? Tokenizer(ModelDefinition model)
    {
        if (model.TokenizerId is null)
        {
            return null;
        }

        using var config = JsonDocument.Parse(model.TokenizerConfig ?? "{}");
        return new TokenizerHint(
            model.TokenizerId, Text(config.RootElement, "tokenizerModel"), Number(config.RootElement, "tokensPerMessage"), Number(config.RootElement, "tokensPerName"));
    }

    private static string? Config(TokenizerHint tokenizer)
    {
        if (tokenizer.Model is null)
        {
            return null;
        }

        var chat = tokenizer.TokensPerMessage is { } perMessage
            ? $$""","tokensPerMessage":{{perMessage}},"tokensPerName":{{tokenizer.TokensPerName ?? 0}}"""
            : "";
        return $$"""{"tokenizerModel":"{{JsonEncodedText.Encode(tokenizer.Model)}}"{{chat}}}""";
    }

    private static string? Text(JsonElement config, string name) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static int? Number(JsonElement config, string name) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;
}
