using Actors.Storage.Formats;
using Actors.Tracing;

namespace Actors.Storage.Log;

/// <summary>Rows of a stream as they shall be without what is deleted, made before the writer's turn.</summary>
/// <param name="Version">The stream's version at the time of reading; the writer refuses to act on any other.</param>
/// <param name="Rows">The rows that change, by version.</param>
internal sealed record Redaction(long Version, IReadOnlyList<(long Version, EncodedRow Row)> Rows)
{
    public long Length => Rows.Sum(r => r.Row.Length);

    /// <summary>The rows of a stream that hold what some score deletions take back, encoded without it.</summary>
    public static Redaction Of(IReadOnlyList<LogRow> rows, IReadOnlyList<ScoreDeletedEvent> deletions)
    {
        return new Redaction(
            rows.Count == 0 ? 0 : rows[^1].Version,
            [.. rows
                .Where(row => row.Events.Any(IsDeleted))
                .Select(row => (row.Version, RowCodec.Encode([.. row.Events.Where(e => !IsDeleted(e))])))]);

        bool IsDeleted(StreamEvent e) =>
            e is ScoreEvent score && deletions.Any(d => d.ScoreId == score.ScoreId && d.Timestamp >= score.Timestamp);
    }
}
