namespace Actors.Filtering;

/// <summary>Reads the grammar of the readable language by descent: or, and, not, term.</summary>
internal sealed class FilterParser(FilterCatalog catalog, string text)
{
    private readonly FilterScanner _scanner = new(text);
    private int _depth;
    private int _conditions;

    public Filter Parse()
    {
        var filter = ParseOr();
        if (!_scanner.AtEnd)
        {
            throw Fail(_scanner.Position, 1, "This parenthesis closes nothing.");
        }

        return filter;
    }

    private Filter ParseOr()
    {
        if (++_depth > FilterLimits.MaxDepth)
        {
            throw Fail(_scanner.Position, 0, $"Parentheses and negations may be nested {FilterLimits.MaxDepth} deep.");
        }

        var parts = new List<Filter> { ParseAnd() };
        while (TakeOr() is { } at)
        {
            if (parts.Count == 1 && parts[0] == Filter.Everything)
            {
                throw Fail(at, 2, "OR needs a condition on both sides.");
            }

            var next = ParseAnd();
            if (next == Filter.Everything)
            {
                throw Fail(at, 2, "OR needs a condition on both sides.");
            }

            parts.Add(next);
        }

        _depth--;
        return parts.Count == 1 ? parts[0] : Filter.Any(parts);
    }

    private int? TakeOr()
    {
        _scanner.SkipBlanks();
        var at = _scanner.Position;
        return _scanner.TryTakeWord("OR") ? at : null;
    }

    private Filter ParseAnd()
    {
        var parts = new List<Filter>();
        while (true)
        {
            _scanner.SkipBlanks();
            var at = _scanner.Position;
            if (_scanner.AtEnd || _scanner.Next == ')' || _scanner.TryTakeWord("OR"))
            {
                _scanner.Return(at);
                return Filter.All(parts);
            }

            if (!_scanner.TryTakeWord("AND"))
            {
                parts.Add(ParseUnary());
            }
        }
    }

    private Filter ParseUnary()
    {
        var at = _scanner.Position;
        if (_scanner.TryTake("-"))
        {
            if (++_depth > FilterLimits.MaxDepth)
            {
                throw Fail(at, 1, $"Parentheses and negations may be nested {FilterLimits.MaxDepth} deep.");
            }

            if (_scanner.AtEnd || char.IsWhiteSpace(_scanner.Next) || _scanner.Next == ')')
            {
                throw Fail(at, 1, "A minus needs a condition right behind it.");
            }

            var part = ParseUnary();
            _depth--;
            return Filter.Not(part);
        }

        if (!_scanner.TryTake("("))
        {
            return ParseTerm();
        }

        var filter = ParseOr();
        if (!_scanner.TryTake(")"))
        {
            throw Fail(at, 1, "This parenthesis is not closed.");
        }

        return filter;
    }

    private Filter ParseTerm()
    {
        if (_scanner.Next == '"')
        {
            return Search(TakeQuoted());
        }

        var name = _scanner.TakeBare(":");
        FilterWord? key = null;
        if (_scanner.Next == '"' && name.Text.EndsWith('.'))
        {
            key = TakeQuoted();
            name = name with { Text = name.Text[..^1], End = name.End - 1 };
        }

        if (!_scanner.TryTake(":"))
        {
            return key is null && _scanner.Next != '"'
                ? Search(name)
                : throw Fail(_scanner.Position, 0, "A quote can begin a word or a value, not stand inside of it.");
        }

        Count(name);
        if (name.Text == "has")
        {
            return ParseHas();
        }

        var column = FindColumn(ref name, ref key);
        return new ValueParser(_scanner, catalog, column, name, KeyOf(column, name, key)).Parse();
    }

    private Filter ParseHas()
    {
        var name = _scanner.TakeBare("");
        FilterWord? key = null;
        if (_scanner.Next == '"' && name.Text.EndsWith('.'))
        {
            key = TakeQuoted();
            name = name with { Text = name.Text[..^1], End = name.End - 1 };
        }

        if (name.Text.Length == 0)
        {
            throw Fail(name.Start, 0, "has: needs the name of a column.");
        }

        var column = FindColumn(ref name, ref key);
        if (column.Type == FilterColumnType.TextMap && key is null)
        {
            return Filter.Has(column.Name);
        }

        var text = KeyOf(column, name, key);
        return column.Family is { } family && family.Equals(name.Text, StringComparison.OrdinalIgnoreCase)
            ? Filter.Any(catalog.Columns.Where(c => c.Family == family && c.Type != FilterColumnType.FlagMap).Select(c => Filter.Has(c.Name, text)))
            : Filter.Has(column.Name, text);
    }

    // The whole word may be a column; else the part before the first dot is one, and the rest is its key.
    private FilterColumn FindColumn(ref FilterWord name, ref FilterWord? key)
    {
        if (catalog.FindWritten(name.Text) is { } column)
        {
            return column;
        }

        var dot = name.Text.IndexOf('.', StringComparison.Ordinal);
        if (key is null && dot > 0 && catalog.FindWritten(name.Text[..dot]) is { IsKeyed: true } keyed)
        {
            key = new FilterWord(name.Text[(dot + 1)..], name.Start + dot + 1, name.End, IsQuoted: false);
            name = name with { Text = name.Text[..dot], End = name.Start + dot };
            return keyed;
        }

        throw Fail(name.Start, name.End - name.Start, $"There is no column «{name.Text}» on {catalog.View}. Put a text with a colon in quotes.");
    }

    private static string? KeyOf(FilterColumn column, FilterWord name, FilterWord? key) => (column.IsKeyed, key) switch
    {
        (false, null) => null,
        (true, { Text.Length: > 0 and <= FilterLimits.MaxKeyLength } word) => word.Text,
        (true, _) => throw Fail(name.End, 0, $"{name.Text} needs a key of at most {FilterLimits.MaxKeyLength} characters: {name.Text}.key:value"),
        (false, { } word) => throw Fail(word.Start, word.End - word.Start, $"{name.Text} has no keys."),
    };

    private Condition Search(FilterWord word)
    {
        Count(word);
        if (word.Text.Length is 0 or > FilterLimits.MaxValueLength)
        {
            throw Fail(word.Start, word.End - word.Start, $"A word to search for has 1 to {FilterLimits.MaxValueLength} characters.");
        }

        return new Condition(FilterCatalog.Search, null, FilterOperator.Matches, new TextValue(word.Text));
    }

    private FilterWord TakeQuoted()
    {
        var start = _scanner.Position;
        return _scanner.TakeQuoted() ?? throw Fail(start, 1, "This quote is not closed.");
    }

    private void Count(FilterWord word)
    {
        if (++_conditions > FilterLimits.MaxConditions)
        {
            throw Fail(word.Start, word.End - word.Start, $"A filter may have {FilterLimits.MaxConditions} conditions.");
        }
    }

    private static FilterTextException Fail(int position, int length, string message) => new(new FilterProblem(position, length, message));
}
