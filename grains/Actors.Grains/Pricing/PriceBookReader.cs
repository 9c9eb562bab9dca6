using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Actors.Tracing;

namespace Actors.Grains.Pricing;

/// <summary>Reads the format of <c>docs/formats/model-prices.md</c> and expands its abbreviations.</summary>
internal sealed class PriceBookReader
{
    private const int Format = 1;
    private const decimal UnitsPerPrice = 1_000_000m;

    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    private readonly Dictionary<string, Dictionary<string, string[]>> _keySets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, TierCondition[] Conditions)> _tiers = new(StringComparer.Ordinal);
    private readonly List<ModelPrice> _models = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public static PriceBook Read(Stream json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return new PriceBookReader().Read(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException or InvalidOperationException
            or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"The price book cannot be read: {wrong.Message}", wrong);
        }
    }

    private PriceBook Read(JsonElement book)
    {
        var format = Required(book, "format", "the book").GetInt32();
        if (format != Format)
        {
            throw new InvalidDataException($"The price book has format {format}; this build reads format {Format}.");
        }
        foreach (var set in Required(book, "keys", "the book").EnumerateObject())
        {
            _keySets.Add(set.Name, set.Value.EnumerateObject().ToDictionary(group => group.Name, group => Strings(group.Value)));
        }
        foreach (var tier in Required(book, "tiers", "the book").EnumerateObject())
        {
            _tiers.Add(tier.Name, (Text(tier.Value, "name", tier.Name), [.. Required(tier.Value, "when", tier.Name).EnumerateArray().Select(Condition)]));
        }
        foreach (var family in Required(book, "families", "the book").EnumerateArray())
        {
            foreach (var card in Required(family, "cards", "a family").EnumerateArray())
            {
                foreach (var model in Required(card, "models", "a card").EnumerateArray())
                {
                    Add(family, card, model);
                }
            }
        }
        var published = DateTimeOffset.Parse(
            Text(book, "published", "the book"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return new(Required(book, "version", "the book").GetInt32(), published, _models);
    }

    private void Add(JsonElement family, JsonElement card, JsonElement model)
    {
        var isObject = model.ValueKind == JsonValueKind.Object;
        var name = isObject ? Text(model, "name", "a model") : model.GetString()!;
        var own = isObject ? model : default;
        var template = Text(family, "match", name);
        if (!template.Contains("{}", StringComparison.Ordinal))
        {
            throw new InvalidDataException($"The match '{template}' of the family of '{name}' has no {{}} for the model.");
        }
        var pattern = Optional(own, "match")?.GetString() ?? NamePattern(name);
        var id = Slug(name);
        var price = ModelPrice.BuiltIn(
            id,
            name,
            Text(family, "provider", name),
            template.Replace("{}", $"({pattern})", StringComparison.Ordinal),
            Tiers(id, name, card),
            Tokenizer(Optional(own, "tokenizer") ?? Optional(card, "tokenizer") ?? Optional(family, "tokenizer")));
        if (!_names.TryAdd(id, name))
        {
            throw new InvalidDataException($"Two models have the id '{id}': '{_names[id]}' and '{name}'.");
        }
        _models.Add(price);
    }

    private IEnumerable<PricingTier> Tiers(string id, string name, JsonElement card)
    {
        var groups = Optional(card, "keys")?.GetString() is not { } set ? null
            : _keySets.TryGetValue(set, out var known) ? known
            : throw new InvalidDataException($"Model '{name}' uses the keys '{set}', which are not defined.");
        yield return new($"{id}:standard", PricingTier.StandardName, 0, [], Prices(Required(card, "price", name), groups, name));
        if (Optional(card, "tiers") is not { } tiers)
        {
            yield break;
        }
        var priority = 0;
        foreach (var tier in tiers.EnumerateObject())
        {
            if (!_tiers.TryGetValue(tier.Name, out var definition))
            {
                throw new InvalidDataException($"Model '{name}' has the tier '{tier.Name}', which is not defined.");
            }
            yield return new($"{id}:{tier.Name}", definition.Name, ++priority, definition.Conditions, Prices(tier.Value, groups, name));
        }
    }

    private static Dictionary<string, decimal> Prices(JsonElement prices, Dictionary<string, string[]>? groups, string model)
    {
        var expanded = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var price in prices.EnumerateObject())
        {
            foreach (var key in groups?.GetValueOrDefault(price.Name) ?? [price.Name])
            {
                if (!expanded.TryAdd(key, price.Value.GetDecimal() / UnitsPerPrice))
                {
                    throw new InvalidDataException($"Model '{model}' has two prices for '{key}'.");
                }
            }
        }
        return expanded;
    }

    private static TierCondition Condition(JsonElement condition)
    {
        if (Optional(condition, "attribute")?.GetString() is { } attribute)
        {
            return attribute.Split('.', 2) switch
            {
                ["model_parameters", var key] => new AttributeCondition(PricingAttributeSource.ModelParameters, key, Strings(condition.GetProperty("in"))),
                ["metadata", var key] => new AttributeCondition(PricingAttributeSource.Metadata, key, Strings(condition.GetProperty("in"))),
                _ => throw new InvalidDataException($"The attribute '{attribute}' must begin with 'model_parameters.' or 'metadata.'."),
            };
        }
        var pattern = Text(condition, "usage", "a condition");
        var caseSensitive = Optional(condition, "caseSensitive")?.GetBoolean() ?? false;
        ReadOnlySpan<(string Name, UsageComparison Comparison)> comparisons =
        [
            ("gt", UsageComparison.GreaterThan), ("gte", UsageComparison.AtLeast), ("lt", UsageComparison.LessThan),
            ("lte", UsageComparison.AtMost), ("eq", UsageComparison.EqualTo), ("neq", UsageComparison.NotEqualTo),
        ];
        foreach (var (name, comparison) in comparisons)
        {
            if (Optional(condition, name) is { } value)
            {
                return new UsageCondition(pattern, comparison, value.GetDecimal(), caseSensitive);
            }
        }
        throw new InvalidDataException($"The condition on usage '{pattern}' needs one of gt, gte, lt, lte, eq, neq.");
    }

    private static TokenizerHint? Tokenizer(JsonElement? hint) => hint switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } full => new(
            Text(full, "id", "a tokenizer"),
            Optional(full, "model")?.GetString(),
            Optional(full, "perMessage")?.GetInt32(),
            Optional(full, "perName")?.GetInt32()),
        { } text => text.GetString()!.Split(':', 2) switch
        {
            ["openai-chat", var model] => new("openai", model, TokensPerMessage: 3, TokensPerName: 1),
            ["openai-text", var model] => new("openai", model),
            [var id] => new(id),
            _ => throw new InvalidDataException($"The tokenizer '{text}' is not known."),
        },
    };

    /// <summary>A dot also stands for a dash: gateways that forbid dots in names rename gpt-4.1 to gpt-4-1.</summary>
    private static string NamePattern(string name) => Regex.Escape(name).Replace(@"\.", "[.-]", StringComparison.Ordinal);

    private static string Slug(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant())
        {
            slug.Append(char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-');
        }
        return slug.ToString();
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(item => item.GetString()!)];

    private static JsonElement? Optional(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement Required(JsonElement element, string name, string where) =>
        Optional(element, name) ?? throw new InvalidDataException($"'{name}' is missing in {where}.");

    private static string Text(JsonElement element, string name, string where) =>
        Required(element, name, where).GetString() is { Length: > 0 } text
            ? text
            : throw new InvalidDataException($"'{name}' is empty in {where}.");
}
