using System.Data.Common;
using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>A value that is among the highest of its dimension.</summary>
/// <param name="Key">Its series.</param>
/// <param name="HasLong">Whether any value at all, of whatever rank, had to be cut.</param>
internal readonly record struct RankedValue(LiveSeriesKey Key, bool HasLong);

/// <summary>The values of each dimension with the most observations, then with the most traces, the first ones first.</summary>
internal readonly record struct SeriesRankSql(IReadOnlyList<SeriesRows> Sources, SeriesTimes Times, int PerDimension) : ISqlQuery<RankedValue>
{
    public void Write(Sql sql)
    {
        var times = Times;
        sql.Append($"SELECT dimension, value, bool_or(bool_or(is_long)) OVER () FROM (");
        foreach (var (i, rows) in Sources.Index())
        {
            List<LiveDimension> dimensions = [.. LiveSeriesKey.Dimensions.Where(rows.Source.Has)];
            sql.Append($"""
                {new Sql.Fragment(i > 0 ? "UNION ALL" : "")}
                SELECT
                    {Each(dimensions, d => $"WHEN grouping({d}) = 0 THEN {d[1..]}", " ", "CASE ", " END")} AS dimension,
                    {Each(dimensions, d => d, ", ", "coalesce(", ")")} AS value,
                    {Count(rows.Source == SeriesSource.Observations)} AS observations, {Count(rows.Source == SeriesSource.Traces)} AS traces,
                    bool_or({Each(dimensions, d => $"coalesce({SeriesText.IsLong(new Sql.Fragment($"{d}_whole")).Text}, false)", " OR ")}) AS is_long
                FROM (SELECT {Each(dimensions, d => $"{Whole(d)} AS {d}_whole, {SeriesText.Cut(new Sql.Fragment($"{d}_whole")).Text} AS {d}", ", ")}, rows FROM (
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

    public RankedValue Read(DbDataReader row) => new(new LiveSeriesKey((LiveDimension)row.GetInt32(0), row.Text(1)), row.GetBoolean(2));

    private static string Column(LiveDimension dimension) => $"d{(int)dimension}";

    // A version is put together after the rows of a prompt have been counted, not for each of them.
    private static Sql.Fragment Parts(SeriesSource source, List<LiveDimension> dimensions) => new(string.Join(", ", dimensions.Select(d =>
        d == LiveDimension.PromptVersion
            ? $"{source.Value(LiveDimension.Prompt).Text} AS {Column(d)}_part, o.prompt_version"
            : $"{source.Value(d).Text} AS {Column(d)}_part")));

    private static string Whole(string column) =>
        column == Column(LiveDimension.PromptVersion) ? $"{column}_part || '@' || prompt_version" : $"{column}_part";

    private static Sql.Fragment Count(bool isCounted) => new(isCounted ? "sum(rows)" : "0");

    private static Sql.Fragment Each(
        List<LiveDimension> dimensions, Func<string, string> write, string between, string before = "", string behind = "") =>
        new(before + string.Join(between, dimensions.Select(d => write(Column(d)))) + behind);
}
