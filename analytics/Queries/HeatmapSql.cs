using System.Data.Common;
using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>
/// Model calls by time and latency. The rows are fixed, so that maps of different times can be laid side by side: the first
/// ends at 10 ms, each further one is wider by the square root of two, and the last, which ends at 10.9 minutes, also takes
/// all that is slower.
/// </summary>
internal readonly record struct HeatmapSql(TimeWindow Window) : ISqlQuery<HeatmapCell>
{
    private const double FirstBoundMs = 10;
    private const int Rows = 33;

    /// <summary>The upper bound of each row, inclusive.</summary>
    public static IReadOnlyList<double> UpperBoundsMs { get; } =
        [.. Enumerable.Range(0, Rows).Select(row => FirstBoundMs * Math.Pow(2, row / 2.0))];

    public void Write(Sql sql)
    {
        sql.Append($"""
            SELECT
                ((epoch_ms(counted_at) - {Window.FromMs}) // {Window.StepMs})::INTEGER AS column_index,
                CASE WHEN latency_ms <= 10 THEN 0 ELSE least(ceil(2 * log2(latency_ms / 10.0)), {Rows - 1}) END::INTEGER AS row_index,
                count(*)
            FROM observations
            """);
        Window.WriteCondition(sql, "counted_at");
        sql.Append($"AND calls_model AND latency_ms IS NOT NULL GROUP BY ALL ORDER BY column_index, row_index");
    }

    public HeatmapCell Read(DbDataReader row) => new(row.GetInt32(0), row.GetInt32(1), row.GetInt64(2));
}
