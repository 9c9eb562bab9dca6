using System.Data.Common;

namespace Actors.Analytics.Queries;

/// <summary>The ids of the observations of some traces, by start time.</summary>
internal readonly record struct ObservationIdsSql(IReadOnlyList<RowPlace> Traces) : ISqlQuery<(string TraceId, string Id)>
{
    public void Write(Sql sql) => ChildrenSql.Write(sql, Traces, new("observations"), new("start_time"), near: 1_000);

    public (string TraceId, string Id) Read(DbDataReader row) => (row.Text(0), row.Text(1));
}

/// <summary>The ids of the scores of some traces and their observations, by timestamp.</summary>
internal readonly record struct ScoreIdsSql(IReadOnlyList<RowPlace> Traces) : ISqlQuery<(string TraceId, string Id)>
{
    public void Write(Sql sql) => ChildrenSql.Write(sql, Traces, new("scores"), new("timestamp"), near: 10_000);

    public (string TraceId, string Id) Read(DbDataReader row) => (row.Text(0), row.Text(1));
}

/// <summary>
/// Rows of some streams, found by the position that a trace shares with all that is in its stream. Each range of positions
/// is a scan of its own, which skips all but the few row groups that it lies in; a set of positions would open them all.
/// </summary>
internal static class ChildrenSql
{
    private const int MaxRanges = 64;

    /// <param name="sql">Where the query is written.</param>
    /// <param name="traces">The traces.</param>
    /// <param name="table">The table of the rows.</param>
    /// <param name="time">The column by which they are ordered.</param>
    /// <param name="near">How far apart positions are that share a range: what lies between is opened for less than another scan costs.</param>
    public static void Write(Sql sql, IReadOnlyList<RowPlace> traces, Sql.Fragment table, Sql.Fragment time, long near)
    {
        sql.Append($"SELECT trace_id, id FROM (");
        var ranges = Ranges([.. traces.Select(trace => trace.Position).Order()], near);
        for (var i = 0; i < ranges.Count; i++)
        {
            if (i > 0)
            {
                sql.Append($"UNION ALL");
            }

            var (first, last) = ranges[i];
            sql.Append($"SELECT trace_id, id, {time}, stream_position FROM {table} WHERE stream_position BETWEEN {first} AND {last}");
        }

        sql.Append($") WHERE stream_position IN (SELECT unnest({traces.Select(trace => trace.Position)})) ORDER BY {time}, id");
    }

    private static List<(long First, long Last)> Ranges(List<long> positions, long near)
    {
        var ranges = new List<(long First, long Last)>();
        foreach (var position in positions)
        {
            if (ranges.Count > 0 && position - ranges[^1].Last <= near)
            {
                ranges[^1] = (ranges[^1].First, position);
            }
            else
            {
                ranges.Add((position, position));
            }
        }

        return ranges.Count > MaxRanges ? [(positions[0], positions[^1])] : ranges;
    }
}
