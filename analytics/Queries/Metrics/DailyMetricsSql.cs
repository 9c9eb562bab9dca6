using System.Data.Common;
using Actors.Queries;

namespace Actors.Analytics.Queries.Metrics;

/// <summary>One page of days, newest first, with what began on them.</summary>
internal readonly record struct DailyMetricsSql(DailyMetricsQuery Query) : ISqlQuery<DailyMetrics>
{
    public void Write(Sql sql)
    {
        DailyRowsSql.Write(sql, Query);
        sql.Append($"""
            SELECT day, sum(traces)::BIGINT, sum(observations)::BIGINT, coalesce(sum(cost_usd), 0)
            FROM days GROUP BY day ORDER BY day DESC
            LIMIT {Query.Limit} OFFSET {(Query.Page - 1L) * Query.Limit}
            """);
    }

    public DailyMetrics Read(DbDataReader row) =>
        new(DateOnly.FromDateTime(row.Time(0).UtcDateTime), row.GetInt64(1), row.GetInt64(2), row.Money(3), []);
}

/// <summary>How many days there are.</summary>
internal readonly record struct DailyCountSql(DailyMetricsQuery Query) : ISqlQuery<long>
{
    public void Write(Sql sql)
    {
        DailyRowsSql.Write(sql, Query);
        sql.Append($"SELECT count(DISTINCT day) FROM days");
    }

    public long Read(DbDataReader row) => row.GetInt64(0);
}

/// <summary>What the models did on the days between two, both included; most called first.</summary>
internal readonly record struct DailyModelsSql(DailyMetricsQuery Query, DateOnly First, DateOnly Last)
    : ISqlQuery<(DateOnly Date, DailyModelMetrics Model)>
{
    public void Write(Sql sql)
    {
        sql.Append($"""
            SELECT
                date_trunc('day', start_time)::TIMESTAMP AS day, model,
                {SqlSums.Of("input_tokens")}, {SqlSums.Of("output_tokens")}, {SqlSums.Of("total_tokens")},
                coalesce(sum(cost_usd), 0), count(*), count(DISTINCT trace_id)
            FROM observations
            """);
        DailyRowsSql.WriteObservations(sql, Query);
        sql.Append($"""
            AND start_time >= {Start(First)} AND start_time < {Start(Last.AddDays(1))}
            GROUP BY day, model ORDER BY day, count(*) DESC, model
            """);
    }

    public (DateOnly Date, DailyModelMetrics Model) Read(DbDataReader row) =>
        (DateOnly.FromDateTime(row.Time(0).UtcDateTime),
            new DailyModelMetrics(
                row.TextOrNull(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.Money(5), row.GetInt64(6), row.GetInt64(7)));

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}

/// <summary>The rows behind a <see cref="DailyMetricsQuery"/>; all filters but the time are about the trace.</summary>
internal static class DailyRowsSql
{
    public static void Write(Sql sql, DailyMetricsQuery query)
    {
        sql.Append($"WITH days AS (SELECT date_trunc('day', timestamp)::TIMESTAMP AS day, count(*) AS traces, 0 AS observations, NULL AS cost_usd FROM traces WHERE true");
        WriteTrace(sql, query);
        WriteRange(sql, query, "timestamp");
        sql.Append($"""
            GROUP BY day
            UNION ALL
            SELECT date_trunc('day', start_time)::TIMESTAMP AS day, 0, count(*), sum(cost_usd) FROM observations
            """);
        WriteObservations(sql, query);
        sql.Append($"GROUP BY day)");
    }

    public static void WriteObservations(Sql sql, DailyMetricsQuery query)
    {
        sql.Append($"WHERE true");
        if (query.TraceName is not null || query.UserId is not null || query.Tags.Count > 0 || query.Environments.Count > 0)
        {
            sql.Append($"AND stream_position IN (SELECT stream_position FROM traces WHERE true");
            WriteTrace(sql, query);
            sql.Append($")");
        }

        WriteRange(sql, query, "start_time");
    }

    private static void WriteTrace(Sql sql, DailyMetricsQuery query)
    {
        if (query.TraceName is { } name)
        {
            sql.Append($"AND name = {name}");
        }

        if (query.UserId is { } userId)
        {
            sql.Append($"AND user_id = {userId}");
        }

        if (query.Tags.Count > 0)
        {
            sql.Append($"AND list_has_all(tags, {query.Tags})");
        }

        if (query.Environments.Count > 0)
        {
            sql.Append($"AND list_contains({query.Environments}, environment)");
        }
    }

    private static void WriteRange(Sql sql, DailyMetricsQuery query, string column)
    {
        var time = new Sql.Fragment(column);
        if (query.From is { } from)
        {
            sql.Append($"AND {time} >= {from}");
        }

        if (query.To is { } to)
        {
            sql.Append($"AND {time} < {to}");
        }
    }
}
