using System.Data.Common;
using Actors.Analytics.Queries.Filtering;
using Actors.Queries;

namespace Actors.Analytics.Queries.Groups;

/// <summary>The cohorts with the most users, and how many there are in all.</summary>
internal readonly record struct CohortSql(CohortQuery Query) : ISqlQuery<(Cohort Cohort, long Total)>
{
    public void Write(Sql sql)
    {
        WriteMembers(sql);
        sql.Append($"""
            SELECT persons.*, traced.latency_ms, praised.satisfaction, coalesce(praised.feedback, 0), count(*) OVER ()
            FROM (
                SELECT cohort, count(*) AS users, sum(traces)::BIGINT, sum(failed_traces)::BIGINT, sum(cost_usd), quantile_cont(cost_usd, 0.5) FROM (
                    SELECT cohort, user_id, count(*) AS traces, count(*) FILTER (WHERE errors > 0) AS failed_traces, sum(cost_usd) AS cost_usd
                    FROM members GROUP BY cohort, user_id
                ) GROUP BY cohort
            ) AS persons
            LEFT JOIN (SELECT cohort, quantile_cont(latency_ms::DOUBLE, 0.5) AS latency_ms FROM members GROUP BY cohort) AS traced
                ON traced.cohort IS NOT DISTINCT FROM persons.cohort
            LEFT JOIN (
                SELECT m.cohort, avg(s.value) AS satisfaction, count(*) AS feedback
                FROM scores AS s JOIN members AS m ON m.stream_position = s.stream_position
                WHERE {GroupScoresSql.IsFeedback} GROUP BY m.cohort
            ) AS praised ON praised.cohort IS NOT DISTINCT FROM persons.cohort
            ORDER BY persons.users DESC, persons.cohort NULLS LAST LIMIT {Query.Limit}
            """);
    }

    public (Cohort Cohort, long Total) Read(DbDataReader row) => (
        new Cohort
        {
            Value = row.TextOrNull(0),
            Users = row.GetInt64(1),
            Traces = row.GetInt64(2),
            FailedTraces = row.GetInt64(3),
            CostUsd = row.MoneyOrNull(4),
            MedianCostUsd = row.MoneyOrNull(5),
            MedianLatencyMs = row.DoubleOrNull(6),
            Satisfaction = row.DoubleOrNull(7),
            Feedback = row.GetInt64(8),
        },
        row.GetInt64(9));

    private void WriteMembers(Sql sql)
    {
        sql.Append($"WITH members AS NOT MATERIALIZED (SELECT t.user_id, t.errors, t.cost_usd, t.latency_ms, t.stream_position,");
        switch (Query.By)
        {
            case CohortBy.Metadata:
                JsonKeySql.WriteValue(sql, new Sql.Fragment("t.metadata"), Query.Key);
                break;
            case CohortBy.Tag:
                sql.Append($"unnest(CASE WHEN len(t.tags) = 0 THEN [NULL] ELSE t.tags END)");
                break;
            default:
                sql.Append($"{new Sql.Fragment(Column(Query.By))}");
                break;
        }

        sql.Append($"AS cohort FROM traces AS t WHERE t.user_id IS NOT NULL AND");
        FilterSql.Write(sql, Query.Counted, FilterTable.Traces, "t");
        if (Query.From is { } from)
        {
            sql.Append($"AND t.timestamp >= {from}");
        }

        if (Query.To is { } to)
        {
            sql.Append($"AND t.timestamp < {to}");
        }

        sql.Append($")");
    }

    private static string Column(CohortBy by) => by switch
    {
        CohortBy.Version => "t.version",
        CohortBy.Release => "t.release",
        CohortBy.Environment => "t.environment",
        CohortBy.Name => "t.name",
        _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Users cannot be compared by this."),
    };
}

/// <summary>Reads cohorts.</summary>
internal static class CohortReader
{
    public static Cohorts Read(ReadSession session, CohortQuery query)
    {
        var rows = session.List(new CohortSql(query));
        return new Cohorts(rows.ConvertAll(row => row.Cohort), rows.Count > 0 ? rows[0].Total : 0, session.Watermark, session.Head);
    }
}
