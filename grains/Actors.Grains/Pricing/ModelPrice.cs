using Actors.Tracing;

namespace Actors.Grains.Pricing;

/// <summary>One model: which names it answers to, and what its units cost. Immutable and thread-safe.</summary>
public sealed class ModelPrice
{
    private readonly SafeRegex _match;
    private readonly PricingTier[] _special;

    private ModelPrice(string id, string name, SafeRegex match, IEnumerable<PricingTier> tiers)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(name);
        Id = id;
        Name = name;
        _match = match;
        Tiers = [.. tiers.OrderBy(tier => tier.Priority)];
        Check(name, Tiers);
        DefaultTier = Tiers.Single(tier => tier.IsDefault);
        _special = [.. Tiers.Where(tier => !tier.IsDefault)];
    }

    /// <summary>Stable over restarts and versions; built-in ids are slugs of the name.</summary>
    public string Id { get; }

    /// <summary>The model's name, for example <c>gpt-4o</c>.</summary>
    public string Name { get; }

    /// <summary>The regular expression that a provided model name must match.</summary>
    public string MatchPattern => _match.Pattern;

    /// <summary>Who offers the model, for example <c>openai</c>; null for a project's own models.</summary>
    public string? Provider { get; private init; }

    /// <summary>Of two models that match, the one that starts later wins; null is the earliest.</summary>
    public DateTimeOffset? StartDate { get; private init; }

    /// <summary>What is counted, for example <c>TOKENS</c>.</summary>
    public string Unit { get; private init; } = "TOKENS";

    /// <summary>Null when the model's tokens cannot be counted here.</summary>
    public TokenizerHint? Tokenizer { get; private init; }

    /// <summary>Whether the model ships with the price book; otherwise a project defined it.</summary>
    public bool IsBuiltIn { get; private init; }

    /// <summary>By ascending priority, the default tier included.</summary>
    public IReadOnlyList<PricingTier> Tiers { get; }

    /// <summary>The tier without conditions.</summary>
    public PricingTier DefaultTier { get; }

    /// <summary>Defines a model of a project.</summary>
    /// <param name="id">Stable and unique.</param>
    /// <param name="name">The model's name.</param>
    /// <param name="matchPattern">A regular expression; use <c>(?i)^(name)$</c> for one name in any case.</param>
    /// <param name="tiers">Exactly one without conditions and with priority 0; names and priorities are unique.</param>
    /// <param name="startDate">Of two models that match, the one that starts later wins.</param>
    /// <param name="unit">What is counted; TOKENS when null.</param>
    /// <param name="tokenizer">Null when the model's tokens cannot be counted here.</param>
    /// <exception cref="ArgumentException">The pattern or the set of tiers is not valid; the message says why.</exception>
    public static ModelPrice OfProject(
        string id,
        string name,
        string matchPattern,
        IEnumerable<PricingTier> tiers,
        DateTimeOffset? startDate = null,
        string? unit = null,
        TokenizerHint? tokenizer = null)
    {
        ArgumentNullException.ThrowIfNull(matchPattern);
        ArgumentNullException.ThrowIfNull(tiers);
        return SafeRegex.TryCreate(matchPattern, ignoreCase: false, out var match, out var error)
            ? new(id, name, match, tiers) { StartDate = startDate, Unit = unit ?? "TOKENS", Tokenizer = tokenizer }
            : throw new ArgumentException(error, nameof(matchPattern));
    }

    internal static ModelPrice BuiltIn(
        string id, string name, string provider, string matchPattern, IEnumerable<PricingTier> tiers, TokenizerHint? tokenizer) =>
        new(id, name, SafeRegex.OfTrusted(matchPattern), tiers)
        {
            IsBuiltIn = true,
            Provider = provider,
            Tokenizer = tokenizer,
        };

    /// <summary>Whether this model answers to the name. Names longer than 512 characters match nothing.</summary>
    public bool Matches(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _match.IsMatch(name);
    }

    /// <summary>The first tier by priority whose conditions all hold, else the default tier.</summary>
    /// <param name="usage">The units, the total included.</param>
    /// <param name="attributes">The values that tiers may depend on; of several with one key the first counts.</param>
    public PricingTier ChooseTier(ReadOnlySpan<UsageEntry> usage, ReadOnlySpan<PricingAttribute> attributes)
    {
        foreach (var tier in _special)
        {
            if (tier.Applies(usage, attributes))
            {
                return tier;
            }
        }
        return DefaultTier;
    }

    private static void Check(string name, IReadOnlyList<PricingTier> tiers)
    {
        if (tiers.Count(tier => tier.IsDefault) != 1 || !tiers[0].IsDefault || tiers[0].Priority != 0)
        {
            throw new ArgumentException($"Model '{name}' needs exactly one default tier: no conditions, priority 0.", nameof(tiers));
        }
        if (tiers.DistinctBy(tier => tier.Name).Count() < tiers.Count)
        {
            throw new ArgumentException($"Model '{name}' has two tiers of one name.", nameof(tiers));
        }
        if (tiers.DistinctBy(tier => tier.Priority).Count() < tiers.Count)
        {
            throw new ArgumentException($"Model '{name}' has two tiers of one priority.", nameof(tiers));
        }
    }
}
