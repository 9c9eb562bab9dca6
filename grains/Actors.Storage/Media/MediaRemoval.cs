using Actors.Media;
using Actors.Storage.Control;
using Actors.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Media;

/// <summary>Takes the files of deleted traces out of the catalog and the store.</summary>
internal sealed class MediaRemoval(ControlDatabase database, FileMediaStore store, TimeProvider time) : IMediaRemoval
{
    /// <summary>How long a deletion may be under way before it counts as interrupted.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // One round holds up the other writers of the control plane.
    private const int MaxPerRound = 200;

    public async Task<string?> BeginAsync(ProjectId project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken)
    {
        // Few traces have files: the others do not wait for the other writers.
        await using (var context = database.CreateDbContext())
        {
            if (!await UsesOf(context, project, traceIds).AnyAsync(cancellationToken))
            {
                return null;
            }
        }

        var (removal, now) = (EntityId.New(), time.GetUtcNow());
        await database.WriteAsync(
            context => UsesOf(context, project, traceIds).ExecuteUpdateAsync(
                set => set.SetProperty(u => u.RemovalId, removal).SetProperty(u => u.RemovalAt, now), cancellationToken),
            cancellationToken);
        return removal;
    }

    public Task FinishAsync(ProjectId project, string removal, CancellationToken cancellationToken) =>
        RemoveAsync(project, context => context.Set<MediaUse>().Where(u => u.ProjectId == project.Value && u.RemovalId == removal), cancellationToken);

    /// <summary>Ends the removals that were interrupted: of traces that are deleted, and not of those that are not.</summary>
    /// <param name="log">Says which traces are deleted.</param>
    /// <param name="cancellationToken">Stops between two traces.</param>
    /// <returns>How many traces there were.</returns>
    public async Task<int> FinishInterruptedAsync(IEventLog log, CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - Patience;
        var traces = await ListInterruptedAsync(before, cancellationToken);
        foreach (var (project, traceId) in traces)
        {
            // What is announced meanwhile has a later time.
            IQueryable<MediaUse> Interrupted(ControlDbContext context) =>
                UsesOf(context, project, [traceId]).Where(u => u.RemovalAt < before);

            var rows = await log.ReadStreamAsync(project, StreamId.ForTrace(traceId), LogText.Without, cancellationToken);
            if (rows.All(r => r.Events.Count == 0))
            {
                await RemoveAsync(project, Interrupted, cancellationToken);
            }
            else
            {
                await database.WriteAsync(
                    context => Interrupted(context).ExecuteUpdateAsync(
                        set => set.SetProperty(u => u.RemovalId, (string?)null).SetProperty(u => u.RemovalAt, (DateTimeOffset?)null),
                        cancellationToken),
                    cancellationToken);
            }
        }

        return traces.Count;
    }

    private async Task<IReadOnlyList<(ProjectId Project, string TraceId)>> ListInterruptedAsync(
        DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var traces = await context.Set<MediaUse>().Where(u => u.RemovalAt < before)
            .Select(u => new { u.ProjectId, u.TraceId }).Distinct().ToListAsync(cancellationToken);
        return [.. traces.Select(t => (new ProjectId(t.ProjectId), t.TraceId!))];
    }

    private async Task RemoveAsync(
        ProjectId project, Func<ControlDbContext, IQueryable<MediaUse>> uses, CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await database.WriteAsync(context => RemoveSomeAsync(context, project, uses(context), cancellationToken), cancellationToken);
        }
        while (removed == MaxPerRound);
    }

    // The files go inside the transaction: whoever announces one of them again waits, and then finds that it is not there.
    private async Task<int> RemoveSomeAsync(
        ControlDbContext context, ProjectId project, IQueryable<MediaUse> uses, CancellationToken cancellationToken)
    {
        var doomed = await uses.OrderBy(u => u.Id).Take(MaxPerRound).Select(u => new { u.Id, u.MediaId }).ToListAsync(cancellationToken);
        var useIds = doomed.Select(u => u.Id).ToList();
        var mediaIds = doomed.Select(u => u.MediaId).Distinct().ToList();
        await context.Set<MediaUse>().Where(u => useIds.Contains(u.Id)).ExecuteDeleteAsync(cancellationToken);
        var unused = await context.Set<MediaObject>()
            .Where(m => m.ProjectId == project.Value && mediaIds.Contains(m.MediaId)
                && !context.Set<MediaUse>().Any(u => u.ProjectId == m.ProjectId && u.MediaId == m.MediaId))
            .ToListAsync(cancellationToken);
        foreach (var media in unused)
        {
            store.Delete(project, MediaHash.FromHex(media.Hash));
        }

        context.RemoveRange(unused);
        return doomed.Count;
    }

    private static IQueryable<MediaUse> UsesOf(ControlDbContext context, ProjectId project, IReadOnlyCollection<string> traceIds) =>
        context.Set<MediaUse>().Where(u => u.ProjectId == project.Value && traceIds.Contains(u.TraceId!));
}
