using System.Globalization;
using System.Text.Json;
using static Actors.Filtering.FilterColumnType;

namespace Actors.Filtering;

/// <summary>Reads one condition of a JSON filter: <c>{type, column, operator, value, key?}</c>.</summary>
internal sealed class ConditionReader(FilterCatalog catalog, JsonElement item, int index, List<FilterIssue> issues)
{
    // Which columns a type may be used on, and with which operators.
    private static readonly Dictionary<string, (FilterColumnType[] Columns, string[] Operators)> Types = new()
    {
        ["datetime"] = ([Time], [">", "<", ">=", "<="]),
        ["string"] = ([Text, Choice, Json], ["=", "contains", "does not contain", "starts with", "ends with", "matches"]),
        ["number"] = ([Number], ["=", ">", "<", ">=", "<="]),
        ["stringOptions"] = ([Text, Choice, List], ["any of", "none of"]),
        ["arrayOptions"] = ([List], ["any of", "none of", "all of"]),
        ["categoryOptions"] = ([ChoiceMap], ["any of", "none of"]),
        ["stringObject"] = ([TextMap], ["=", "contains", "does not contain", "starts with", "ends with", "matches"]),
        ["numberObject"] = ([NumberMap], ["=", ">", "<", ">=", "<="]),
        ["booleanObject"] = ([FlagMap], ["=", "<>"]),
        ["boolean"] = ([Flag], ["=", "<>"]),
        ["null"] = ([Text, Choice, Json, Number, Time, List, TextMap], ["is null", "is not null"]),
    };

