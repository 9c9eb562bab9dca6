using System.Data.Common;
using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>The values of each dimension with the most observations, then with the most traces, the first ones first.</summary>
internal readonly record struct SeriesRankSql(IReadOnlyList<SeriesRows> Sources, SeriesTimes Times, int PerDimension) : ISqlQuery<LiveSeriesKey>
{
    public void Write(Sql sql)
    {
        var times = Times;
        sql.Append($"SELECT dimension, value FROM (");
        foreach (var (i, rows) in Sources.Index())
        {
            List<LiveDimension> dimensions = [.. LiveSeriesKey.Dimensions.Where(rows.Source.Has)];
            sql.Append($"""
                {new Sql.Fragment(i > 0 ? "UNION ALL" : "")}
                SELECT
                    {Each(dimensions, d => $"WHEN grouping({d}) = 0 THEN {d[1..]}", " ", "CASE ", " END")} AS dimension,
                    {Each(dimensions, d => d, ", ", "coalesce(", ")")} AS value,
                    {Count(rows.Source == SeriesSource.Observations)} AS observations, {Count(rows.Source == SeriesSource.Traces)} AS traces
                FROM (SELECT {Each(dimensions, d => $"{SeriesText.Cut(Whole(d)).Text} AS {d}", ", ")}, rows FROM (
                    SELECT {Parts(rows.Source, dimensions)}, count(*) AS rows
                """);
            rows.Write(sql, times.WriteCondition);
            sql.Append($"GROUP BY ALL)) GROUP BY {Each(dimensions, d => $"({d})", ", ", "GROUPING SETS (", ")")}");
        }

        sql.Append($"""
            ) WHERE value IS NOT NULL
            GROUP BY dimension, value
            QUALIFY row_number() OVER (PARTITION BY dimension ORDER BY sum(observations) DESC, sum(traces) DESC, value) <= {PerDimension}
            ORDER BY dimension, sum(observations) DESC, sum(traces) DESC, value
            """);
    }

    public LiveSeriesKey Read(DbDataReader row) => new((LiveDimension)row.GetInt32(0), row.Text(1));

    private static string Column(LiveDimension dimension) => $"d{(int)dimension}";

    // A version is put together after the rows of a prompt have been counted, not for each of them.
    private static Sql.Fragment Parts(SeriesSource source, List<LiveDimension> dimensions) => new(string.Join(", ", dimensions.Select(d =>
        d == LiveDimension.PromptVersion
            ? $"{source.Value(LiveDimension.Prompt).Text} AS {Column(d)}, o.prompt_version"
            : $"{source.Value(d).Text} AS {Column(d)}")));

    private static Sql.Fragment Whole(string column) =>
        new(column == Column(LiveDimension.PromptVersion) ? $"({column} || '@' || prompt_version)" : column);

    private static Sql.Fragment Count(bool isCounted) => new(isCounted ? "sum(rows)" : "0");

    private static Sql.Fragment Each(
        List<LiveDimension> dimensions, Func<string, string> write, string between, string before = "", string behind = "") =>
        new(before + string.Join(between, dimensions.Select(d => write(Column(d)))) + behind);
}
