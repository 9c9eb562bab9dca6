using System.Collections.Frozen;
using System.Text;

namespace Actors.Pricing;

/// <summary>Top-level keys of model parameters and metadata that prices depend on. Immutable.</summary>
public sealed class PricingKeys
{
    // So many scans of a text cost more than reading it.
    private const int MaxScans = 8;

    private readonly FrozenSet<string> _keys;
    private readonly byte[][]? _scans;

    /// <summary>Collects keys.</summary>
    /// <param name="keys">May repeat.</param>
    public PricingKeys(IEnumerable<string> keys)
    {
        _keys = keys.ToFrozenSet(StringComparer.Ordinal);
        _scans = _keys.Count <= MaxScans && _keys.All(IsPlain) ? [.. _keys.Select(Encoding.UTF8.GetBytes)] : null;
    }

    /// <summary>Prices that depend on usage alone.</summary>
    public static PricingKeys None { get; } = new([]);

    /// <summary>Whether prices depend on the key.</summary>
    public bool Contains(string key) => _keys.Contains(key);

    /// <summary>False when no key occurs in a JSON text; true is no promise.</summary>
    public bool MayOccurIn(ReadOnlySpan<byte> json)
    {
        if (_scans is null)
        {
            return true;
        }

        foreach (var key in _scans)
        {
            if (json.IndexOf(key) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    // Other letters may be written as escapes, which a scan does not find.
    private static bool IsPlain(string key) => key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or ' ');
}
