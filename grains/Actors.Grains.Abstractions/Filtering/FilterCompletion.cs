namespace Actors.Filtering;

/// <summary>Something that can be written next.</summary>
/// <param name="Text">What takes the place of the characters that are being written.</param>
/// <param name="Description">What it means, for people; empty when the text says it.</param>
public sealed record FilterSuggestion(string Text, string Description);

/// <summary>What can be written next, and which characters it replaces.</summary>
/// <param name="Start">The first character to replace.</param>
/// <param name="End">Behind the last one.</param>
/// <param name="Items">At most <see cref="FilterCompletion.MaxItems"/>, likeliest first.</param>
public sealed record FilterCompletions(int Start, int End, IReadOnlyList<FilterSuggestion> Items);

/// <summary>Says what can come next in a filter that is being written.</summary>
public static class FilterCompletion
{
    /// <summary>The most suggestions.</summary>
    public const int MaxItems = 12;

    private static readonly FilterSuggestion[] Comparisons =
        [new(">", "more, or later"), new(">=", "at least"), new("<", "less, or earlier"), new("<=", "at most")];

    /// <summary>The suggestions for a caret in a text.</summary>
    /// <param name="catalog">The columns.</param>
    /// <param name="text">The filter as far as it is written.</param>
    /// <param name="caret">The place of the next character, from 0 to the length of the text.</param>
    /// <param name="values">Values that a column is known to have, most usual first.</param>
    public static FilterCompletions At(FilterCatalog catalog, string text, int caret, Func<FilterColumn, IReadOnlyList<string>> values)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(values);
        caret = Math.Clamp(caret, 0, text.Length);
        var term = TermAt(text, caret);
        var items = term.Colon < 0
            ? Columns(catalog, text[term.Start..caret])
            : Values(catalog, text[term.Start..term.Colon], text[term.ValueStart..caret], values);
        var start = term.Colon < 0 ? term.Start : term.ValueStart;
        var end = caret;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('(' or ')' or ','))
        {
            end++;
        }

        return new FilterCompletions(start, end, [.. items.Take(MaxItems)]);
    }

    // The last blank, parenthesis or minus outside of quotes begins the term, the last colon or comma in it the value.
    private static (int Start, int Colon, int ValueStart) TermAt(string text, int caret)
    {
        var (start, colon, value, quoted) = (0, -1, 0, false);
        for (var i = 0; i < caret; i++)
        {
            var c = text[i];
            quoted ^= c == '"' && (i == 0 || text[i - 1] != '\\');
            if (quoted)
            {
                continue;
            }

            if (char.IsWhiteSpace(c) || c is '(' or ')' || (c == '-' && i == start))
            {
                (start, colon) = (i + 1, -1);
            }
            else if (c == ':' && colon < 0)
            {
                (colon, value) = (i, i + 1);
            }
            else if (c == ',' && colon >= 0)
            {
                value = i + 1;
            }
        }

        return (start, colon, value);
    }

    private static IEnumerable<FilterSuggestion> Columns(FilterCatalog catalog, string prefix, bool forHas = false)
    {
        foreach (var column in catalog.Columns)
        {
            if (column.Type == FilterColumnType.Search || (column.Family is not null && column.Type != FilterColumnType.NumberMap))
            {
                continue;
            }

            string[] names = [column.Name, .. column.Aliases];
            if (names.Any(n => n.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
            {
                yield return new FilterSuggestion(column.ShortName + (column.IsKeyed ? "." : forHas ? "" : ":"), column.Description);
            }
        }

        if (!forHas && "has:".StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            yield return new FilterSuggestion("has:", "Whether there is a value");
        }
    }

    private static IEnumerable<FilterSuggestion> Values(
        FilterCatalog catalog, string name, string prefix, Func<FilterColumn, IReadOnlyList<string>> values)
    {
        if (name == "has")
        {
            return Columns(catalog, prefix, forHas: true);
        }

        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (catalog.FindWritten(dot < 0 ? name : name[..dot]) is not { } column)
        {
            return [];
        }

        return column.Type switch
        {
            FilterColumnType.Choice => Plain(column.Choices, prefix),
            FilterColumnType.Flag or FilterColumnType.FlagMap => Plain(["true", "false"], prefix),
            FilterColumnType.Number or FilterColumnType.Time or FilterColumnType.NumberMap =>
                Comparisons.Where(c => prefix.Length < c.Text.Length && c.Text.StartsWith(prefix, StringComparison.Ordinal)),
            FilterColumnType.Text or FilterColumnType.List => Plain(values(column), prefix),
            _ => [],
        };
    }

    private static IEnumerable<FilterSuggestion> Plain(IReadOnlyList<string> values, string prefix)
    {
        var wanted = prefix.Trim('"', '*');
        return values
            .Where(v => v.Contains(wanted, StringComparison.OrdinalIgnoreCase))
            .OrderBy(v => v.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
            .Select(v => FilterFormatter.Value(v) is var written && written == prefix ? null : new FilterSuggestion(FilterFormatter.Value(v), ""))
            .OfType<FilterSuggestion>();
    }
}
