using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>
/// One page of traces. The inner query sorts only what the filter and the order need; text is fetched for the rows of the
/// page alone, because sorting would else carry all of it.
/// </summary>
internal readonly record struct TraceListSql(TraceQuery Query) : ISqlQuery<TraceRecord>
{
    public void Write(Sql sql)
    {
        var order = new Sql.Fragment(Column(Query.OrderBy) + (Query.Descending ? " DESC NULLS LAST, id DESC" : " ASC NULLS LAST, id ASC"));
        sql.Append($"SELECT");
        TraceColumns.Write(sql, Query.TextLimit);
        sql.Append($"FROM traces WHERE rowid IN (SELECT t.rowid FROM traces AS t");
        TraceFilterSql.Write(sql, Query);
        sql.Append($"ORDER BY {order} LIMIT {Query.Limit} OFFSET {((Query.Page - 1L) * Query.Limit) + Query.Offset})");
        sql.Append($"ORDER BY {order}");
    }

    public TraceRecord Read(DbDataReader row) => TraceColumns.Read(row);

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
        TraceOrder.Latency => "latency_ms",
        TraceOrder.Cost => "cost_usd",
        TraceOrder.Tokens => "total_tokens",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Traces cannot be ordered by this."),
    };
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
