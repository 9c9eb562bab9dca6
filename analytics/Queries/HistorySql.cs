using System.Data.Common;
using Actors.Live;

namespace Actors.Analytics.Queries;

/// <summary>A window of time, cut into buckets, in one environment or all.</summary>
internal readonly record struct TimeWindow(DateTimeOffset From, DateTimeOffset To, TimeSpan Step, string? Environment)
{
    public long FromMs => From.ToUnixTimeMilliseconds();

    public long StepMs => Math.Max(1, (long)Step.TotalMilliseconds);

    /// <summary>The window of the same length before this one.</summary>
    public TimeWindow Previous => this with { From = From - (To - From), To = From };

    /// <summary>Writes the condition that <paramref name="column"/> lies in the window.</summary>
    public void WriteCondition(Sql sql, string column)
    {
        var time = new Sql.Fragment(column);
        sql.Append($"WHERE {time} >= {From} AND {time} < {To}");
        if (Environment is { } environment)
        {
            sql.Append($"AND environment = {environment}");
        }
    }
}

/// <summary>What observations add up to in one bucket and series; null stands for all of them.</summary>
internal readonly record struct ObservationStats(long? Bucket, string? Series, bool IsSeries, LiveStats Stats);

/// <summary>
/// Observations of a window: as a whole, by bucket, and model calls by bucket and model. One scan gives all three. The
/// eight most called models have a series each, the others share one. Quantiles are exact and always a value that occurred.
/// </summary>
internal readonly record struct ObservationStatsSql(TimeWindow Window, bool WholeOnly) : ISqlQuery<ObservationStats>
{
    // Named one by one: rows that are read twice are kept in memory, and text must not be among them.
    private static readonly Sql.Fragment Columns = new(
        "model, calls_model, level, input_tokens, output_tokens, total_tokens, cost_usd, unpriced, latency_ms, first_token_ms");

    public void Write(Sql sql)
    {
        var keys = new Sql.Fragment(WholeOnly ? "NULL::BIGINT, NULL::VARCHAR, 1::BIGINT" : "bucket, series, grouping(series)");
        var groups = new Sql.Fragment(WholeOnly ? "" : "GROUP BY GROUPING SETS ((), (bucket), (bucket, series)) ORDER BY bucket");
        sql.Append($"WITH seen AS (SELECT {Columns}, (epoch_ms(counted_at) - {Window.FromMs}) // {Window.StepMs} AS bucket FROM observations");
        Window.WriteCondition(sql, "counted_at");
        sql.Append($"""
            ), top AS (
                SELECT model FROM seen WHERE calls_model AND model IS NOT NULL
                GROUP BY model ORDER BY count(*) DESC, model LIMIT 8
            ), named AS (
                SELECT *, CASE
                    WHEN NOT calls_model OR model IS NULL THEN NULL
                    WHEN model IN (SELECT model FROM top) THEN model
                    ELSE {LiveSeriesKey.Other} END AS series
                FROM seen
            )
            SELECT
                {keys},
                count(*), count(*) FILTER (WHERE calls_model), count(*) FILTER (WHERE level = 3),
                {SqlSums.Of("input_tokens")}, {SqlSums.Of("output_tokens")}, {SqlSums.Of("total_tokens")},
                coalesce(sum(cost_usd), 0), count(*) FILTER (WHERE unpriced),
                quantile_disc(latency_ms::DOUBLE, [0.5, 0.95, 0.99]) FILTER (WHERE calls_model),
                quantile_disc(first_token_ms::DOUBLE, [0.5, 0.95]) FILTER (WHERE calls_model)
            FROM named
            {groups}
            """);
    }

    public ObservationStats Read(DbDataReader row)
    {
        var latency = Quantiles(row, 11);
        var firstToken = Quantiles(row, 12);
        var stats = new LiveStats
        {
            Observations = row.GetInt64(3),
            Requests = row.GetInt64(4),
            Errors = row.GetInt64(5),
            InputTokens = row.GetInt64(6),
            OutputTokens = row.GetInt64(7),
            TotalTokens = row.GetInt64(8),
            CostUsd = row.Money(9),
            Unpriced = row.GetInt64(10),
            LatencyP50Ms = latency?[0],
            LatencyP95Ms = latency?[1],
            LatencyP99Ms = latency?[2],
            FirstTokenP50Ms = firstToken?[0],
            FirstTokenP95Ms = firstToken?[1],
        };
        return new ObservationStats(row.LongOrNull(0), row.TextOrNull(1), IsSeries: row.GetInt64(2) == 0, stats);
    }

    private static List<double>? Quantiles(DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetFieldValue<List<double>>(i);
}

/// <summary>Traces of a window by the bucket in which they began.</summary>
internal readonly record struct TraceBucketsSql(TimeWindow Window) : ISqlQuery<(long Bucket, long Count)>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT (epoch_ms(timestamp) - {Window.FromMs}) // {Window.StepMs} AS bucket, count(*) FROM traces");
        Window.WriteCondition(sql, "timestamp");
        sql.Append($"GROUP BY bucket");
    }

    public (long Bucket, long Count) Read(DbDataReader row) => (row.GetInt64(0), row.GetInt64(1));
}

/// <summary>Numeric and boolean scores of a window by bucket and name, most given first.</summary>
internal readonly record struct ScoreBucketsSql(TimeWindow Window) : ISqlQuery<(long Bucket, ScoreStats Stats)>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT (epoch_ms(timestamp) - {Window.FromMs}) // {Window.StepMs} AS bucket, name, count(*), sum(value) FROM scores");
        Window.WriteCondition(sql, "timestamp");
        sql.Append($"AND data_type IN (0, 2) AND value IS NOT NULL GROUP BY bucket, name ORDER BY bucket, count(*) DESC, name");
    }

    public (long Bucket, ScoreStats Stats) Read(DbDataReader row) =>
        (row.GetInt64(0), new ScoreStats(row.Text(1), row.GetInt64(2), row.GetDouble(3)));
}
