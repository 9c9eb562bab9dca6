using System.Data.Common;
using Actors.Live;

namespace Actors.Analytics.Queries;

/// <summary>Observations that count alike, by the second in which they count.</summary>
internal readonly record struct SeedObservationsSql(DateTimeOffset From, DateTimeOffset To) : ISqlQuery<SeedObservations>
{
    public void Write(Sql sql) => sql.Append($"""
        SELECT
            epoch_ms(o.counted_at) // 1000 AS second, o.model, t.name, o.environment, o.calls_model, o.level = 3 AS is_error,
            CASE WHEN o.calls_model THEN o.latency_ms END, CASE WHEN o.calls_model THEN o.first_token_ms END, count(*),
            {SqlSums.Of("o.input_tokens")}, {SqlSums.Of("o.output_tokens")}, {SqlSums.Of("o.total_tokens")},
            coalesce(sum(o.cost_usd), 0), count(*) FILTER (WHERE o.unpriced)
        FROM observations AS o LEFT JOIN traces AS t ON t.stream_position = o.stream_position
        WHERE o.counted_at >= {From} AND o.counted_at < {To}
        GROUP BY ALL
        ORDER BY second
        """);

    public SeedObservations Read(DbDataReader row) => new()
    {
        Second = row.GetInt64(0),
        Model = row.TextOrNull(1),
        TraceName = row.TextOrNull(2),
        Environment = row.Text(3),
        CallsModel = row.GetBoolean(4),
        IsError = row.GetBoolean(5),
        LatencyMs = row.LongOrNull(6),
        FirstTokenMs = row.LongOrNull(7),
        Count = row.GetInt64(8),
        InputTokens = row.GetInt64(9),
        OutputTokens = row.GetInt64(10),
        TotalTokens = row.GetInt64(11),
        CostUsd = row.Money(12),
        Unpriced = row.GetInt64(13),
    };
}

/// <summary>Traces by the second in which they began.</summary>
internal readonly record struct SeedTracesSql(DateTimeOffset From, DateTimeOffset To) : ISqlQuery<SeedTraces>
{
    public void Write(Sql sql) => sql.Append($"""
        SELECT epoch_ms(timestamp) // 1000 AS second, name, environment, count(*)
        FROM traces
        WHERE timestamp >= {From} AND timestamp < {To}
        GROUP BY ALL
        ORDER BY second
        """);

    public SeedTraces Read(DbDataReader row) => new(row.GetInt64(0), row.TextOrNull(1), row.Text(2), row.GetInt64(3));
}

/// <summary>Numeric and boolean scores by the second of their timestamp.</summary>
internal readonly record struct SeedScoresSql(DateTimeOffset From, DateTimeOffset To) : ISqlQuery<SeedScores>
{
    public void Write(Sql sql) => sql.Append($"""
        SELECT epoch_ms(timestamp) // 1000 AS second, name, environment, count(*), sum(value)
        FROM scores
        WHERE timestamp >= {From} AND timestamp < {To} AND data_type IN (0, 2) AND value IS NOT NULL
        GROUP BY ALL
        ORDER BY second
        """);

    public SeedScores Read(DbDataReader row) => new(row.GetInt64(0), row.Text(1), row.Text(2), row.GetInt64(3), row.GetDouble(4));
}
