using System.Globalization;
using Actors.Filtering;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Filtering;

/// <summary>Where the values of a filter's column come from.</summary>
internal abstract class ColumnSql
{
    /// <summary>Writes a condition on the column of the table that the query calls <paramref name="alias"/>.</summary>
    public abstract void Write(Sql sql, string alias, FilterColumn column, Condition condition);
}

/// <summary>An expression over the table's own columns; <c>{0}</c> stands for its alias.</summary>
internal sealed class ValueSql(string expression) : ColumnSql
{
    /// <summary>The sum of what the cost keys that contain <paramref name="part"/> hold; NULL without any.</summary>
    public static string CostOf(string part) => $$"""
        list_sum([usd FOR usd, i IN {0}.cost_parts_usd IF contains(lower({0}.cost_keys[i]), '{{part}}')])
        """;

    public override void Write(Sql sql, string alias, FilterColumn column, Condition condition)
    {
        var fragment = new Sql.Fragment(string.Format(CultureInfo.InvariantCulture, expression, alias));
        Predicate.Write(sql, s => s.Append($"{fragment}"), column.Type, condition);
    }
}

/// <summary>A duration, kept in milliseconds and compared in seconds.</summary>
internal sealed class SecondsSql(string name) : ColumnSql
{
    public override void Write(Sql sql, string alias, FilterColumn column, Condition condition)
    {
        var inMilliseconds = condition.Value is NumberValue seconds
            ? condition with { Value = new NumberValue(seconds.Number * 1000) }
            : condition;
        Predicate.Write(sql, s => s.Append($"{new Sql.Fragment($"{alias}.{name}")}"), column.Type, inMilliseconds);
    }
}

/// <summary>A name that is kept as a number: the condition is tried on every name, which leaves a list of numbers.</summary>
internal sealed class ChoiceSql(string name) : ColumnSql
{
    public override void Write(Sql sql, string alias, FilterColumn column, Condition condition)
    {
        int[] codes = [.. Enumerable.Range(0, column.Choices.Count).Where(i => FilterMatcher.TextHolds(condition, column.Choices[i], ignoreCase: true))];
        if (codes.Length == 0)
        {
            sql.Append($"false");
            return;
        }

        // The numbers of the enumerations are constants, not the caller's.
        sql.Append($"{new Sql.Fragment($"{alias}.{name} IN ({string.Join(", ", codes)})")}");
    }
}

/// <summary>A JSON value, compared as the text that it stands for.</summary>
internal sealed class JsonSql(string name) : ColumnSql
{
    public override void Write(Sql sql, string alias, FilterColumn column, Condition condition)
    {
        var own = new Sql.Fragment(condition.Operator == FilterOperator.IsNull ? $"{alias}.{name}" : $"json_extract_string({alias}.{name}, '$')");
        Predicate.Write(sql, s => s.Append($"{own}"), column.Type, condition);
    }
}

/// <summary>A value under a key of a JSON object. The key is a JSON pointer (RFC 6901) in a parameter.</summary>
internal sealed class JsonKeySql(string name) : ColumnSql
{
    public override void Write(Sql sql, string alias, FilterColumn column, Condition condition)
    {
        var own = new Sql.Fragment($"{alias}.{name}");
        Predicate.Write(sql, s => WriteValue(s, own, condition.Key), column.Type, condition);
    }

    /// <summary>Writes the value under a key; without a key the whole object.</summary>
    public static void WriteValue(Sql sql, Sql.Fragment own, string? key)
    {
        if (key is null)
        {
            sql.Append($"{own}");
        }
        else if (key.Contains('.', StringComparison.Ordinal))
        {
            sql.Append($"coalesce(json_extract_string({own}, {Pointer([key])}), json_extract_string({own}, {Pointer(key.Split('.'))}))");
        }
        else
        {
            sql.Append($"json_extract_string({own}, {Pointer([key])})");
        }
    }

