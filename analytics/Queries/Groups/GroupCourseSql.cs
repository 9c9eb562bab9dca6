using System.Data.Common;
using Actors.Queries;

namespace Actors.Analytics.Queries.Groups;

/// <summary>The latency of the last traces of each session, in the order in which they began.</summary>
internal readonly record struct SessionCourseSql(TraceGroupQuery Query) : ISqlQuery<(string GroupId, double? LatencyMs)>
{
    public void Write(Sql sql)
    {
        TraceGroupSql.WriteMembers(sql, Query);
        sql.Append($"""
            SELECT group_id, latency_ms::DOUBLE FROM members
            QUALIFY row_number() OVER (PARTITION BY group_id ORDER BY timestamp DESC, id DESC) <= {TraceGroup.MaxCourse}
            ORDER BY timestamp, id
            """);
    }

    public (string GroupId, double? LatencyMs) Read(DbDataReader row) => (row.Text(0), row.DoubleOrNull(1));
}

/// <summary>The number of traces of each user in equal steps from one millisecond to before another.</summary>
internal readonly record struct UserCourseSql(TraceGroupQuery Query, long FromMs, long ToMs) : ISqlQuery<(string GroupId, int Step, long Traces)>
{
    public void Write(Sql sql)
    {
        TraceGroupSql.WriteMembers(sql, Query);
        sql.Append($"""
            SELECT group_id, ((epoch_ms(timestamp) - {FromMs}) * {TraceGroup.MaxCourse} // {ToMs - FromMs})::INTEGER AS step, count(*)
            FROM members GROUP BY group_id, step
            """);
    }

    public (string GroupId, int Step, long Traces) Read(DbDataReader row) => (row.Text(0), row.GetInt32(1), row.GetInt64(2));
}
