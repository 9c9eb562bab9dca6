using Actors.Live;
using Actors.Tracing;

namespace Actors.Grains.Live;

/// <summary>
/// Tells in the place of a silo that is gone: reads the rows that nobody told of, and has the seconds of their streams asked for
/// again by everybody who counts them.
/// </summary>
internal sealed class UntoldRows(IEventLog log, IStreamFolder folder, LiveAggregator live)
{
    /// <summary>How many rows are looked at one by one; when more are missing, everything is asked for again.</summary>
    public const long MaxRows = 500;

    private const int PageRows = 100;

    /// <summary>Tells of the missing rows of a project.</summary>
    public async Task TellAsync(ProjectId project, IReadOnlyList<PositionRange> missing, CancellationToken cancellationToken)
    {
        if (await FindStreamsAsync(project, missing, cancellationToken) is not { } streams)
        {
            live.Miss(project, missing[^1].Last);
            return;
        }

        foreach (var stream in streams)
        {
            var rows = await log.ReadStreamAsync(project, stream, LogText.Without, cancellationToken);
            if (rows.Count == 0)
            {
                continue;
            }

            await folder.PrepareAsync(project, rows, cancellationToken);
            var fold = folder.Start(project, stream, LogText.Without);
            fold.Load(rows);

            // What was taken away by later rows counted in seconds that their events still name.
            var published = new PublishedFacts();
            live.Publish(published.Repeat(project, fold, rows[^1].ReceivedAt));
            live.Doubt(project, LiveAggregator.SecondsOf(rows.SelectMany(r => r.Events)).Concat(published.Seconds), fold.ErasedAt);
        }
    }

    // Null: what they have counted cannot be told any more, because some of it was erased or it is too much.
    private async Task<HashSet<StreamId>?> FindStreamsAsync(
        ProjectId project, IReadOnlyList<PositionRange> missing, CancellationToken cancellationToken)
    {
        if (missing.Sum(m => m.Last - m.First + 1) > MaxRows)
        {
            return null;
        }

        var streams = new HashSet<StreamId>();
        foreach (var range in missing)
        {
            var after = range.First - 1;
            while (after < range.Last)
            {
                var page = await log.ReadChangesAsync(project, after, (int)Math.Min(PageRows, range.Last - after), cancellationToken);
                foreach (var row in page)
                {
                    if (row.Position != ++after || row.IsDeletion || row.Events.Any(e => e is ScoreDeletedEvent))
                    {
                        return null;
                    }

                    streams.Add(row.Stream);
                }

                if (page.Count == 0)
                {
                    return null;
                }
            }
        }

        return streams;
    }
}
