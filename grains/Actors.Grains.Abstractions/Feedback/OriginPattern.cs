using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Feedback;

/// <summary>
/// One entry of a list of allowed origins (RFC 6454 §6.2): exactly one, such as <c>https://app.example.com</c>, or all names
/// below one, such as <c>https://*.example.com</c>, which is not <c>https://example.com</c> itself.
/// </summary>
public sealed class OriginPattern
{
    /// <summary>The longest entry, in characters: a host name of 253 with a scheme and a port.</summary>
    public const int MaxLength = 300;

    /// <summary>What an entry must be.</summary>
    public const string Format =
        "Invalid origin: expected a scheme, a host and at most a port, such as https://app.example.com or http://localhost:5173, without a path";

    /// <summary>What an entry with a wildcard must be.</summary>
    public const string WildcardFormat =
        "Invalid origin: a wildcard is the first label of an http or https host with a dot behind it, as in https://*.example.com";

    private const string Wildcard = "://*.";

    private static readonly SearchValues<char> LabelCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    // Both null: there is no wildcard.
    private readonly string? _before;
    private readonly string? _after;

    private OriginPattern(string text)
    {
        Text = text;
        if (text.IndexOf(Wildcard, StringComparison.Ordinal) is >= 0 and var at)
        {
            _before = text[..(at + "://".Length)];
            _after = text[(at + "://*".Length)..];
        }
    }

    /// <summary>The entry as browsers spell origins: lower case, international names in their ASCII form, no default port.</summary>
    public string Text { get; }

    /// <summary>Reads an entry.</summary>
    /// <param name="text">The entry.</param>
    /// <param name="pattern">What it means; null: it is wrong.</param>
    /// <param name="problem">What is wrong; null: nothing.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out OriginPattern? pattern, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        pattern = null;
        var hasWildcard = text.Contains('*', StringComparison.Ordinal);
        problem = hasWildcard ? WildcardFormat : Format;
        var at = text.IndexOf(Wildcard, StringComparison.Ordinal);
        if (text.Length > MaxLength || (hasWildcard && at < 0))
        {
            return false;
        }

        var exact = hasWildcard ? text.Remove(at + "://".Length, "*.".Length) : text;
        if (exact.Contains('*', StringComparison.Ordinal) || Canonical(exact, hasWildcard) is not { } canonical)
        {
            return false;
        }

        pattern = new OriginPattern(hasWildcard ? canonical.Insert(canonical.IndexOf("://", StringComparison.Ordinal) + "://".Length, "*.") : canonical);
        problem = null;
        return true;
    }

    /// <summary>Whether it allows an origin as a browser sends it.</summary>
    public bool Allows(string origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (_before is null || _after is null)
        {
            return origin.Equals(Text, StringComparison.OrdinalIgnoreCase);
        }

        // Only labels may stand for the star: anything else could end the host before the end of the text.
        return origin.Length > _before.Length + _after.Length
            && origin.StartsWith(_before, StringComparison.OrdinalIgnoreCase)
            && origin.EndsWith(_after, StringComparison.OrdinalIgnoreCase)
            && AreLabels(origin.AsSpan(_before.Length, origin.Length - _before.Length - _after.Length));
    }

    private static bool AreLabels(ReadOnlySpan<char> text)
    {
        foreach (var label in text.Split('.'))
        {
            if (text[label].IsEmpty || text[label].ContainsAnyExcept(LabelCharacters))
            {
                return false;
            }
        }

        return true;
    }

    // Null: it is no origin.
    private static string? Canonical(string text, bool hasWildcard)
    {
        var host = text.IndexOf("://", StringComparison.Ordinal) is > 0 and var at ? at + "://".Length : -1;
        if (host < 0 || text.AsSpan(host).ContainsAny("/\\?#@") || text.Any(char.IsWhiteSpace) || text.Any(char.IsControl)
            || !Uri.TryCreate(text, UriKind.Absolute, out var uri)
            || uri.HostNameType is not (UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6))
        {
            return null;
        }

        if (hasWildcard && (uri.HostNameType != UriHostNameType.Dns || uri.Scheme is not ("http" or "https") || !HasParent(uri.IdnHost)))
        {
            return null;
        }

        var name = uri.HostNameType == UriHostNameType.Dns ? uri.IdnHost : uri.Host;
        return name.Length == 0 ? null : uri.IsDefaultPort ? $"{uri.Scheme}://{name}" : $"{uri.Scheme}://{name}:{uri.Port}";
    }

    // Below a whole top-level domain is everybody; below localhost is nobody but this machine.
    private static bool HasParent(string host) => host == "localhost" || host.Trim('.').Contains('.', StringComparison.Ordinal);
}
