using System.Security.Cryptography;
using System.Text.Json;
using Actors.Media;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Web.Api;

/// <summary>
/// Makes and reads URLs that serve one file for a while without keys. The ticket in them is encrypted and signed by Data
/// Protection, with a purpose of its own for each direction: a download ticket uploads nothing.
/// </summary>
internal sealed class MediaUrls(
    IDataProtectionProvider protection, IOptions<MediaOptions> options, IOptions<PublicAddressOptions> address, TimeProvider time)
{
    private readonly IDataProtector _uploads = protection.CreateProtector("Actors.Media.Upload.v1");
    private readonly IDataProtector _downloads = protection.CreateProtector("Actors.Media.Download.v1");

    public string Upload(HttpContext context, MediaRecord media) => Url(context, "upload", _uploads, media).Url;

    public (string Url, DateTimeOffset Expiry) Download(HttpContext context, MediaRecord media) => Url(context, "download", _downloads, media);

    /// <summary>What an upload URL allows; null: nothing, it is no ticket of ours or its time is over.</summary>
    public MediaTicket? ReadUpload(string ticket) => Read(_uploads, ticket);

    /// <summary>What a download URL allows; null: nothing, it is no ticket of ours or its time is over.</summary>
    public MediaTicket? ReadDownload(string ticket) => Read(_downloads, ticket);

    /// <summary>The path of a download URL.</summary>
    public string DownloadPath(ProjectId project, MediaRecord media) => Path("download", _downloads, project, media).Path;

    private (string Url, DateTimeOffset Expiry) Url(HttpContext context, string direction, IDataProtector protector, MediaRecord media)
    {
        var (path, expiry) = Path(direction, protector, Auth.ProjectFilterExtensions.GetProject(context), media);
        var request = context.Request;
        var root = address.Value.PublicUrl is { Length: > 0 } url ? url.TrimEnd('/') : $"{request.Scheme}://{request.Host}{request.PathBase}";
        return (root + path, expiry);
    }

    private (string Path, DateTimeOffset Expiry) Path(string direction, IDataProtector protector, ProjectId project, MediaRecord media)
    {
        var expiry = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + options.Value.UrlLifetime).ToUnixTimeSeconds());
        var ticket = new MediaTicket(project.Value, media.Hash.Hex, media.ContentType, media.ContentLength, expiry.ToUnixTimeSeconds());
        return ($"/api/public/media/{direction}/{protector.Protect(JsonSerializer.Serialize(ticket))}", expiry);
    }

    private MediaTicket? Read(IDataProtector protector, string text)
    {
        try
        {
            var ticket = JsonSerializer.Deserialize<MediaTicket>(protector.Unprotect(text))!;
            return time.GetUtcNow().ToUnixTimeSeconds() < ticket.Expiry ? ticket : null;
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a signed URL allows.</summary>
/// <param name="Project">The project of the file.</param>
/// <param name="Hash">Its hash in hexadecimal.</param>
/// <param name="Type">Its MIME type.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Expiry">Until when, in seconds since 1970.</param>
internal sealed record MediaTicket(string Project, string Hash, string Type, long Length, long Expiry)
{
    public ProjectId ProjectId => new(Project);

    public MediaHash MediaHash => MediaHash.FromHex(Hash);
}
