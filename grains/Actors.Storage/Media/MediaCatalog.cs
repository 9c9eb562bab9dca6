using Actors.Media;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Media;

/// <summary>The files of projects in the control plane.</summary>
internal sealed class MediaCatalog(ControlDatabase database, TimeProvider time) : IMediaCatalog
{
    private const int MaxErrorLength = 1_000;

    public Task<MediaRecord> RegisterAsync(
        ProjectId project, MediaHash hash, string contentType, long contentLength, MediaLink link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        return database.WriteAsync(
            async context =>
            {
                var id = hash.MediaId;
                var media = await FindOne(context, project, id).SingleOrDefaultAsync(cancellationToken);
                if (media is null)
                {
                    media = new MediaObject
                    {
                        ProjectId = project.Value,
                        MediaId = id,
                        Hash = hash.Hex,
                        ContentType = contentType,
                        ContentLength = contentLength,
                    };
                    context.Add(media);
                }
                else if (media.ContentType != contentType || media.ContentLength != contentLength)
                {
                    // The same bytes under another type count as another file: it is asked for again. One hash has one length,
                    // so one of two was told wrongly; only an upload shows which.
                    (media.ContentType, media.ContentLength) = (contentType, contentLength);
                    (media.UploadedAt, media.UploadStatus, media.UploadError) = (null, null, null);
                }

                media.AnnouncedAt = time.GetUtcNow();
                await LinkAsync(context, media, link, cancellationToken);
                return media.ToRecord();
            },
            cancellationToken);
    }

    public Task<bool> ReportAsync(ProjectId project, string id, MediaUploadReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        return database.WriteAsync(
            async context =>
            {
                if (await FindOne(context, project, id).SingleOrDefaultAsync(cancellationToken) is not { } media)
                {
                    return false;
                }

                media.UploadedAt = report.UploadedAt;
                media.UploadStatus = report.Status;
                media.UploadError = report.Error is { Length: > MaxErrorLength } error ? error[..MaxErrorLength] : report.Error;
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

    private static IQueryable<MediaObject> FindOne(ControlDbContext context, ProjectId project, string id) =>
        context.Set<MediaObject>().Where(m => m.ProjectId == project.Value && m.MediaId == id);

    private static async Task LinkAsync(ControlDbContext context, MediaObject media, MediaLink link, CancellationToken cancellationToken)
    {
        var isKnown = await context.Set<MediaUse>().AnyAsync(
            u => u.ProjectId == media.ProjectId && u.MediaId == media.MediaId && u.Field == link.Field && u.TraceId == link.TraceId
                && u.ObservationId == link.ObservationId && u.DatasetId == link.DatasetId && u.DatasetItemId == link.DatasetItemId,
            cancellationToken);
        if (!isKnown)
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
    }
}
