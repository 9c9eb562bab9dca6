using Actors.Media;

namespace Actors.Web.Api;

/// <summary>Gives pages the same signed addresses as clients get, without the name of the server.</summary>
internal sealed class MediaFiles(IMediaCatalog catalog, MediaUrls urls) : IMediaFiles
{
    public async Task<MediaFile?> FindAsync(ProjectId project, string mediaId, CancellationToken cancellationToken) =>
        await catalog.FindAsync(project, [mediaId], cancellationToken) is [{ IsUploaded: true } media]
            ? new MediaFile(urls.DownloadPath(project, media), media.ContentType, media.ContentLength, MediaTypes.IsShown(media.ContentType))
            : null;
}
