using System.Data.Common;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>Reads which values of a dimension stand out.</summary>
internal static class LiveTopReader
{
    public static LiveTop Read(ReadSession session, LiveTopQuery query)
    {
        var times = new SeriesTimes([query.Range]);
        List<SeriesRows> sources = times.IsEmpty ? [] :
        [
            .. SeriesRowsReader.Find(
                session, query.Filter, [query.Dimension], times.WriteCondition,
                new[] { SeriesSource.Observations, SeriesSource.Traces }.Where(source => source.Has(query.Dimension))).Select(found => found.Rows),
        ];
        var values = sources.Count == 0 ? [] : session.List(new LiveTopSql(query, sources, times));
        var rest = values.Find(value => !value.IsNamed);
        return new LiveTop(
            session.Watermark,
            [.. values.Where(value => value.IsNamed).Select(value => value.Sums)],
            values.Sum(value => value.Values),
            rest.Sums with { Value = LiveSeriesKey.Other });
    }
}

/// <summary>A value, or, without a name, all that have none in the answer.</summary>
/// <param name="IsNamed">Whether it is a value.</param>
/// <param name="Sums">What it adds up to.</param>
/// <param name="Values">How many values it stands for.</param>
internal readonly record struct TopRow(bool IsNamed, TopValue Sums, long Values);

/// <summary>The highest values of a dimension and the sum of all others.</summary>
internal readonly record struct LiveTopSql(LiveTopQuery Query, IReadOnlyList<SeriesRows> Sources, SeriesTimes Times) : ISqlQuery<TopRow>
{
    private static readonly Sql.Fragment Whole = new("whole");

    public void Write(Sql sql)
    {
        sql.Append($"""
            WITH counted AS (
                SELECT
                    value, sum(traces) AS traces, sum(observations) AS observations, sum(errors) AS errors,
                    {SqlSums.Of("total_tokens")} AS total_tokens, coalesce(sum(cost_usd), 0) AS cost_usd
                FROM (
            """);
        for (var i = 0; i < Sources.Count; i++)
        {
            var (rows, times) = (Sources[i], Times);
            sql.Append($"{new Sql.Fragment(i > 0 ? "UNION ALL" : "")} SELECT {SeriesText.Cut(Whole)} AS value, * FROM (SELECT {rows.Source.Value(Query.Dimension)} AS whole,");
            if (rows.Source == SeriesSource.Traces)
            {
                sql.Append($"count(*) AS traces, 0 AS observations, 0 AS errors, 0 AS total_tokens, 0 AS cost_usd");
            }
            else
            {
                sql.Append($"""
                    0 AS traces, count(*) AS observations, count(*) FILTER (WHERE o.level = {(int)ObservationLevel.Error}) AS errors,
                    sum(o.total_tokens) AS total_tokens, sum(o.cost_usd) AS cost_usd
                    """);
            }

            rows.Write(sql, times.WriteCondition);
            sql.Append($"GROUP BY whole)");
        }

        sql.Append($"""
                ) WHERE value IS NOT NULL GROUP BY value
            ), ranked AS (
                SELECT *, row_number() OVER (ORDER BY {Order} DESC, value) AS place FROM counted
            )
            SELECT
                CASE WHEN place <= {Query.Limit} THEN value END AS named,
                sum(traces)::BIGINT, sum(observations)::BIGINT, sum(errors)::BIGINT, {SqlSums.Of("total_tokens")}, sum(cost_usd), count(*)
            FROM ranked GROUP BY named ORDER BY min(place)
            """);
    }

    public TopRow Read(DbDataReader row) => new(
        !row.IsDBNull(0),
        new TopValue(
            row.TextOrNull(0) ?? "", row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.Money(5)),
        row.GetInt64(6));

    private Sql.Fragment Order => new(Query.OrderBy switch
    {
        LiveTopOrder.Cost => "cost_usd",
        LiveTopOrder.Count => "observations",
        LiveTopOrder.Errors => "errors",
        _ => throw new ArgumentOutOfRangeException(nameof(Query), Query.OrderBy, "Values cannot be ranked by this."),
    });
}
