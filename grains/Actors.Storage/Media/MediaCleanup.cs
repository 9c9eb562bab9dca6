using Actors.Media;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Media;

/// <summary>Removes files that were announced and never uploaded, and those of projects that are gone.</summary>
internal sealed class MediaCleanup(ControlDatabase database, FileMediaStore store, TimeProvider time)
{
    /// <summary>How long an upload may take from its announcement on: longer than any signed URL serves.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(8);

    // One round holds up the other writers of the control plane.
    private const int MaxPerRound = 200;

    /// <summary>Does it once.</summary>
    /// <returns>How many entries of the catalog and how many projects' folders were removed.</returns>
    public async Task<(int Entries, int Folders)> RunAsync(CancellationToken cancellationToken)
    {
        store.RemoveScraps();
        var before = time.GetUtcNow() - Patience;
        var entries = 0;
        int round;
        do
        {
            round = await RemoveAbandonedAsync(before, cancellationToken);
            entries += round;
        }
        while (round == MaxPerRound);
        return (entries, await RemoveForeignAsync(cancellationToken));
    }

    // The files go inside the transaction: whoever announces one of them again waits, and is then asked to upload it.
    private Task<int> RemoveAbandonedAsync(DateTimeOffset before, CancellationToken cancellationToken) => database.WriteAsync(
        async context =>
        {
            var abandoned = await context.Set<MediaObject>()
                .Where(m => m.AnnouncedAt < before && (m.UploadedAt == null || (m.UploadStatus != 200 && m.UploadStatus != 201)))
                .OrderBy(m => m.AnnouncedAt).Take(MaxPerRound).ToListAsync(cancellationToken);
            foreach (var media in abandoned)
            {
                store.Delete(new ProjectId(media.ProjectId), MediaHash.FromHex(media.Hash));
            }

            context.RemoveRange(abandoned);
            return abandoned.Count;
        },
        cancellationToken);

    // The folders are listed first: the project of each was stored before its folder was made.
    private async Task<int> RemoveForeignAsync(CancellationToken cancellationToken)
    {
        var folders = store.ListFolders();
        await using var context = database.CreateDbContext();
        var projects = await context.Set<Project>().Select(p => p.Id).ToListAsync(cancellationToken);
        var known = projects.Select(id => FileMediaStore.FolderOf(new ProjectId(id))).ToHashSet();
        var foreign = folders.Where(f => !known.Contains(f)).ToList();
        foreign.ForEach(store.DeleteFolder);
        return foreign.Count;
    }
}
