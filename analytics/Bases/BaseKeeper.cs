using Actors.Analytics.Ingest;
using Actors.Analytics.Schema;
using Actors.Tracing;
using Microsoft.Extensions.Logging;

namespace Actors.Analytics.Bases;

/// <summary>
/// The bases of one open read model: fetches one that is far ahead of the silo's own file, and leaves one for the next owner now and
/// then. A base is the file as it was at some position of the log, so who goes on from it ends where everybody else does.
/// </summary>
internal sealed partial class BaseKeeper(
    ProjectId project, IEventLog log, BaseDirectory bases, ProjectFile file, ProjectDatabase database, Watermark watermark, ErasureMarks marks,
    BaseOptions options, AnalyticsInstruments instruments, TimeProvider time, ILogger logger)
{
    private const int Kept = 2;

    // Leaving takes a tenth of the time at most.
    private const int Rest = 10;

    // The position of the newest base that is to stay, as far as it is known, and the deletion that was the last one then.
    private long _leftAt;
    private long _lastErasure;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Whether it looks worth to leave a base.</summary>
    /// <param name="isLast">Whether the silo stops: then one that spares the next owner a little is enough, and there is no other time.</param>
    public bool IsDue(bool isLast) => isLast
        ? IsLacking(options.TakeFromRows)
        : (IsLacking(options.LeaveAfterRows) && time.GetUtcNow() >= _notBefore);

    /// <summary>Leaves a base when it is due. A failure is logged; the read model is not concerned.</summary>
    public async Task LeaveAsync(bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Run(Look, cancellationToken);
            if (IsDue(isLast) && HasRoom())
            {
                try
                {
                    await LeaveNowAsync(cancellationToken);
                }
                finally
                {
                    file.DeleteOutgoing();
                }
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The model is being closed: what waits for that is worth more than a base.
        }
        catch (Exception e)
        {
            _notBefore = time.GetUtcNow() + options.LeaveInterval;
            LogLeaveFailed(project, e);
        }
    }

    /// <summary>
    /// Copies the newest base that is far ahead of the file beside it, for the file to be replaced; null: there is none that can be used.
    /// A failure is logged; then the log is followed as if there were none.
    /// </summary>
    /// <returns>Its position.</returns>
    public async Task<long?> FetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var position in await Task.Run(bases.List, cancellationToken))
            {
                if (await TryFetchAsync(position, cancellationToken))
                {
                    return position;
                }
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The model is being closed.
        }
        catch (Exception e)
        {
            LogFetchFailed(project, e);
        }

        return null;
    }

    private bool IsLacking(long rows) => watermark.Value - (marks.Last == _lastErasure ? _leftAt : 0) >= rows;

    // Others leave bases too, and those that are marked do not count: one that may stay is wanted before they are gone.
    private void Look()
    {
        _lastErasure = marks.Last;
        var fitting = bases.List().Select(bases.Read).OfType<BaseManifest>().Where(m => m.Fits(log.LogId)).ToList();
        _leftAt = fitting.Find(m => bases.FindMark(m.Position) is null)?.Position ?? 0;
        if (fitting is [var newest, ..])
        {
            var rest = TimeSpan.FromSeconds(newest.Seconds * Rest);
            _notBefore = newest.LeftAt + (rest > options.LeaveInterval ? rest : options.LeaveInterval);
        }
    }

    private bool HasRoom()
    {
        // The copy is no larger than the file; nothing else may run out of room because of it, here or there.
        var needed = 2 * file.MeasureSize();
        if (new DriveInfo(Path.GetFullPath(file.Path)).AvailableFreeSpace >= needed && bases.MeasureRoom() >= needed)
        {
            return true;
        }

        _notBefore = time.GetUtcNow() + options.LeaveInterval;
        LogNoRoom(project, needed);
        return false;
    }

    private async Task LeaveNowAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var position = await database.CopyAsync(file.BeginOutgoing(), cancellationToken);
        if (await BaseAnchor.FindAsync(log, project, position, cancellationToken) is not { } anchor)
        {
            // The row was deleted since; the next look finds another one.
            return;
        }

        BaseManifest? left = null;
        await Task.Run(
            () =>
            {
                bases.Add(
                    file.Outgoing,
                    (hash, length) => left = new BaseManifest
                    {
                        Format = BaseManifest.CurrentFormat,
                        SchemaVersion = ReadModelSchema.Version,
                        FoldVersion = ReadModelSchema.FoldVersion,
                        LogId = log.LogId,
                        Position = position,
                        Anchor = anchor,
                        Sha256 = hash,
                        SizeBytes = length,
                        LeftAt = time.GetUtcNow(),
                        Seconds = time.GetElapsedTime(started).TotalSeconds,
                    },
                    () => marks.Last > position ? marks.Until : null,
                    cancellationToken);

                // What was deleted since it was looked whether there is anything.
                bases.MarkBefore(marks.Last, marks.Until);
                bases.KeepNewest(Kept);
                Look();
            },
            cancellationToken);
        instruments.BaseUsed("left");
        LogLeft(project, position, left!.SizeBytes, left.Seconds);
    }

    private async Task<bool> TryFetchAsync(long position, CancellationToken cancellationToken)
    {
        if (position - watermark.Value < options.TakeFromRows)
        {
            return false;
        }

        if (await Task.Run(() => bases.Read(position), cancellationToken) is not { } manifest || manifest.Position != position)
        {
            return Refuse(position);
        }

        if (!manifest.Fits(log.LogId))
        {
            LogForeign(project, position);
            return false;
        }

        if (await BaseAnchor.FindAsync(log, project, position, cancellationToken) != manifest.Anchor)
        {
            LogUnknown(project, position);
            return false;
        }

        var started = time.GetTimestamp();
        if (!await Task.Run(() => bases.TryCopy(manifest, file.Incoming, cancellationToken), cancellationToken))
        {
            return Refuse(position);
        }

        // Meanwhile the log was followed.
        if (position - watermark.Value < options.TakeFromRows)
        {
            file.DeleteIncoming();
            return false;
        }

        instruments.BaseUsed("taken");
        LogTaken(project, position, manifest.SizeBytes, time.GetElapsedTime(started).TotalSeconds);
        return true;
    }

    private bool Refuse(long position)
    {
        file.DeleteIncoming();
        instruments.BaseUsed("damaged");
        LogDamaged(project, position);
        return false;
    }
}
