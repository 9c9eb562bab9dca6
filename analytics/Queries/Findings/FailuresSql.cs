using System.Data.Common;
using Actors.Analytics.Queries.Series;
using Actors.Queries;

namespace Actors.Analytics.Queries.Findings;

/// <summary>The reasons of the errors of a window, and how many there are in all.</summary>
internal readonly record struct FailuresSql(WindowRows Rows, int Limit) : ISqlQuery<(Failure Failure, long Reasons)>
{
    public void Write(Sql sql)
    {
        sql.Append($"""
            SELECT name, pattern, last.message, rows, last.at, last.trace, last.observation, count(*) OVER () FROM (
                SELECT
                    o.name AS name, {FailurePattern.Of} AS pattern, count(*) AS rows,
                    max(struct_pack(at := o.counted_at, trace := o.trace_id, observation := o.id, message := o.status_message)) AS last
            """);
        Rows.Write(sql);
        sql.Append($"AND {FailurePattern.Failed} GROUP BY ALL");
        sql.Append($") ORDER BY rows DESC, last.at DESC, name, pattern LIMIT {Limit}");
    }

    public (Failure Failure, long Reasons) Read(DbDataReader row) => (
        new Failure(row.TextOrNull(0), row.Text(1), row.TextOrNull(2), row.GetInt64(3), row.Time(4), row.Text(5), row.Text(6)),
        row.GetInt64(7));
}

/// <summary>Reads why observations failed.</summary>
internal static class FailuresReader
{
    public static Failures Read(ReadSession session, FailuresQuery query)
    {
        var window = new TimeWindow(query.From, query.To, query.To - query.From, query.Filter);
        var found = session.List(new FailuresSql(window.Rows(session, SeriesSource.Observations), query.Limit));
        return new Failures(session.Watermark, [.. found.Select(f => f.Failure)], found is [var any, ..] ? any.Reasons : 0);
    }
}
