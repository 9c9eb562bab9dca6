using System.Text;

namespace Actors.Filtering;

/// <summary>A piece of written text: its characters without quotes, and where it stands.</summary>
/// <param name="Text">The characters that are meant.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="IsQuoted">Whether quotes say that every character is meant as it is.</param>
internal readonly record struct FilterWord(string Text, int Start, int End, bool IsQuoted);

/// <summary>Walks over the characters of a written filter.</summary>
internal sealed class FilterScanner(string text)
{
    /// <summary>The next character's place.</summary>
    public int Position { get; private set; }

    /// <summary>The next character; NUL at the end.</summary>
    public char Next => Position < text.Length ? text[Position] : '\0';

    public bool AtEnd => Position >= text.Length;

    /// <summary>Goes back to a place that was passed.</summary>
    public void Return(int position) => Position = position;

    public void SkipBlanks()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position]))
        {
            Position++;
        }
    }

    /// <summary>Takes this text when it comes next.</summary>
    public bool TryTake(string expected)
    {
        if (!text.AsSpan(Position).StartsWith(expected, StringComparison.Ordinal))
        {
            return false;
        }

        Position += expected.Length;
        return true;
    }

    /// <summary>Takes this word when it comes next and ends there.</summary>
    public bool TryTakeWord(string word)
    {
        var end = Position + word.Length;
        if (!text.AsSpan(Position).StartsWith(word, StringComparison.Ordinal) || (end < text.Length && !IsEnd(text[end])))
        {
            return false;
        }

        Position = end;
        return true;
    }

    /// <summary>Takes what is up to a blank, a parenthesis, a quote or one of <paramref name="stops"/>.</summary>
    public FilterWord TakeBare(string stops)
    {
        var start = Position;
        while (Position < text.Length && !IsEnd(text[Position]) && text[Position] != '"' && !stops.Contains(text[Position], StringComparison.Ordinal))
        {
            Position++;
        }

        return new FilterWord(text[start..Position], start, Position, IsQuoted: false);
    }

    /// <summary>Takes a text in quotes, in which a backslash makes a quote or a backslash plain; null when it does not end.</summary>
    public FilterWord? TakeQuoted()
    {
        var start = Position++;
        var meant = new StringBuilder();
        while (Position < text.Length)
        {
            var c = text[Position++];
            if (c == '"')
            {
                return new FilterWord(meant.ToString(), start, Position, IsQuoted: true);
            }

            if (c == '\\' && Position < text.Length && text[Position] is '"' or '\\')
            {
                c = text[Position++];
            }

            meant.Append(c);
        }

        return null;
    }

    private static bool IsEnd(char c) => char.IsWhiteSpace(c) || c is '(' or ')';
}
