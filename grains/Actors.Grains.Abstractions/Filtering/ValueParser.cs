using System.Globalization;
using static Actors.Filtering.FilterColumnType;

namespace Actors.Filtering;

/// <summary>Reads what stands behind the colon: values with commas between them, of which any may hold.</summary>
internal sealed class ValueParser(FilterScanner scanner, FilterCatalog catalog, FilterColumn column, FilterWord name, string? key)
{
    // The longer of two operators that begin alike comes first.
    private static readonly (string Sign, FilterOperator Operator)[] Signs =
    [
        (">=", FilterOperator.GreaterOrEqual), ("<=", FilterOperator.LessOrEqual), (">", FilterOperator.Greater),
        ("<", FilterOperator.Less), ("=", FilterOperator.Equal), ("~", FilterOperator.Matches),
    ];

    private static readonly (string Unit, decimal Seconds)[] Durations = [("ms", 0.001m), ("min", 60), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400)];

    private readonly record struct Piece(FilterOperator? Sign, bool StarBefore, FilterWord Word, bool StarBehind, int Start)
    {
        public int Length => Word.End + (StarBehind ? 1 : 0) - Start;

        public bool IsPlain => Sign is null && !StarBefore && !StarBehind;
    }

    public Filter Parse()
    {
        var parts = new List<Filter>();
        var plain = new List<string>();
        FilterColumn? listed = null;
        var count = 0;
        do
        {
            if (++count > FilterLimits.MaxValues)
            {
                throw Fail(scanner.Position, 0, $"A condition may have {FilterLimits.MaxValues} values.");
            }

            var piece = TakePiece();
            if (AsListed(piece, out var of) is { } text)
            {
                plain.Add(text);
                listed = of;
            }
            else
            {
                parts.Add(ParseOne(piece));
            }
        }
        while (scanner.TryTake(","));
        return listed is null ? Filter.Any(parts) : Filter.Any([Filter.OneOf(listed, key, plain), .. parts]);
    }

    private Piece TakePiece()
    {
        var start = scanner.Position;
        FilterOperator? sign = null;
        foreach (var (text, op) in Signs)
        {
            if (scanner.TryTake(text))
            {
                sign = op;
                break;
            }
        }

        var before = sign is null && scanner.TryTake("*");
        FilterWord word;
        if (scanner.Next == '"')
        {
            var quote = scanner.Position;
            word = scanner.TakeQuoted() ?? throw Fail(quote, 1, "This quote is not closed.");
        }
        else
        {
            word = scanner.TakeBare(sign is null ? ",*" : ",");
        }

        var behind = sign is null && scanner.TryTake("*");
        var piece = new Piece(sign, before, word, behind, start);
        if (scanner.Next is not ('\0' or ',' or ')') && !char.IsWhiteSpace(scanner.Next))
        {
            throw Fail(scanner.Position, 1, "A star can begin or end a value, and quotes must go around the whole of it.");
        }

        if (piece.Length == 0 || (sign is not null && word is { Text.Length: 0, IsQuoted: false }))
        {
            throw Fail(word.End, 0, $"A value is missing behind {name.Text}.");
        }

        return word.Text.Length <= FilterLimits.MaxValueLength
            ? piece
            : throw Fail(piece, $"A value has at most {FilterLimits.MaxValueLength} characters.");
    }

    // Plain texts of one condition become one list.
    private string? AsListed(Piece piece, out FilterColumn? of)
    {
        of = column;
        if (!piece.IsPlain)
        {
            return null;
        }

        switch (column.Type)
        {
            case Text or List or ChoiceMap:
                return piece.Word.Text;
            case Choice:
                return column.Choices.FirstOrDefault(c => c.Equals(piece.Word.Text, StringComparison.OrdinalIgnoreCase))
                    ?? throw Fail(piece, $"{column.Name} is one of {string.Join(", ", column.Choices)}.");
            case NumberMap when Sibling(ChoiceMap) is { } texts && (piece.Word.IsQuoted || (!IsFlag(piece, out _) && !IsNumber(piece.Word.Text, out _))):
                of = texts;
                return piece.Word.Text;
            default:
                return null;
        }
    }

    private Filter ParseOne(Piece piece) => column.Type switch
    {
        Text or Choice or Json or TextMap => ParseText(piece),
        Number => ParseNumber(piece),
        NumberMap when piece.Sign is null && Sibling(FlagMap) is { } flags && IsFlag(piece, out var flag) =>
            new Condition(flags.Name, key, FilterOperator.Equal, new FlagValue(flag)),
        NumberMap => ParseNumber(piece),
        FilterColumnType.Time => ParseTime(piece),
        Flag or FlagMap => IsFlag(piece, out var value)
            ? new Condition(column.Name, key, FilterOperator.Equal, new FlagValue(value))
            : throw Fail(piece, $"{name.Text} is true or false."),
        _ => throw Fail(piece, $"{name.Text} is compared with whole values: {name.Text}:a,b"),
    };

    private Filter ParseText(Piece piece)
    {
        if (piece is { StarBefore: true, Word: { Text.Length: 0, IsQuoted: false } })
        {
            return Filter.Has(column.Name, key);
        }

        var op = piece switch
        {
            { StarBefore: true, StarBehind: true } => FilterOperator.Contains,
            { StarBefore: true } => FilterOperator.EndsWith,
            { StarBehind: true } => FilterOperator.StartsWith,
            { Sign: { } sign } => sign,
            _ => column.Type == Json ? FilterOperator.Matches : FilterOperator.Equal,
        };
        if (!column.Allows(op))
        {
            throw Fail(piece, $"{name.Text} holds text: compare it with a value, =value, ~words, or a star at either end.");
        }

        if (op == FilterOperator.Matches && piece.Word.Text.Length == 0)
        {
            throw Fail(piece, "There is no word to search for.");
        }

        return new Condition(column.Name, key, op, new TextValue(piece.Word.Text));
    }

    private Condition ParseNumber(Piece piece)
    {
        var op = piece.Sign ?? FilterOperator.Equal;
        if (piece.StarBefore || piece.StarBehind || piece.Word.IsQuoted || !column.Allows(op) || !IsNumber(piece.Word.Text, out var number))
        {
            var example = column.Unit == FilterUnit.Seconds ? ">1.5s, <200ms" : ">0.5, <=10, =3";
            throw Fail(piece, $"{name.Text} holds numbers: {example}.");
        }

        return new Condition(column.Name, key, op, new NumberValue(number));
    }

    private Condition ParseTime(Piece piece)
    {
        if (piece.Sign is not { } op || !column.Allows(op) || !FilterTime.TryParse(piece.Word.Text, out var time))
        {
            throw Fail(piece, $"{name.Text} holds times: >2026-01-31, <=2026-01-31T12:00Z.");
        }

        return new Condition(column.Name, null, op, new TimeValue(time));
    }

    /// <summary>Whether a text among scores reads as something else than a text.</summary>
    public static bool IsFlagOrNumber(string text) =>
        bool.TryParse(text, out _) || decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private bool IsNumber(string text, out decimal number)
    {
        var factor = 1m;
        if (column.Unit == FilterUnit.UsDollars && text.StartsWith('$'))
        {
            text = text[1..];
        }

        if (column.Unit == FilterUnit.Seconds)
        {
            foreach (var (unit, seconds) in Durations)
            {
                if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase))
                {
                    (text, factor) = (text[..^unit.Length], seconds);
                    break;
                }
            }
        }

        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!decimal.TryParse(text, Styles, CultureInfo.InvariantCulture, out number) || Math.Abs(number) > FilterLimits.MaxNumber / factor)
        {
            return false;
        }

        number *= factor;
        return true;
    }

    private static bool IsFlag(Piece piece, out bool flag)
    {
        flag = piece.Word.Text.Equals("true", StringComparison.OrdinalIgnoreCase);
        return piece.IsPlain && !piece.Word.IsQuoted && (flag || piece.Word.Text.Equals("false", StringComparison.OrdinalIgnoreCase));
    }

    // «scores» is the short name of three columns; what they are compared with tells which one is meant.
    private FilterColumn? Sibling(FilterColumnType type) =>
        column.Family is { } family && family.Equals(name.Text, StringComparison.OrdinalIgnoreCase)
            ? catalog.Columns.FirstOrDefault(c => c.Family == family && c.Type == type)
            : null;

    private static FilterTextException Fail(Piece piece, string message) => Fail(piece.Start, piece.Length, message);

    private static FilterTextException Fail(int position, int length, string message) => new(new FilterProblem(position, length, message));
}