    private static string Pointer(IEnumerable<string> path) => string.Concat(path.Select(name =>
        "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)));
}

/// <summary>
/// A column of the trace. It is looked up, not stored with the row: a trace may learn its user late. As a semi-join, because
/// conditions on traces mostly leave few of them; by the position of the stream, because numbers are joined faster than ids.
/// </summary>
internal sealed class TraceSql(string column) : ColumnSql
{
    public override void Write(Sql sql, string alias, FilterColumn own, Condition condition)
    {
        // A row without a trace has none of its values: what is missing is asked for as the opposite of what is there.
        var missing = condition.Operator == FilterOperator.IsNull;
        Filter ofTrace = condition with { Column = column };
        sql.Append($"{new Sql.Fragment(missing ? "NOT coalesce(" : "(")}{new Sql.Fragment(alias)}.stream_position IN (SELECT of_trace.stream_position FROM traces AS of_trace WHERE");
        FilterSql.Write(sql, missing ? Filter.Not(ofTrace) : ofTrace, FilterTable.Traces, "of_trace");
        sql.Append($"){new Sql.Fragment(missing ? ", false)" : ")")}");
    }
}

/// <summary>
/// The id of the trace of an observation. Some ids are looked for among the traces, of which there are fewer; the positions of
/// their streams then lead to the few parts of the file that hold their observations.
/// </summary>
internal sealed class TraceIdSql : ColumnSql
{
    private static readonly ValueSql Own = new("{0}.trace_id");
    private static readonly TraceSql OfTrace = new("id");

    public override void Write(Sql sql, string alias, FilterColumn column, Condition condition)
    {
        ColumnSql source = condition.Operator is FilterOperator.Equal or FilterOperator.OneOf ? OfTrace : Own;
        source.Write(sql, alias, column, condition);
    }
}

/// <summary>
/// Scores by name. <paramref name="owner"/> are the columns of the row and <paramref name="target"/> those of the score that
/// name what is scored; <paramref name="source"/> are the scores with a condition on them.
/// </summary>
internal sealed class ScoresSql(string owner, string target, string source = "scores AS of_score WHERE of_score.trace_id IS NOT NULL") : ColumnSql
{
    private const string Score = "of_score";

    public override void Write(Sql sql, string alias, FilterColumn column, Condition condition)
    {
        var types = column.Type switch
        {
            FilterColumnType.NumberMap => $"{(int)ScoreDataType.Numeric}, {(int)ScoreDataType.Boolean}",
            FilterColumnType.ChoiceMap => $"{(int)ScoreDataType.Categorical}",
            _ => $"{(int)ScoreDataType.Boolean}",
        };
        var key = condition.Key ?? throw new ArgumentException($"{column.Name} needs a key.", nameof(condition));
        var owners = new Sql.Fragment(string.Format(CultureInfo.InvariantCulture, owner, alias));
        var targets = new Sql.Fragment(string.Format(CultureInfo.InvariantCulture, target, Score));
        var none = new Sql.Fragment(condition.Operator == FilterOperator.IsNull ? "NOT" : "");
        sql.Append($"{none} {owners} IN (SELECT {targets} FROM {new Sql.Fragment(source)}");
        sql.Append($"AND of_score.name = {key} AND of_score.data_type IN ({new Sql.Fragment(types)})");
        switch (column.Type, condition.Value)
        {
            case (_, NoValue):
                break;
            case (FilterColumnType.NumberMap, NumberValue):
                sql.Append($"GROUP BY ALL HAVING");
                Predicate.Write(sql, s => s.Append($"avg(of_score.value)"), column.Type, condition);
                break;
            case (FilterColumnType.ChoiceMap, TextsValue values):
                sql.Append($"AND");
                Predicate.WriteOneOf(sql, s => s.Append($"of_score.string_value"), values.Texts);
                break;
            case (FilterColumnType.FlagMap, FlagValue flag):
                sql.Append($"AND of_score.value {new Sql.Fragment(flag.Flag ? "<>" : "=")} 0");
                break;
            default:
                throw Predicate.Unfit(condition);
        }

        sql.Append($")");
    }
}
