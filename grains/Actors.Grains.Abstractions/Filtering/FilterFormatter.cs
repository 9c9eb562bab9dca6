using System.Globalization;
using System.Text;

namespace Actors.Filtering;

/// <summary>Writes filters in the readable language.</summary>
internal static class FilterFormatter
{
    public static string Write(FilterCatalog catalog, Filter filter)
    {
        var text = new StringBuilder();
        switch (filter)
        {
            case AllFilter all:
                text.AppendJoin(' ', all.Parts.Select(part => Group(catalog, part, part is AnyFilter)));
                break;
            case AnyFilter { Parts.Count: 0 }:
                text.Append("-()");
                break;
            case AnyFilter any:
                text.AppendJoin(" OR ", any.Parts.Select(part => Write(catalog, part)));
                break;
            case NotFilter { Part: Condition { Operator: FilterOperator.IsNull } absent }:
                text.Append("has:").Append(Name(catalog.Get(absent), absent.Key));
                break;
            case NotFilter not:
                text.Append('-').Append(Group(catalog, not.Part, not.Part is AllFilter or AnyFilter));
                break;
            case Condition condition:
                WriteCondition(text, catalog.Get(condition), condition);
                break;
            default:
                throw new ArgumentException("Unknown kind of filter.", nameof(filter));
        }

        return text.ToString();
    }

    /// <summary>A text as it must be written to be read as a value.</summary>
    public static string Value(string text) => IsPlain(text) && text[0] is not ('=' or '~' or '<' or '>') ? text : Quote(text);

    /// <summary>A column's short name with a key.</summary>
    public static string Name(FilterColumn column, string? key) => key is null
        ? column.ShortName
        : Keyed(column.Name, key);

    private static string Keyed(string name, string key) =>
        $"{name}.{(IsPlain(key) && !key.Contains(':', StringComparison.Ordinal) ? key : Quote(key))}";

    private static string Group(FilterCatalog catalog, Filter part, bool needed) =>
        needed ? $"({Write(catalog, part)})" : Write(catalog, part);

    private static void WriteCondition(StringBuilder text, FilterColumn column, Condition condition)
    {
        if (column.Type == FilterColumnType.Search)
        {
            var word = ((TextValue)condition.Value).Text;
            text.Append(IsPlain(word) && word is not ("AND" or "OR") && word[0] != '-' && !word.Contains(':', StringComparison.Ordinal) ? word : Quote(word));
            return;
        }

        if (condition.Operator == FilterOperator.IsNull)
        {
            text.Append("-has:").Append(Name(column, condition.Key));
            return;
        }

        text.Append(condition.Key is { } key ? Keyed(column.ShortName, key) : column.ShortName).Append(':');
        switch (condition.Value)
        {
            case TextValue value:
                WriteText(text, column, condition.Operator, Value(value.Text));
                break;
            case TextsValue values:
                text.AppendJoin(',', values.Texts.Select(v => column.Family is not null && ValueParser.IsFlagOrNumber(v) ? Quote(v) : Value(v)));
                break;
            case NumberValue number:
                text.Append(Sign(condition.Operator)).Append(Number(column, number.Number));
                break;
            case TimeValue time:
                text.Append(Sign(condition.Operator)).Append(FilterTime.ToText(time.Time));
                break;
            case FlagValue flag:
                text.Append(flag.Flag ? "true" : "false");
                break;
        }
    }

    private static void WriteText(StringBuilder text, FilterColumn column, FilterOperator op, string value) => text.Append(op switch
    {
        FilterOperator.Contains => $"*{value}*",
        FilterOperator.StartsWith => $"{value}*",
        FilterOperator.EndsWith => $"*{value}",
        FilterOperator.Matches => column.Type == FilterColumnType.Json ? value : $"~{value}",
        _ => column.Type == FilterColumnType.Json ? $"={value}" : value,
    });

    private static string Sign(FilterOperator op) => op switch
    {
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        _ => "",
    };

    private static string Number(FilterColumn column, decimal number)
    {
        var text = number.ToString("0.############################", CultureInfo.InvariantCulture);
        return column.Unit == FilterUnit.Seconds ? text + "s" : text;
    }

    // Other characters may be plain too; quotes do no harm.
    private static bool IsPlain(string text) =>
        text.Length > 0 && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ':' or '@' or '+' or '#' or '%' or '&' or '$' or '!' or '?' or ';');

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
