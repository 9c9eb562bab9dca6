using System.Data.Common;
using Actors.Analytics.Queries.Series;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>What observations add up to in one bucket and series; null stands for all of them.</summary>
internal readonly record struct ObservationStats(long? Bucket, string? Series, bool IsSeries, LiveStats Stats);

/// <summary>
/// Observations of a window: as a whole, by bucket, and model calls by bucket and value of a dimension. One scan gives all three.
/// The eight values with most calls have a series each, the others share one. Quantiles are exact and always a value that occurred.
/// </summary>
internal readonly record struct ObservationStatsSql(WindowRows Rows, LiveDimension By, bool WholeOnly) : ISqlQuery<ObservationStats>
{
    // Named one by one: rows that are read twice are kept in memory, and text must not be among them.
    private static readonly Sql.Fragment Columns = new("""
        o.calls_model, o.level, o.input_tokens, o.output_tokens, o.total_tokens, o.cost_usd, o.input_cost_usd, o.output_cost_usd,
        o.unpriced, o.latency_ms, o.first_token_ms
        """);

    public void Write(Sql sql)
    {
        var keys = new Sql.Fragment(WholeOnly ? "NULL::BIGINT, NULL::VARCHAR, 1::BIGINT" : "bucket, series, grouping(series)");
        var groups = new Sql.Fragment(WholeOnly ? "" : "GROUP BY GROUPING SETS ((), (bucket), (bucket, series)) ORDER BY bucket");
        sql.Append($"WITH seen AS (SELECT {SeriesSource.Observations.Value(By)} AS value, {Columns},");
        Rows.WriteBucket(sql);
        Rows.Write(sql);
        sql.Append($"""
            ), top AS (
                SELECT value FROM seen WHERE calls_model AND value IS NOT NULL
                GROUP BY value ORDER BY count(*) DESC, value LIMIT 8
            ), named AS (
                SELECT *, CASE
                    WHEN NOT calls_model OR value IS NULL THEN NULL
                    WHEN value IN (SELECT value FROM top) THEN value
                    ELSE {LiveSeriesKey.Other} END AS series
                FROM seen
            )
            SELECT
                {keys},
                count(*), count(*) FILTER (WHERE calls_model), count(*) FILTER (WHERE level = 3),
                {SqlSums.Of("input_tokens")}, {SqlSums.Of("output_tokens")}, {SqlSums.Of("total_tokens")},
                coalesce(sum(cost_usd), 0), coalesce(sum(input_cost_usd), 0), coalesce(sum(output_cost_usd), 0),
                count(*) FILTER (WHERE unpriced),
                quantile_disc(latency_ms::DOUBLE, [0.5, 0.95, 0.99]) FILTER (WHERE calls_model),
                quantile_disc(first_token_ms::DOUBLE, [0.5, 0.95]) FILTER (WHERE calls_model),
                quantile_disc(1000e0 * output_tokens / latency_ms, 0.5) FILTER (WHERE calls_model AND output_tokens > 0 AND latency_ms > 0)
            FROM named
            {groups}
            """);
    }

    public ObservationStats Read(DbDataReader row)
    {
        var latency = Quantiles(row, 13);
        var firstToken = Quantiles(row, 14);
        var stats = new LiveStats
        {
            Observations = row.GetInt64(3),
            Requests = row.GetInt64(4),
            Errors = row.GetInt64(5),
            InputTokens = row.GetInt64(6),
            OutputTokens = row.GetInt64(7),
            TotalTokens = row.GetInt64(8),
            CostUsd = row.Money(9),
            InputCostUsd = row.Money(10),
            OutputCostUsd = row.Money(11),
            Unpriced = row.GetInt64(12),
            LatencyP50Ms = latency?[0],
            LatencyP95Ms = latency?[1],
            LatencyP99Ms = latency?[2],
            FirstTokenP50Ms = firstToken?[0],
            FirstTokenP95Ms = firstToken?[1],
            TokensPerSecondP50 = row.DoubleOrNull(15),
        };
        return new ObservationStats(row.LongOrNull(0), row.TextOrNull(1), IsSeries: row.GetInt64(2) == 0, stats);
    }

    private static List<double>? Quantiles(DbDataReader row, int i) => row.IsDBNull(i) ? null : row.GetFieldValue<List<double>>(i);
}

/// <summary>Traces of a window by the bucket in which they began.</summary>
internal readonly record struct TraceBucketsSql(WindowRows Rows) : ISqlQuery<(long Bucket, long Count)>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT count(*),");
        Rows.WriteBucket(sql);
        Rows.Write(sql);
        sql.Append($"GROUP BY bucket");
    }

    public (long Bucket, long Count) Read(DbDataReader row) => (row.GetInt64(1), row.GetInt64(0));
}

/// <summary>
/// Scores of a window by name, source and category, most given first: as a whole, for which the bucket is null, and by bucket.
/// Quantiles are exact and always a value that occurred.
/// </summary>
internal readonly record struct ScoreBucketsSql(WindowRows Rows) : ISqlQuery<(long? Bucket, ScoreStats Stats)>
{
    public void Write(Sql sql)
    {
        sql.Append($"""
            WITH seen AS (
                SELECT s.name, s.source, s.data_type, s.value::DOUBLE AS value,
                    CASE WHEN s.data_type = {(int)ScoreDataType.Categorical} THEN s.string_value END AS category,
            """);
        Rows.WriteBucket(sql);
        Rows.Write(sql);
        sql.Append($"""
            )
            SELECT
                name, count(*), sum(CASE WHEN data_type = {(int)ScoreDataType.Categorical} THEN 0 ELSE value END), source, category, bucket,
                quantile_disc(value, [0.1, 0.5, 0.9]) FILTER (WHERE data_type = {(int)ScoreDataType.Numeric})
            FROM seen
            GROUP BY GROUPING SETS ((name, source, category), (bucket, name, source, category))
            ORDER BY bucket, count(*) DESC, name, source, category NULLS FIRST
            """);
    }

    public (long? Bucket, ScoreStats Stats) Read(DbDataReader row)
    {
        var quantiles = row.IsDBNull(6) ? null : row.GetFieldValue<List<double>>(6);
        return (row.LongOrNull(5), new ScoreStats(
            row.Text(0), row.GetInt64(1), row.GetDouble(2), (ScoreSource)row.GetByte(3), row.TextOrNull(4), quantiles?[0], quantiles?[1], quantiles?[2]));
    }
}
