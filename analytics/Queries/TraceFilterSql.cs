using Actors.Analytics.Queries.Filtering;
using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>The conditions of a <see cref="TraceQuery"/>, only those that it has, so that DuckDB plans for them.</summary>
internal static class TraceFilterSql
{
    /// <summary>Writes them for a table called <c>t</c>.</summary>
    public static void Write(Sql sql, TraceQuery query)
    {
        sql.Append($"WHERE");
        FilterSql.Write(sql, query.Filter, FilterTable.Traces, "t");
        if (query.From is { } from)
        {
            sql.Append($"AND t.timestamp >= {from}");
        }

        if (query.To is { } to)
        {
            sql.Append($"AND t.timestamp < {to}");
        }

        if (query.FirstPositionAfter is { } after)
        {
            sql.Append($"AND t.first_position > {after}");
        }

        if (query.FirstPositionUpTo is { } upTo)
        {
            sql.Append($"AND t.first_position <= {upTo}");
        }
    }
}
