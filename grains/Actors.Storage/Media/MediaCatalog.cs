using Actors.Media;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Media;

/// <summary>The files of projects in the control plane.</summary>
internal sealed class MediaCatalog(ControlDatabase database, TimeProvider time) : IMediaCatalog
{
    private const int MaxErrorLength = 1_000;

    public Task<IReadOnlyList<MediaRecord>> RegisterAsync(
        ProjectId project, IReadOnlyList<MediaAnnouncement> announcements, MediaUploadReport? upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(announcements);
        return database.WriteAsync<IReadOnlyList<MediaRecord>>(
            async context =>
            {
                var registered = new List<MediaRecord>(announcements.Count);
                foreach (var announcement in announcements)
                {
                    var media = await NoteAsync(context, project, announcement, cancellationToken);
                    if (upload is not null && !media.ToRecord().IsUploaded)
                    {
                        Note(media, upload);
                    }

                    await LinkAsync(context, media, announcement.Link, cancellationToken);
                    registered.Add(media.ToRecord());
                }

                return registered;
            },
            cancellationToken);
    }

    public Task LinkAsync(
        ProjectId project, IReadOnlyCollection<(string MediaId, MediaLink Link)> links, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(links);
        return database.WriteAsync(
            async context =>
            {
                var linked = 0;
                foreach (var (id, link) in links.Distinct())
                {
                    if (await context.Set<MediaObject>().FindAsync([project.Value, id], cancellationToken) is { } media)
                    {
                        await LinkAsync(context, media, link, cancellationToken);
                        linked++;
                    }
                }

                return linked;
            },
            cancellationToken);
    }

    public Task<bool> ReportAsync(ProjectId project, string id, MediaUploadReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return database.WriteAsync(
            async context =>
            {
                if (await context.Set<MediaObject>().FindAsync([project.Value, id], cancellationToken) is not { } media)
                {
                    return false;
                }

                Note(media, report);
                return true;
            },
            cancellationToken);
    }

    public async Task<IReadOnlyList<MediaRecord>> FindAsync(
        ProjectId project, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var found = await context.Set<MediaObject>().AsNoTracking()
            .Where(m => m.ProjectId == project.Value && ids.Contains(m.MediaId)).ToListAsync(cancellationToken);
        return [.. found.Select(m => m.ToRecord())];
    }

    public async Task<IReadOnlyList<string>> ListOfTracesAsync(
        ProjectId project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await context.Set<MediaUse>().Where(u => u.ProjectId == project.Value && traceIds.Contains(u.TraceId!))
            .Select(u => u.MediaId).Distinct().ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<MediaAnnouncement>> FindMissingAsync(
        ProjectId project, IReadOnlyList<MediaAnnouncement> announcements, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var traces = announcements.Select(a => a.Link.TraceId).Distinct().ToList();
        var uses = await context.Set<MediaUse>()
            .Where(u => u.ProjectId == project.Value && traces.Contains(u.TraceId) && u.RemovalId == null)
            .Select(u => new { u.MediaId, u.TraceId, u.ObservationId, u.Field }).ToListAsync(cancellationToken);
        var noted = uses.Select(u => (u.MediaId, u.TraceId, u.ObservationId, u.Field)).ToHashSet();
        return [.. announcements.Where(a => !noted.Contains((a.Hash.MediaId, a.Link.TraceId, a.Link.ObservationId, a.Link.Field)))];
    }

    private static void Note(MediaObject media, MediaUploadReport report)
    {
        media.UploadedAt = report.UploadedAt;
        media.UploadStatus = report.Status;
        media.UploadError = report.Error is { Length: > MaxErrorLength } error ? error[..MaxErrorLength] : report.Error;
    }

    private async Task<MediaObject> NoteAsync(
        ControlDbContext context, ProjectId project, MediaAnnouncement announcement, CancellationToken cancellationToken)
    {
        var id = announcement.Hash.MediaId;
        var media = await context.Set<MediaObject>().FindAsync([project.Value, id], cancellationToken);
        if (media is null)
        {
            media = new MediaObject
            {
                ProjectId = project.Value,
                MediaId = id,
                Hash = announcement.Hash.Hex,
                ContentType = announcement.ContentType,
                ContentLength = announcement.ContentLength,
            };
            context.Add(media);
        }
        else if (media.ContentType != announcement.ContentType || media.ContentLength != announcement.ContentLength)
        {
            // The same bytes under another type count as another file: it is asked for again. One hash has one length,
            // so one of two was told wrongly; only an upload shows which.
            (media.ContentType, media.ContentLength) = (announcement.ContentType, announcement.ContentLength);
            (media.UploadedAt, media.UploadStatus, media.UploadError) = (null, null, null);
        }

        media.AnnouncedAt = time.GetUtcNow();
        return media;
    }

    private async Task LinkAsync(ControlDbContext context, MediaObject media, MediaLink link, CancellationToken cancellationToken)
    {
        var known = await context.Set<MediaUse>().FirstOrDefaultAsync(
            u => u.ProjectId == media.ProjectId && u.MediaId == media.MediaId && u.Field == link.Field && u.TraceId == link.TraceId
                && u.ObservationId == link.ObservationId && u.DatasetId == link.DatasetId && u.DatasetItemId == link.DatasetItemId,
            cancellationToken);
        if (known is null)
        {
            context.Add(new MediaUse
            {
                Id = EntityId.New(),
                ProjectId = media.ProjectId,
                MediaId = media.MediaId,
                Media = media,
                TraceId = link.TraceId,
                ObservationId = link.ObservationId,
                DatasetId = link.DatasetId,
                DatasetItemId = link.DatasetItemId,
                Field = link.Field,
            });
        }
        else if (known.RemovalId is not null)
        {
            // Whether the trace is deleted before or after what this announces is stored shows later: until then it stays.
            (known.RemovalId, known.RemovalAt) = (EntityId.New(), time.GetUtcNow());
        }
    }
}
