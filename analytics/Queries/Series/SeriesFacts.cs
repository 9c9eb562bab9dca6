using System.Data.Common;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>
/// What one observation adds to its series, of which <see cref="SeriesPlaces"/> makes one number. The time is that at which it
/// counts, in microseconds of Unix time.
/// </summary>
internal readonly record struct ObservationFact(
    long Series,
    long At,
    bool CallsModel,
    bool IsError,
    bool IsUnpriced,
    long? LatencyMs,
    long? FirstTokenMs,
    long InputTokens,
    long OutputTokens,
    long TotalTokens,
    decimal CostUsd,
    decimal InputCostUsd,
    decimal OutputCostUsd);

/// <summary>What one trace adds to its series.</summary>
/// <param name="Series">The number of its series.</param>
/// <param name="At">When it began, in microseconds of Unix time.</param>
internal readonly record struct TraceFact(long Series, long At);

/// <summary>What one score adds to its series.</summary>
/// <param name="Series">The number of its series.</param>
/// <param name="At">Its timestamp, in microseconds of Unix time.</param>
/// <param name="Kind">What it is added up by.</param>
/// <param name="Value">Its value; 0 for categories.</param>
/// <param name="Index">The bucket of its value; null unless it is numeric.</param>
internal readonly record struct ScoreFact(long Series, long At, ScoreKind Kind, double Value, int? Index);

/// <summary>Observations, one by one: adding them up in many ways at once costs less here than in many groups there.</summary>
internal readonly record struct ObservationFactsSql(SeriesRows Rows, SeriesPlaces Places, LiveRange Range) : ISqlQuery<ObservationFact>
{
    public void Write(Sql sql)
    {
        var range = Range;
        sql.Append($"""
            SELECT
                epoch_us(o.counted_at), o.calls_model, o.level = {(int)ObservationLevel.Error}, o.unpriced, o.latency_ms, o.first_token_ms,
                o.input_tokens, o.output_tokens, o.total_tokens, o.cost_usd, o.input_cost_usd, o.output_cost_usd,
            """);
        Rows.WriteNumber(sql, Places);
        Rows.Write(sql, (sql, time) => SeriesTimes.WriteCondition(sql, time, range), Places);
    }

    public ObservationFact Read(DbDataReader row) => new(
        row.GetInt64(12),
        row.GetInt64(0),
        row.GetBoolean(1),
        row.GetBoolean(2),
        row.GetBoolean(3),
        row.LongOrNull(4),
        row.LongOrNull(5),
        row.GetInt64(6),
        row.GetInt64(7),
        row.GetInt64(8),
        row.IsDBNull(9) ? 0 : row.GetDecimal(9),
        row.IsDBNull(10) ? 0 : row.GetDecimal(10),
        row.IsDBNull(11) ? 0 : row.GetDecimal(11));
}

/// <summary>Traces, one by one.</summary>
internal readonly record struct TraceFactsSql(SeriesRows Rows, SeriesPlaces Places, LiveRange Range) : ISqlQuery<TraceFact>
{
    public void Write(Sql sql)
    {
        var range = Range;
        sql.Append($"SELECT epoch_us(t.timestamp),");
        Rows.WriteNumber(sql, Places);
        Rows.Write(sql, (sql, time) => SeriesTimes.WriteCondition(sql, time, range), Places);
    }

    public TraceFact Read(DbDataReader row) => new(row.GetInt64(1), row.GetInt64(0));
}

/// <summary>Scores, one by one.</summary>
internal readonly record struct ScoreFactsSql(SeriesRows Rows, SeriesPlaces Places, LiveRange Range) : ISqlQuery<ScoreFact>
{
    public void Write(Sql sql)
    {
        var range = Range;
        sql.Append($"""
            SELECT
                epoch_us(s.timestamp), s.name, s.source,
                CASE WHEN s.data_type = {(int)ScoreDataType.Categorical} THEN s.string_value END,
                CASE WHEN s.data_type <> {(int)ScoreDataType.Categorical} THEN s.value END,
                s.data_type = {(int)ScoreDataType.Numeric},
            """);
        Rows.WriteNumber(sql, Places);
        Rows.Write(sql, (sql, time) => SeriesTimes.WriteCondition(sql, time, range), Places);
    }

    public ScoreFact Read(DbDataReader row)
    {
        var value = row.DoubleOrNull(4) ?? 0;
        return new ScoreFact(
            row.GetInt64(6),
            row.GetInt64(0),
            new ScoreKind(row.Text(1), (ScoreSource)row.GetByte(2), row.TextOrNull(3)),
            value,
            row.GetBoolean(5) ? SignedSketchMapping.IndexOf(value) : null);
    }
}
