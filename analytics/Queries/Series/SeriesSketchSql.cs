using System.Data.Common;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>A distribution of <see cref="SeriesSums"/>.</summary>
internal enum SeriesSketch
{
    Latency,
    FirstToken,
    TokensPerSecond,
}

/// <summary>How often a value fell into a bucket of a sketch.</summary>
internal readonly record struct SeriesSketchRow(SeriesPlace Place, SeriesSketch Sketch, SketchCount Count);

/// <summary>The distributions of the calls of models and tools.</summary>
internal readonly record struct SeriesSketchSql(SeriesRows Rows, SeriesPlaces Places) : ISqlQuery<SeriesSketchRow>
{
    private static readonly Sql.Fragment Placed = new("bucket, calls_model, x0, x1, x2");

    public void Write(Sql sql)
    {
        var source = SeriesSource.Observations;
        sql.Append($"""
            WITH seen AS (SELECT
                o.calls_model, o.latency_ms::DOUBLE AS x0,
                CASE WHEN o.calls_model THEN o.first_token_ms END::DOUBLE AS x1,
                CASE WHEN o.calls_model AND o.output_tokens > 0 AND o.latency_ms > 0 THEN 1000e0 * o.output_tokens / o.latency_ms END AS x2,
                {source.Values},
            """);
        Rows.Times.WriteBucket(sql, source.Time);
        source.WriteRows(sql, Rows.Filter, Rows.Times, Rows.Positions);
        sql.Append($"AND (o.calls_model OR o.type = {(int)ObservationType.Tool})),");
        source.Groups.WritePlaced(sql, Places, Placed);
        SketchIndexSql.WriteTables(sql, new Sql.Fragment($"bucket, calls_model, {source.Groups.Columns.Text}"), Enum.GetValues<SeriesSketch>().Length);
        sql.Append($"""
            SELECT * FROM (
                SELECT
                    bucket, {source.Groups.Dimension} AS dimension, {source.Groups.Value} AS place,
                    CASE WHEN grouping(x0) = 0 THEN 0 WHEN grouping(x1) = 0 THEN 1 ELSE 2 END, coalesce(x0, x1, x2) AS index,
                    CASE WHEN grouping(d6) = 0 THEN count(*) ELSE count(*) FILTER (WHERE calls_model) END AS count
                FROM indexed GROUP BY {source.Groups.By("bucket, x0", "bucket, x1", "bucket, x2")}
            ) WHERE (dimension = 0 OR place IS NOT NULL) AND index IS NOT NULL AND count > 0
            """);
    }

    public SeriesSketchRow Read(DbDataReader row) =>
        new(SeriesPlace.Read(row), (SeriesSketch)row.GetInt32(3), new SketchCount(row.GetInt32(4), row.GetInt64(5)));
}