    /// <summary>The condition; null when something is wrong with it, which is then among the issues.</summary>
    public Filter? Read()
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return Refuse("invalid_type", null, $"Invalid input: expected object, received {Kind(item)}");
        }

        var type = ReadText("type");
        var name = ReadText("column");
        var op = ReadText("operator");
        if (type is null || name is null || op is null)
        {
            return null;
        }

        if (!Types.TryGetValue(type, out var rules))
        {
            return Refuse("invalid_value", "type", $"Invalid option: expected one of {string.Join(", ", Types.Keys)}");
        }

        if (!rules.Operators.Contains(op))
        {
            return Refuse("invalid_value", "operator", $"Invalid option: expected one of {string.Join(", ", rules.Operators)}");
        }

        if (catalog.Find(name) is not { } column)
        {
            return Refuse("invalid_value", "column", $"Unknown column on {catalog.View}: {Shorten(name)}");
        }

        if (!rules.Columns.Contains(column.Type))
        {
            return Refuse("invalid_value", "type", $"Column {column.Name} cannot be filtered as {type}");
        }

        return ReadKey(column, type) is (true, var key) ? ReadCondition(column, key, type, op) : null;
    }

    /// <summary>What JSON calls a value of this kind.</summary>
    public static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        JsonValueKind.Null => "null",
        _ => "undefined",
    };

    private static string Shorten(string name) => name.Length <= 100 ? name : name[..100];

    private Filter? ReadCondition(FilterColumn column, string? key, string type, string op) => type switch
    {
        "null" => Negate(op == "is not null", new Condition(column.Name, key, FilterOperator.IsNull, NoValue.Instance)),
        "datetime" => ReadTime() is { } time ? new Condition(column.Name, null, Comparison(op), new TimeValue(time)) : null,
        "number" or "numberObject" => ReadNumber() is { } number ? new Condition(column.Name, key, Comparison(op), new NumberValue(number)) : null,
        "boolean" or "booleanObject" => ReadFlag() is { } flag
            ? Negate(op == "<>", new Condition(column.Name, key, FilterOperator.Equal, new FlagValue(flag)))
            : null,
        "string" or "stringObject" => ReadTextCondition(column, key, op),
        _ => ReadTexts() is not { } texts ? null : op == "all of"
            ? Filter.All(texts.Select(text => Filter.OneOf(column, key, [text])))
            : Negate(op == "none of", Filter.OneOf(column, key, texts)),
    };

    private Filter? ReadTextCondition(FilterColumn column, string? key, string op)
    {
        if (ReadText("value", FilterLimits.MaxValueLength) is not { } text)
        {
            return null;
        }

        if (op == "matches" && (text.Length == 0 || column.Type == Choice))
        {
            return Refuse("invalid_value", "value", "matches needs a text that holds at least one word");
        }

        return Negate(op == "does not contain", new Condition(column.Name, key, op switch
        {
            "=" => FilterOperator.Equal,
            "starts with" => FilterOperator.StartsWith,
            "ends with" => FilterOperator.EndsWith,
            "matches" => FilterOperator.Matches,
            _ => FilterOperator.Contains,
        }, new TextValue(text)));
    }

    private static Filter Negate(bool negated, Filter filter) => negated ? Filter.Not(filter) : filter;

    private static FilterOperator Comparison(string op) => op switch
    {
        "=" => FilterOperator.Equal,
        ">" => FilterOperator.Greater,
        ">=" => FilterOperator.GreaterOrEqual,
        "<" => FilterOperator.Less,
        _ => FilterOperator.LessOrEqual,
    };

    // A type that needs a key must have one; a null check may have one; elsewhere a key says nothing and is passed over.
    private (bool Right, string? Key) ReadKey(FilterColumn column, string type)
    {
        if (!column.IsKeyed || (type == "null" && Get("key") is null))
        {
            return (true, null);
        }

        if (ReadText("key", FilterLimits.MaxKeyLength) is not { } key)
        {
            return (false, null);
        }

        if (key.Length == 0)
        {
            Refuse("too_small", "key", "Too small: expected string to have >=1 characters");
            return (false, null);
        }

        return (true, key);
    }

    private string? ReadText(string name, int max = 200)
    {
        var value = Get(name);
        if (value is not { ValueKind: JsonValueKind.String } text)
        {
            Refuse("invalid_type", name, $"Invalid input: expected string, received {(value is { } v ? Kind(v) : "undefined")}");
            return null;
        }

        return Check(name, text, max);
    }

    private string? Check(string name, JsonElement value, int max)
    {
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // JSON can escape half of a surrogate pair, which is no text.
            Refuse("custom", name, "Invalid input: the text contains half of a surrogate pair");
            return null;
        }

        if (text.Length > max)
        {
            Refuse("too_big", name, $"Too big: expected string to have <={max} characters");
            return null;
        }

        return text;
    }

    private decimal? ReadNumber()
    {
        if (Get("value") is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out var number)
            && Math.Abs(number) <= FilterLimits.MaxNumber)
        {
            return number;
        }

        Refuse("invalid_type", "value", Get("value") is { ValueKind: JsonValueKind.Number }
            ? "Invalid input: expected a number of at most 15 digits before the point"
            : $"Invalid input: expected number, received {KindOf("value")}");
        return null;
    }

    private bool? ReadFlag()
    {
        switch (Get("value")?.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            default:
                Refuse("invalid_type", "value", $"Invalid input: expected boolean, received {KindOf("value")}");
                return null;
        }
    }

    private DateTimeOffset? ReadTime()
    {
        if (ReadText("value") is not { } text)
        {
            return null;
        }

        if (FilterTime.TryParse(text, out var time))
        {
            return time;
        }

        Refuse("invalid_format", "value", "Invalid ISO datetime");
        return null;
    }

    private List<string>? ReadTexts()
    {
        if (Get("value") is not { ValueKind: JsonValueKind.Array } list)
        {
            Refuse("invalid_type", "value", $"Invalid input: expected array, received {KindOf("value")}");
            return null;
        }

        if (list.GetArrayLength() > FilterLimits.MaxValues)
        {
            Refuse("too_big", "value", $"Too big: expected array to have <={FilterLimits.MaxValues} items");
            return null;
        }

        var texts = new List<string>();
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                Refuse("invalid_type", "value", $"Invalid input: expected string, received {Kind(element)}");
                return null;
            }

            if (Check("value", element, FilterLimits.MaxValueLength) is not { } text)
            {
                return null;
            }

            texts.Add(text);
        }

        return texts;
    }

    private JsonElement? Get(string name) => item.TryGetProperty(name, out var value) ? value : null;

    private string KindOf(string name) => Get(name) is { } value ? Kind(value) : "undefined";

    private Filter? Refuse(string code, string? name, string message)
    {
        var place = index.ToString(CultureInfo.InvariantCulture);
        issues.Add(new FilterIssue(code, name is null ? [place] : [place, name], message));
        return null;
    }
}
