using System.Data.Common;
using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>The values of each dimension with the most observations, then with the most traces, the first ones first.</summary>
internal readonly record struct SeriesRankSql(IReadOnlyList<(SeriesSource Source, SeriesRows Rows)> Sources, int PerDimension) : ISqlQuery<LiveSeriesKey>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT dimension, value FROM (");
        for (var i = 0; i < Sources.Count; i++)
        {
            var (source, rows) = Sources[i];
            var observations = new Sql.Fragment(source == SeriesSource.Observations ? "count(*)" : "0");
            var traces = new Sql.Fragment(source == SeriesSource.Traces ? "count(*)" : "0");
            sql.Append($"""
                {new Sql.Fragment(i > 0 ? "UNION ALL" : "")}
                SELECT {source.Groups.Dimension} AS dimension, {source.Groups.Value} AS value, {observations} AS observations, {traces} AS traces
                FROM (SELECT {source.Values}
                """);
            source.WriteRows(sql, rows.Filter, rows.Times, rows.Positions);
            sql.Append($") GROUP BY {source.Groups.WithoutTotal}");
        }

        sql.Append($"""
            ) WHERE value IS NOT NULL
            GROUP BY dimension, value
            QUALIFY row_number() OVER (PARTITION BY dimension ORDER BY sum(observations) DESC, sum(traces) DESC, value) <= {PerDimension}
            ORDER BY dimension, sum(observations) DESC, sum(traces) DESC, value
            """);
    }

    public LiveSeriesKey Read(DbDataReader row) => new((LiveDimension)row.GetInt32(0), row.Text(1));
}
