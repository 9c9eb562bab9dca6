using Actors.Filtering;
using Actors.Live;

namespace Actors.Web.Model.Shell;

/// <summary>The environments that are looked at, as they stand in an address: <c>env=production,staging</c>. None named: all of them.</summary>
public sealed record EnvironmentChoice
{
    /// <summary>The key in the address.</summary>
    public const string Key = "env";

    private const int MostNames = 20;
    private const int LongestName = 40;

    private EnvironmentChoice(IEnumerable<string> names) =>
        Names = [.. names.Where(IsName).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostNames)];

    /// <summary>All environments.</summary>
    public static EnvironmentChoice All { get; } = new([]);

    /// <summary>In one order, so that equal choices have one address; empty: all.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Whether nothing is left out.</summary>
    public bool IsAll => Names.Count == 0;

    /// <summary>As it is written in the address; empty for all.</summary>
    public string Text => string.Join(',', Names);

    /// <summary>Reads an address; what cannot be the name of an environment is left out.</summary>
    public static EnvironmentChoice Parse(string? text) => string.IsNullOrEmpty(text) ? All : new(text.Split(','));

    /// <summary>With an environment looked at that was not, or the other way round.</summary>
    public EnvironmentChoice Toggle(string name) => new(Names.Contains(name) ? Names.Where(n => n != name) : Names.Append(name));

    /// <summary>The same address with this choice in it. <paramref name="address"/> names no environments yet.</summary>
    public string On(string address)
    {
        if (IsAll)
            return address;
        var join = address.EndsWith('?') || address.EndsWith('&') ? "" : address.Contains('?', StringComparison.Ordinal) ? "&" : "?";
        return $"{address}{join}{Key}={Uri.EscapeDataString(Text)}";
    }

    /// <summary>What <paramref name="filter"/> wants, in these environments. The catalogue has a column of that name.</summary>
    public Filter And(FilterCatalog catalog, Filter filter)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return IsAll ? filter : Filter.All(filter, Filter.OneOf(catalog.Find("environment")!, null, Names));
    }

    /// <summary>What <paramref name="filter"/> counts, in these environments.</summary>
    public LiveFilter And(LiveFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return IsAll ? filter : LiveFilter.All([.. filter.Conditions, new LiveCondition(LiveDimension.Environment, Names)]);
    }

    /// <inheritdoc/>
    public bool Equals(EnvironmentChoice? other) => other is not null && Names.SequenceEqual(other.Names);

    /// <inheritdoc/>
    public override int GetHashCode() => Names.Aggregate(7, HashCode.Combine);

    // The spelling that the doors let in, see EnvironmentName; the reserved ones are written by the product itself.
    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
}
