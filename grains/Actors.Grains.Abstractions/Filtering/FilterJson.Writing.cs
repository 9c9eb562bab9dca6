using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Actors.Filtering;

/// <summary>Writes filters as the contract sends them.</summary>
public static partial class FilterJson
{
    /// <summary>The list of conditions that says the same; null when the contract has no words for it, as for alternatives.</summary>
    public static string? TryWrite(FilterCatalog catalog, Filter filter)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(filter);
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var part in filter is AllFilter all ? all.Parts : [filter])
            {
                if (!TryWrite(json, catalog, part))
                {
                    return null;
                }
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static bool TryWrite(Utf8JsonWriter json, FilterCatalog catalog, Filter part)
    {
        var isNegated = part is NotFilter;
        if ((part is NotFilter not ? not.Part : part) is not Condition condition || Words(catalog.Get(condition), condition, isNegated) is not var (type, op))
        {
            return false;
        }

        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("column", condition.Column);
        json.WriteString("operator", op);
        if (condition.Key is { } key)
        {
            json.WriteString("key", key);
        }

        json.WritePropertyName("value");
        WriteValue(json, condition, type);
        json.WriteEndObject();
        return true;
    }

    // Which type and operator of the contract say this; null: none does.
    private static (string Type, string Operator)? Words(FilterColumn column, Condition condition, bool isNegated) => (column.Type, condition.Operator) switch
    {
        (_, FilterOperator.IsNull) => ("null", isNegated ? "is not null" : "is null"),
        (FilterColumnType.Flag, FilterOperator.Equal) => ("boolean", isNegated ? "<>" : "="),
        (FilterColumnType.FlagMap, FilterOperator.Equal) => ("booleanObject", isNegated ? "<>" : "="),
        (FilterColumnType.List, FilterOperator.OneOf) => ("arrayOptions", isNegated ? "none of" : "any of"),
        (FilterColumnType.ChoiceMap, FilterOperator.OneOf) => ("categoryOptions", isNegated ? "none of" : "any of"),
        (FilterColumnType.Text or FilterColumnType.Choice, FilterOperator.OneOf) => ("stringOptions", isNegated ? "none of" : "any of"),
        (FilterColumnType.Text or FilterColumnType.Choice, FilterOperator.Equal) when isNegated => ("stringOptions", "none of"),
        (FilterColumnType.Text or FilterColumnType.Choice or FilterColumnType.Json, _) => Text("string", condition.Operator, isNegated),
        (FilterColumnType.TextMap, _) => Text("stringObject", condition.Operator, isNegated),
        (FilterColumnType.Number, _) when !isNegated => Compare("number", condition.Operator),
        (FilterColumnType.NumberMap, _) when !isNegated => Compare("numberObject", condition.Operator),
        (FilterColumnType.Time, _) when !isNegated => Compare("datetime", condition.Operator),
        _ => null,
    };

    private static (string Type, string Operator)? Text(string type, FilterOperator op, bool isNegated) => (op, isNegated) switch
    {
        (FilterOperator.Contains, true) => (type, "does not contain"),
        (FilterOperator.Contains, false) => (type, "contains"),
        (FilterOperator.Equal, false) => (type, "="),
        (FilterOperator.StartsWith, false) => (type, "starts with"),
        (FilterOperator.EndsWith, false) => (type, "ends with"),
        (FilterOperator.Matches, false) => (type, "matches"),
        _ => null,
    };

    private static (string Type, string Operator)? Compare(string type, FilterOperator op) => op switch
    {
        FilterOperator.Equal => (type, "="),
        FilterOperator.Greater => (type, ">"),
        FilterOperator.GreaterOrEqual => (type, ">="),
        FilterOperator.Less => (type, "<"),
        FilterOperator.LessOrEqual => (type, "<="),
        _ => null,
    };

    private static void WriteValue(Utf8JsonWriter json, Condition condition, string type)
    {
        switch (condition.Value)
        {
            case TextValue text when type == "stringOptions":
                WriteTexts(json, [text.Text]);
                break;
            case TextValue text:
                json.WriteStringValue(text.Text);
                break;
            case TextsValue texts:
                WriteTexts(json, texts.Texts);
                break;
            case NumberValue number:
                json.WriteNumberValue(number.Number);
                break;
            case TimeValue time:
                json.WriteStringValue(time.Time.UtcDateTime);
                break;
            case FlagValue flag:
                json.WriteBooleanValue(flag.Flag);
                break;
            default:
                json.WriteStringValue("");
                break;
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, IReadOnlyList<string> texts)
    {
        json.WriteStartArray();
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
