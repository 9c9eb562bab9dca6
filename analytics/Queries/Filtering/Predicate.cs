using Actors.Filtering;

namespace Actors.Analytics.Queries.Filtering;

/// <summary>One comparison of an expression with the value of a condition.</summary>
internal static class Predicate
{
    /// <summary>Writes the comparison; <paramref name="expression"/> writes the value of the column.</summary>
    public static void Write(Sql sql, Action<Sql> expression, FilterColumnType type, Condition condition)
    {
        switch (type)
        {
            case FilterColumnType.Text or FilterColumnType.Json or FilterColumnType.TextMap:
                WriteText(sql, expression, condition, ignoreCase: type != FilterColumnType.TextMap);
                break;
            case FilterColumnType.Number or FilterColumnType.NumberMap:
                WriteNumber(sql, expression, condition);
                break;
            case FilterColumnType.Time:
                WriteTime(sql, expression, condition);
                break;
            case FilterColumnType.Flag:
                WriteFlag(sql, expression, condition);
                break;
            case FilterColumnType.List:
                WriteList(sql, expression, condition);
                break;
            default:
                throw Unfit(condition);
        }
    }

    /// <summary>Writes that an expression is one of some values, one parameter each, which DuckDB can push into the scan.</summary>
    public static void WriteOneOf(Sql sql, Action<Sql> expression, IReadOnlyList<string> values)
    {
        expression(sql);
        sql.Append($"IN (");
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0)
            {
                sql.Append($",");
            }

            sql.Append($"{values[i]}");
        }

        sql.Append($")");
    }

    public static ArgumentException Unfit(Condition condition) =>
        new($"{condition.Operator} cannot compare {condition.Column} with a {condition.Value.GetType().Name}.", nameof(condition));

    private static void WriteText(Sql sql, Action<Sql> expression, Condition condition, bool ignoreCase)
    {
        switch (condition.Operator, condition.Value)
        {
            case (FilterOperator.IsNull, _):
                expression(sql);
                sql.Append($"IS NULL");
                break;
            case (FilterOperator.Equal, TextValue value):
                expression(sql);
                sql.Append($"= {value.Text}");
                break;
            case (FilterOperator.OneOf, TextsValue values):
                WriteOneOf(sql, expression, values.Texts);
                break;
            case (FilterOperator.Contains, TextValue value):
                WriteCall(sql, "contains", expression, value.Text);
                break;
            case (FilterOperator.StartsWith, TextValue value):
                WriteCall(sql, "starts_with", expression, value.Text);
                break;
            case (FilterOperator.EndsWith, TextValue value):
                WriteCall(sql, "ends_with", expression, value.Text);
                break;
            case (FilterOperator.Matches, TextValue value):
                sql.Append($"regexp_matches(");
                expression(sql);
                sql.Append($", {WordSearch.ToPattern(value.Text)}, {new Sql.Fragment(ignoreCase ? "'is'" : "'cs'")})");
                break;
            default:
                throw Unfit(condition);
        }
    }

    private static void WriteCall(Sql sql, string function, Action<Sql> expression, string value)
    {
        sql.Append($"{new Sql.Fragment(function)}(");
        expression(sql);
        sql.Append($", {value})");
    }

    private static void WriteNumber(Sql sql, Action<Sql> expression, Condition condition)
    {
        expression(sql);
        if (condition.Operator == FilterOperator.IsNull)
        {
            sql.Append($"IS NULL");
            return;
        }

        sql.Append($"{Comparison(condition)} {(double)(condition.Value as NumberValue ?? throw Unfit(condition)).Number}");
    }

    private static void WriteTime(Sql sql, Action<Sql> expression, Condition condition)
    {
        expression(sql);
        if (condition.Operator == FilterOperator.IsNull)
        {
            sql.Append($"IS NULL");
            return;
        }

        sql.Append($"{Comparison(condition)} {(condition.Value as TimeValue ?? throw Unfit(condition)).Time}");
    }

    private static void WriteFlag(Sql sql, Action<Sql> expression, Condition condition)
    {
        if (condition.Operator == FilterOperator.IsNull)
        {
            sql.Append($"false");
            return;
        }

        sql.Append($"{new Sql.Fragment((condition.Value as FlagValue ?? throw Unfit(condition)).Flag ? "" : "NOT")} (");
        expression(sql);
        sql.Append($")");
    }

    private static void WriteList(Sql sql, Action<Sql> expression, Condition condition)
    {
        switch (condition.Operator, condition.Value)
        {
            case (FilterOperator.IsNull, _):
                sql.Append($"len(");
                expression(sql);
                sql.Append($") = 0");
                break;
            case (FilterOperator.OneOf, TextsValue values):
                WriteHasAny(sql, expression, values.Texts);
                break;
            default:
                throw Unfit(condition);
        }
    }

    // One by one: DuckDB's own search for any of some values makes a set of every row's list.
    private static void WriteHasAny(Sql sql, Action<Sql> expression, IReadOnlyList<string> values)
    {
        sql.Append($"(false");
        foreach (var value in values)
        {
            sql.Append($"OR list_contains(");
            expression(sql);
            sql.Append($", {value})");
        }

        sql.Append($")");
    }

    private static Sql.Fragment Comparison(Condition condition) => new(condition.Operator switch
    {
        FilterOperator.Equal => "=",
        FilterOperator.Greater => ">",
        FilterOperator.GreaterOrEqual => ">=",
        FilterOperator.Less => "<",
        FilterOperator.LessOrEqual => "<=",
        _ => throw Unfit(condition),
    });
}
