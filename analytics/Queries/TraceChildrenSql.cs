using System.Data.Common;

namespace Actors.Analytics.Queries;

/// <summary>The ids of the observations of some traces, by start time.</summary>
internal readonly record struct ObservationIdsSql(IReadOnlyList<string> TraceIds) : ISqlQuery<(string TraceId, string Id)>
{
    public void Write(Sql sql) =>
        sql.Append($"SELECT trace_id, id FROM observations WHERE trace_id IN (SELECT unnest({TraceIds})) ORDER BY start_time, id");

    public (string TraceId, string Id) Read(DbDataReader row) => (row.Text(0), row.Text(1));
}

/// <summary>The ids of the scores of some traces and their observations, by timestamp.</summary>
internal readonly record struct ScoreIdsSql(IReadOnlyList<string> TraceIds) : ISqlQuery<(string TraceId, string Id)>
{
    public void Write(Sql sql) =>
        sql.Append($"SELECT trace_id, id FROM scores WHERE trace_id IN (SELECT unnest({TraceIds})) ORDER BY timestamp, id");

    public (string TraceId, string Id) Read(DbDataReader row) => (row.Text(0), row.Text(1));
}
