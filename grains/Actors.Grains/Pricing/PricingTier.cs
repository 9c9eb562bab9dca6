using System.Collections.Frozen;
using Actors.Tracing;

namespace Actors.Grains.Pricing;

/// <summary>
/// The prices of a model under certain conditions, for example "Fast mode". The default tier has no conditions and
/// applies when no other tier does.
/// </summary>
public sealed class PricingTier
{
    /// <summary>The most a unit may cost, in US dollars; keeps every product of price and units representable.</summary>
    public const decimal MaxPricePerUnit = 1_000_000m;

    /// <summary>The name of the default tier of a model that has no other.</summary>
    public const string StandardName = "Standard";

    private readonly FrozenDictionary<string, decimal> _prices;
    private readonly TierCondition[] _conditions;

    /// <summary>Creates a tier.</summary>
    /// <param name="id">Stable and unique among all tiers.</param>
    /// <param name="name">Unique within the model.</param>
    /// <param name="priority">0 for the default tier; the others are tried in ascending order.</param>
    /// <param name="conditions">All must hold; empty for the default tier and only for it.</param>
    /// <param name="prices">US dollars per unit, by usage key; at least one.</param>
    /// <exception cref="ArgumentException">Id or name is empty, there is no price, or a price is out of range.</exception>
    public PricingTier(
        string id,
        string name,
        int priority,
        IEnumerable<TierCondition> conditions,
        IEnumerable<KeyValuePair<string, decimal>> prices)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(conditions);
        ArgumentNullException.ThrowIfNull(prices);
        Id = id;
        Name = name;
        Priority = priority;
        _conditions = [.. conditions];
        var list = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var (key, price) in prices)
        {
            ArgumentException.ThrowIfNullOrEmpty(key, nameof(prices));
            if (price is < 0 or > MaxPricePerUnit)
            {
                throw new ArgumentException(
                    $"The price of '{key}' in tier '{name}' is {price}; it must be 0 to {MaxPricePerUnit} a unit.", nameof(prices));
            }
            list[key] = Trimmed(price);
        }
        if (list.Count == 0)
        {
            throw new ArgumentException($"Tier '{name}' has no price.", nameof(prices));
        }
        _prices = list.ToFrozenDictionary(StringComparer.Ordinal);
        Prices = list;
        InputPrice = PriceOf("input");
        OutputPrice = PriceOf("output");
        TotalPrice = PriceOf("total");
    }

    /// <summary>Stable and unique among all tiers.</summary>
    public string Id { get; }

    /// <summary>Unique within the model.</summary>
    public string Name { get; }

    /// <summary>0 for the default tier; the others are tried in ascending order.</summary>
    public int Priority { get; }

    /// <summary>Whether this tier applies when no other does.</summary>
    public bool IsDefault => _conditions.Length == 0;

    /// <summary>All must hold; empty for the default tier.</summary>
    public IReadOnlyList<TierCondition> Conditions => _conditions;

    /// <summary>US dollars per unit, by usage key.</summary>
    public IReadOnlyDictionary<string, decimal> Prices { get; }

    /// <summary>US dollars per unit of <c>input</c>, or null.</summary>
    public decimal? InputPrice { get; }

    /// <summary>US dollars per unit of <c>output</c>, or null.</summary>
    public decimal? OutputPrice { get; }

    /// <summary>US dollars per unit of <c>total</c>, or null.</summary>
    public decimal? TotalPrice { get; }

    /// <summary>US dollars per unit, or null when this tier has no price for the key.</summary>
    public decimal? PriceOf(string key) => _prices.TryGetValue(key, out var price) ? price : null;

    internal bool TryPrice(string key, out decimal price) => _prices.TryGetValue(key, out price);

    internal bool Applies(ReadOnlySpan<UsageEntry> usage, ReadOnlySpan<PricingAttribute> attributes)
    {
        foreach (var condition in _conditions)
        {
            if (!condition.Holds(usage, attributes))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Dividing by a one of the highest scale drops the zeros at the end, so that prices print as written.</summary>
    private static decimal Trimmed(decimal price) => price / 1.0000000000000000000000000000m;
}
