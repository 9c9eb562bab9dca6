using System.Data.Common;
using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>
/// Model calls by time and latency. The rows are fixed, so that maps of different times can be laid side by side: the first
/// ends at 10 ms, each further one is wider by the square root of two, and the last, which ends at 10.9 minutes, also takes
/// all that is slower.
/// </summary>
internal readonly record struct HeatmapSql(WindowRows Rows) : ISqlQuery<HeatmapCell>
{
    private const double FirstBoundMs = 10;
    private const int RowCount = 33;

    /// <summary>The upper bound of each row, inclusive.</summary>
    public static IReadOnlyList<double> UpperBoundsMs { get; } =
        [.. Enumerable.Range(0, RowCount).Select(row => FirstBoundMs * Math.Pow(2, row / 2.0))];

    public void Write(Sql sql)
    {
        sql.Append($"""
            SELECT
                CASE WHEN o.latency_ms <= 10 THEN 0 ELSE least(ceil(2 * log2(o.latency_ms / 10.0)), {RowCount - 1}) END::INTEGER AS row_index,
                count(*),
            """);
        Rows.WriteBucket(sql);
        Rows.Write(sql);
        sql.Append($"AND o.calls_model AND o.latency_ms IS NOT NULL GROUP BY ALL ORDER BY bucket, row_index");
    }

    public HeatmapCell Read(DbDataReader row) => new((int)row.GetInt64(2), row.GetInt32(0), row.GetInt64(1));
}
