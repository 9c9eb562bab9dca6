using System.Data.Common;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>What is counted, when, and where the streams of it lie.</summary>
internal readonly record struct SeriesRows(LiveFilter Filter, SeriesTimes Times, PositionRange Positions);

/// <summary>The bucket and the series that a row of an answer belongs to; no place: the total.</summary>
internal readonly record struct SeriesPlace(long Bucket, LiveDimension Dimension, int? Place)
{
    public static SeriesPlace Read(DbDataReader row) => new(row.GetInt64(0), (LiveDimension)row.GetInt32(1), row.IntOrNull(2));
}

/// <summary>Where the streams of the rows of some times lie; null: there are no rows.</summary>
internal readonly record struct SeriesPositionsSql(SeriesSource Source, SeriesTimes Times) : ISqlQuery<PositionRange?>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT min(stream_position), max(stream_position) FROM {Source.Table} WHERE");
        Times.WriteCondition(sql, Source.Time);
    }

    public PositionRange? Read(DbDataReader row) => row.IsDBNull(0) ? null : new PositionRange(row.GetInt64(0), row.GetInt64(1));
}

/// <summary>The sums of the observations, all but their distributions.</summary>
internal readonly record struct ObservationSumsSql(SeriesRows Rows, SeriesPlaces Places) : ISqlQuery<SeriesSumsRow>
{
    private static readonly Sql.Fragment Columns = new("""
        o.counted_at, o.calls_model, o.level, o.unpriced, o.input_tokens, o.output_tokens, o.total_tokens,
        o.cost_usd, o.input_cost_usd, o.output_cost_usd
        """);

    private static readonly Sql.Fragment Placed = new("""
        bucket, counted_at, calls_model, level, unpriced, input_tokens, output_tokens, total_tokens, cost_usd, input_cost_usd, output_cost_usd
        """);

    public void Write(Sql sql)
    {
        var source = SeriesSource.Observations;
        sql.Append($"WITH seen AS (SELECT {Columns}, {source.Values},");
        Rows.Times.WriteBucket(sql, source.Time);
        source.WriteRows(sql, Rows.Filter, Rows.Times, Rows.Positions);
        sql.Append($"),");
        source.Groups.WritePlaced(sql, Places, Placed);
        sql.Append($"""
            SELECT * FROM (
                SELECT
                    bucket, {source.Groups.Dimension} AS dimension, {source.Groups.Value} AS place,
                    count(*), CASE WHEN grouping(d6) = 0 THEN count(*) ELSE count(*) FILTER (WHERE calls_model) END,
                    count(*) FILTER (WHERE level = {(int)ObservationLevel.Error}),
                    {SqlSums.Of("input_tokens")}, {SqlSums.Of("output_tokens")}, {SqlSums.Of("total_tokens")},
                    coalesce(sum(cost_usd), 0), coalesce(sum(input_cost_usd), 0), coalesce(sum(output_cost_usd), 0),
                    count(*) FILTER (WHERE unpriced), min(counted_at), max(counted_at)
                FROM placed GROUP BY {source.Groups.By("bucket")}
            ) WHERE dimension = 0 OR place IS NOT NULL
            """);
    }

    public SeriesSumsRow Read(DbDataReader row) => new(
        SeriesPlace.Read(row),
        new SeriesSums
        {
            Key = LiveSeriesKey.Total,
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
        },
        row.Time(13),
        row.Time(14));
}

/// <summary>The number of traces.</summary>
internal readonly record struct TraceSumsSql(SeriesRows Rows, SeriesPlaces Places) : ISqlQuery<SeriesSumsRow>
{
    private static readonly Sql.Fragment Placed = new("bucket, timestamp");

    public void Write(Sql sql)
    {
        var source = SeriesSource.Traces;
        sql.Append($"WITH seen AS (SELECT t.timestamp, {source.Values},");
        Rows.Times.WriteBucket(sql, source.Time);
        source.WriteRows(sql, Rows.Filter, Rows.Times, Rows.Positions);
        sql.Append($"),");
        source.Groups.WritePlaced(sql, Places, Placed);
        sql.Append($"""
            SELECT * FROM (
                SELECT
                    bucket, {source.Groups.Dimension} AS dimension, {source.Groups.Value} AS place,
                    count(*), min(timestamp), max(timestamp)
                FROM placed GROUP BY {source.Groups.By("bucket")}
            ) WHERE dimension = 0 OR place IS NOT NULL
            """);
    }

    public SeriesSumsRow Read(DbDataReader row) => new(
        SeriesPlace.Read(row), new SeriesSums { Key = LiveSeriesKey.Total, Traces = row.GetInt64(3) }, row.Time(4), row.Time(5));
}

/// <summary>Scores by name, source and category.</summary>
internal readonly record struct ScoreSumsSql(SeriesRows Rows, SeriesPlaces Places) : ISqlQuery<SeriesSumsRow>
{
    private static readonly Sql.Fragment Placed = new("bucket, timestamp, name, source, category, value");

    public void Write(Sql sql)
    {
        var source = SeriesSource.Scores;
        sql.Append($"""
            WITH seen AS (SELECT
                s.timestamp, s.name, s.source,
                CASE WHEN s.data_type = {(int)ScoreDataType.Categorical} THEN s.string_value END AS category,
                CASE WHEN s.data_type = {(int)ScoreDataType.Categorical} THEN 0 ELSE s.value END AS value,
                {source.Values},
            """);
        Rows.Times.WriteBucket(sql, source.Time);
        source.WriteRows(sql, Rows.Filter, Rows.Times, Rows.Positions);
        sql.Append($"),");
        source.Groups.WritePlaced(sql, Places, Placed);
        sql.Append($"""
            SELECT * FROM (
                SELECT
                    bucket, {source.Groups.Dimension} AS dimension, {source.Groups.Value} AS place,
                    name, source, category, count(*), sum(value), min(timestamp), max(timestamp)
                FROM placed GROUP BY {source.Groups.By("bucket, name, source, category")}
            ) WHERE dimension = 0 OR place IS NOT NULL
            """);
    }

    public SeriesSumsRow Read(DbDataReader row) => new(
        SeriesPlace.Read(row),
        new SeriesSums
        {
            Key = LiveSeriesKey.Total,
            Scores = [new ScoreStats(row.Text(3), row.GetInt64(6), row.GetDouble(7), (ScoreSource)row.GetByte(4), row.TextOrNull(5))],
        },
        row.Time(8),
        row.Time(9));
}

/// <summary>A part of what a series adds up to.</summary>
/// <param name="Place">Where it belongs.</param>
/// <param name="Sums">What is added; its key says nothing.</param>
/// <param name="First">When the first of it counts.</param>
/// <param name="Last">When the last of it counts.</param>
internal readonly record struct SeriesSumsRow(SeriesPlace Place, SeriesSums Sums, DateTimeOffset First, DateTimeOffset Last);
