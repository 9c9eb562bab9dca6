using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>Where the traces of one page are, in their order.</summary>
internal readonly record struct TracePlacesSql(TraceQuery Query) : ISqlQuery<RowPlace>
{
    /// <summary>How many traces are before the page.</summary>
    public long Offset => ((Query.Page - 1L) * Query.Limit) + Query.Offset;

    public void Write(Sql sql)
    {
        sql.Append($"SELECT {RowPlace.Columns} FROM traces AS t");
        TraceFilterSql.Write(sql, Query);
        sql.Append($"ORDER BY {TraceOrderSql.Of(Query)} LIMIT {Query.Limit} OFFSET {Offset}");
    }

    public RowPlace Read(DbDataReader row) => RowPlace.Read(row);
}

/// <summary>The traces of one page.</summary>
internal readonly record struct TraceRowsSql(TraceQuery Query, IReadOnlyList<RowPlace> Places) : ISqlQuery<TraceRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT");
        TraceColumns.Write(sql, Query.TextLimit);
        sql.Append($"FROM traces");
        RowPlaces.WriteCondition(sql, Places);
        sql.Append($"ORDER BY {TraceOrderSql.Of(Query)}");
    }

    public TraceRecord Read(DbDataReader row) => TraceColumns.Read(row);
}

/// <summary>How many traces match.</summary>
internal readonly record struct TraceCountSql(TraceQuery Query) : ISqlQuery<long>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT count(*) FROM traces AS t");
        TraceFilterSql.Write(sql, Query);
    }

    public long Read(DbDataReader row) => row.GetInt64(0);
}

/// <summary>The order of a list of traces.</summary>
internal static class TraceOrderSql
{
    public static Sql.Fragment Of(TraceQuery query) =>
        new(Column(query.OrderBy) + (query.Descending ? " DESC NULLS LAST, id DESC" : " ASC NULLS LAST, id ASC"));

    private static string Column(TraceOrder order) => order switch
    {
        TraceOrder.Timestamp => "timestamp",
        TraceOrder.Id => "id",
        TraceOrder.Name => "name",
        TraceOrder.UserId => "user_id",
        TraceOrder.SessionId => "session_id",
        TraceOrder.Release => "release",
        TraceOrder.Version => "version",
        TraceOrder.Public => "public",
        TraceOrder.Bookmarked => "bookmarked",
        TraceOrder.Latency => "latency_ms",
        TraceOrder.Cost => "cost_usd",
        TraceOrder.Tokens => "total_tokens",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Traces cannot be ordered by this."),
    };
}
