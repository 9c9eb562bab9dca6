using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Actors.Grains.Pricing;

/// <summary>
/// The price books that ship with this build. They are append-only: a published version never changes, because log
/// rows stamp the version that was in force and a rebuild must give the cost of then.
/// </summary>
public static partial class PriceBooks
{
    private static readonly FrozenDictionary<int, Lazy<PriceBook>> Books = Discover();

    /// <summary>The versions of this build, ascending.</summary>
    public static IReadOnlyList<int> Versions { get; } = [.. Books.Keys.Order()];

    /// <summary>The newest book, which new events are priced with.</summary>
    public static PriceBook Current => Get(Versions[^1]);

    /// <summary>The book of a version.</summary>
    /// <exception cref="NotSupportedException">This build has no such version; retrying does not help.</exception>
    public static PriceBook Get(int version) =>
        Books.TryGetValue(version, out var book)
            ? book.Value
            : throw new NotSupportedException(
                $"Price book {version} is unknown; this build has {string.Join(", ", Versions)}. A newer build wrote it: upgrade this one.");

    private static FrozenDictionary<int, Lazy<PriceBook>> Discover()
    {
        var assembly = typeof(PriceBooks).Assembly;
        return assembly.GetManifestResourceNames()
            .Select(name => (Name: name, Match: BookName().Match(name)))
            .Where(found => found.Match.Success)
            .ToFrozenDictionary(
                found => int.Parse(found.Match.Groups["version"].Value, CultureInfo.InvariantCulture),
                found => new Lazy<PriceBook>(() => Load(assembly, found.Name)));
    }

    private static PriceBook Load(Assembly assembly, string name)
    {
        using var json = assembly.GetManifestResourceStream(name)!;
        var book = PriceBook.Load(json);
        return name.EndsWith($".v{book.Version}.json", StringComparison.Ordinal)
            ? book
            : throw new InvalidDataException($"The price book '{name}' says that it is version {book.Version}.");
    }

    [GeneratedRegex(@"\.Pricing\.models\.v(?<version>[1-9]\d{0,8})\.json$", RegexOptions.CultureInvariant)]
    private static partial Regex BookName();
}
