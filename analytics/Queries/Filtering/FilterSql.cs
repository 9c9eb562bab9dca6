using Actors.Filtering;

namespace Actors.Analytics.Queries.Filtering;

/// <summary>
/// Writes a filter as one condition of a query. Values and keys become parameters; columns come from a <see cref="FilterTable"/>.
/// A comparison with a missing value is NULL, which counts as false everywhere but under NOT, where it is made false.
/// </summary>
internal static class FilterSql
{
    /// <summary>Writes the condition in parentheses; <paramref name="alias"/> is the name of the table in the query.</summary>
    /// <exception cref="ArgumentException">The filter has a condition that the table does not know.</exception>
    public static void Write(Sql sql, Filter filter, FilterTable table, string alias)
    {
        switch (filter)
        {
            case AllFilter all:
                WriteParts(sql, all.Parts, table, alias, new Sql.Fragment("AND"), new Sql.Fragment("true"));
                break;
            case AnyFilter any:
                WriteParts(sql, any.Parts, table, alias, new Sql.Fragment("OR"), new Sql.Fragment("false"));
                break;
            case NotFilter not:
                sql.Append($"(NOT coalesce(");
                Write(sql, not.Part, table, alias);
                sql.Append($", false))");
                break;
            case Condition condition:
                WriteCondition(sql, condition, table, alias);
                break;
            default:
                throw new ArgumentException("Unknown kind of filter.", nameof(filter));
        }
    }

    private static void WriteParts(
        Sql sql, IReadOnlyList<Filter> parts, FilterTable table, string alias, Sql.Fragment join, Sql.Fragment none)
    {
        if (parts.Count == 0)
        {
            sql.Append($"({none})");
            return;
        }

        sql.Append($"(");
        for (var i = 0; i < parts.Count; i++)
        {
            if (i > 0)
            {
                sql.Append($"{join}");
            }

            Write(sql, parts[i], table, alias);
        }

        sql.Append($")");
    }

    private static void WriteCondition(Sql sql, Condition condition, FilterTable table, string alias)
    {
        var column = table.Catalog.Get(condition);
        if (column.Type == FilterColumnType.Search)
        {
            Write(sql, table.Catalog.ExpandSearch(((TextValue)condition.Value).Text), table, alias);
            return;
        }

        sql.Append($"(");
        table.Find(column.Name).Write(sql, alias, column, condition);
        sql.Append($")");
    }
}
