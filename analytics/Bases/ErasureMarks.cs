using Actors.Tracing;

namespace Actors.Analytics.Bases;

/// <summary>
/// Sees to it that text which was deleted does not stay in bases: before a follower commits a deletion, the bases that were left before
/// it are marked with the time at which they must be gone. So they are marked even when the node dies right after.
/// </summary>
internal sealed class ErasureMarks(BaseDirectory? bases, TimeSpan within, TimeProvider time)
{
    private long _last;

    /// <summary>The position of the last deletion that the follower has met; 0: none.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>When a base that is marked now must be gone.</summary>
    public DateTimeOffset Until => time.GetUtcNow() + within;

    /// <summary>Marks the bases that rows which are about to be folded make too old. Blocking.</summary>
    public void Tell(IReadOnlyList<LogRow> rows)
    {
        if (bases is not null && rows.LastOrDefault(Erases) is { } row)
        {
            // Told before the bases are listed: who adds one meanwhile looks here after it.
            Volatile.Write(ref _last, Math.Max(Last, row.Position));
            bases.MarkBefore(row.Position, Until);
        }
    }

    private static bool Erases(LogRow row) => row.IsDeletion || row.Events.Any(e => e is ScoreDeletedEvent);
}
