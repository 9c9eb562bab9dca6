using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Analytics.Schema;

/// <summary>
/// Text as the file holds it. DuckDB's C interface ends a string at the first NUL, so NUL is written as two noncharacters,
/// and the first of them is escaped in turn. All other text is stored as it is.
/// </summary>
internal static class StoredText
{
    private const char Escape = '\uFDD0';
    private const char Nul = '\uFDD1';
    private static readonly SearchValues<char> Special = SearchValues.Create(['\0', Escape]);

    /// <summary>The stored form of <paramref name="text"/>.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Encode(string? text) =>
        text is null || text.AsSpan().IndexOfAny(Special) < 0
            ? text
            : text.Replace($"{Escape}", $"{Escape}{Escape}", StringComparison.Ordinal).Replace("\0", $"{Escape}{Nul}", StringComparison.Ordinal);

    /// <summary>The text whose stored form is <paramref name="stored"/>.</summary>
    public static string Decode(string stored)
    {
        if (!stored.Contains(Escape, StringComparison.Ordinal))
        {
            return stored;
        }

        var text = new System.Text.StringBuilder(stored.Length);
        for (var i = 0; i < stored.Length; i++)
        {
            // A cut (TextLimit) may leave the escape without its second half.
            var isEscape = stored[i] == Escape && i + 1 < stored.Length;
            text.Append(isEscape ? (stored[++i] == Nul ? '\0' : Escape) : stored[i]);
        }

        return text.ToString();
    }
}
