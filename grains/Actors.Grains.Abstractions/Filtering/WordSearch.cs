using System.Text;

namespace Actors.Filtering;

/// <summary>Finds whole words: a literal that no letter or digit continues on either side.</summary>
public static class WordSearch
{
    /// <summary>Whether <paramref name="words"/> stand in <paramref name="text"/>. Nothing is found by nothing.</summary>
    public static bool IsIn(string text, string words, bool ignoreCase)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentException.ThrowIfNullOrEmpty(words);
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var from = 0; from <= text.Length - words.Length; from++)
        {
            var at = text.IndexOf(words, from, comparison);
            if (at < 0)
            {
                return false;
            }

            if (Bounded(Before(text, at), First(words)) && Bounded(First(text.AsSpan(at + words.Length)), Last(words)))
            {
                return true;
            }

            from = at;
        }

        return false;
    }

    /// <summary>
    /// The same search as a regular expression in the syntax of RE2, which knows no look-around: the neighbour is part of
    /// the match. Case is an option of whoever runs it.
    /// </summary>
    public static string ToPattern(string words)
    {
        ArgumentException.ThrowIfNullOrEmpty(words);
        const string Other = @"[^\p{L}\p{Nd}]";
        var pattern = new StringBuilder(words.Length + 48);
        if (Continues(First(words)))
        {
            pattern.Append("(?:^|").Append(Other).Append(')');
        }

        foreach (var c in words)
        {
            if (@"\.+*?()|[]{}^$".Contains(c, StringComparison.Ordinal))
            {
                pattern.Append('\\');
            }

            pattern.Append(c);
        }

        if (Continues(Last(words)))
        {
            pattern.Append("(?:").Append(Other).Append("|$)");
        }

        return pattern.ToString();
    }

    // A literal that begins or ends with a sign is bounded there by itself.
    private static bool Bounded(Rune? neighbour, Rune? edge) => !Continues(edge) || !Continues(neighbour);

    private static bool Continues(Rune? rune) => rune is { } r && (Rune.IsLetter(r) || Rune.IsDigit(r));

    private static Rune? Before(string text, int at) => Last(text.AsSpan(0, at));

    private static Rune? First(ReadOnlySpan<char> text) => text.IsEmpty ? null : Rune.DecodeFromUtf16(text, out var rune, out _) == 0 ? rune : null;

    private static Rune? Last(ReadOnlySpan<char> text) => text.IsEmpty ? null : Rune.DecodeLastFromUtf16(text, out var rune, out _) == 0 ? rune : null;
}
