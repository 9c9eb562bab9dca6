using System.Collections.Frozen;
using Actors.Tracing;

namespace Actors.Grains.Pricing;

/// <summary>One thing that must hold for a <see cref="PricingTier"/> to apply.</summary>
public abstract class TierCondition
{
    private protected TierCondition()
    {
    }

    internal abstract bool Holds(ReadOnlySpan<UsageEntry> usage, ReadOnlySpan<PricingAttribute> attributes);
}

/// <summary>How a <see cref="UsageCondition"/> compares its sum with its value.</summary>
public enum UsageComparison
{
    /// <summary>The sum is greater (<c>gt</c>).</summary>
    GreaterThan,

    /// <summary>The sum is greater or equal (<c>gte</c>).</summary>
    AtLeast,

    /// <summary>The sum is less (<c>lt</c>).</summary>
    LessThan,

    /// <summary>The sum is less or equal (<c>lte</c>).</summary>
    AtMost,

    /// <summary>The sum is equal (<c>eq</c>).</summary>
    EqualTo,

    /// <summary>The sum differs (<c>neq</c>).</summary>
    NotEqualTo,
}

/// <summary>Compares the sum of all units whose key matches a pattern with a value.</summary>
public sealed class UsageCondition : TierCondition
{
    private readonly KeyPattern _keys;

    /// <summary>Creates the condition.</summary>
    /// <param name="keyPattern">A regular expression found anywhere in the usage key.</param>
    /// <param name="comparison">How the sum is compared.</param>
    /// <param name="value">What the sum is compared with.</param>
    /// <param name="caseSensitive">Whether the case of the key counts.</param>
    /// <exception cref="ArgumentException">The pattern is not a regular expression, or too long.</exception>
    public UsageCondition(string keyPattern, UsageComparison comparison, decimal value, bool caseSensitive = false)
    {
        ArgumentNullException.ThrowIfNull(keyPattern);
        if (!Enum.IsDefined(comparison))
        {
            throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "This comparison is not known.");
        }
        _keys = new KeyPattern(keyPattern, caseSensitive);
        KeyPattern = keyPattern;
        Comparison = comparison;
        Value = value;
        CaseSensitive = caseSensitive;
    }

    /// <summary>The regular expression, found anywhere in the usage key.</summary>
    public string KeyPattern { get; }

    /// <summary>How the sum is compared.</summary>
    public UsageComparison Comparison { get; }

    /// <summary>What the sum is compared with.</summary>
    public decimal Value { get; }

    /// <summary>Whether the case of the key counts.</summary>
    public bool CaseSensitive { get; }

    internal override bool Holds(ReadOnlySpan<UsageEntry> usage, ReadOnlySpan<PricingAttribute> attributes)
    {
        decimal sum = 0;
        foreach (ref readonly var entry in usage)
        {
            if (_keys.IsMatch(entry.Key))
            {
                sum += entry.Units;
            }
        }
        return Comparison switch
        {
            UsageComparison.GreaterThan => sum > Value,
            UsageComparison.AtLeast => sum >= Value,
            UsageComparison.LessThan => sum < Value,
            UsageComparison.AtMost => sum <= Value,
            UsageComparison.EqualTo => sum == Value,
            _ => sum != Value,
        };
    }
}

/// <summary>Holds when a top-level value of the model parameters or the metadata is one of a list.</summary>
public sealed class AttributeCondition : TierCondition
{
    private readonly FrozenSet<string> _values;

    /// <summary>Creates the condition.</summary>
    /// <param name="source">Where the value is looked up.</param>
    /// <param name="key">The top-level key.</param>
    /// <param name="values">The values that fulfil the condition, case-sensitive; at least one.</param>
    /// <exception cref="ArgumentException">The key is empty or there is no value.</exception>
    public AttributeCondition(PricingAttributeSource source, string key, IEnumerable<string> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(values);
        Source = source;
        Key = key;
        Values = [.. values];
        if (Values.Count == 0)
        {
            throw new ArgumentException("A condition on an attribute needs at least one value.", nameof(values));
        }
        _values = Values.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Where the value is looked up.</summary>
    public PricingAttributeSource Source { get; }

    /// <summary>The top-level key.</summary>
    public string Key { get; }

    /// <summary>The values that fulfil the condition.</summary>
    public IReadOnlyList<string> Values { get; }

    internal override bool Holds(ReadOnlySpan<UsageEntry> usage, ReadOnlySpan<PricingAttribute> attributes)
    {
        foreach (ref readonly var attribute in attributes)
        {
            if (attribute.Source == Source && attribute.Key == Key)
            {
                return _values.Contains(attribute.Value);
            }
        }
        return false;
    }
}
