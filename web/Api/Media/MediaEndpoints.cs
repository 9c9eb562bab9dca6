using System.Text.RegularExpressions;
using Actors.Contracts;
using Actors.Media;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Actors.Web.Api;

/// <summary><c>/media</c> (langfuse-api §14): files are announced, put to a signed URL, reported and read.</summary>
internal static partial class MediaEndpoints
{
    private const string NotFound = "Media asset not found";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/media", AnnounceAsync);
        routes.MapPatch("/media/{mediaId}", ReportAsync);
        routes.MapGet("/media/{mediaId}", GetAsync);
    }

    private static async Task AnnounceAsync(
        HttpContext context, IMediaCatalog catalog, IMediaStore store, MediaUrls urls, IOptions<MediaOptions> options)
    {
        using var document = await JsonBody.ReadAsync(context);
        if (document is null)
        {
            return;
        }

        var body = new BodyReader(document.RootElement);
        var link = ReadLink(body);
        var type = body.Text("contentType", required: true, max: 200);
        if (type is not null && !MediaTypes.IsKnown(type))
        {
            body.Refuse("invalid_value", "contentType", "Invalid option: this MIME type is not taken");
        }

        var length = body.Number("contentLength", required: true, min: 1, max: options.Value.MaxBytes);
        if (length is { } size && !double.IsInteger(size))
        {
            body.Refuse("invalid_type", "contentLength", "Invalid input: expected int, received number");
        }

        var hashText = body.Text("sha256Hash", required: true, pattern: HashText(), format: "a SHA-256 in base64, 44 characters");
        MediaHash hash = default;
        if (hashText is not null && !MediaHash.TryParseBase64(hashText, out hash))
        {
            body.Refuse("invalid_format", "sha256Hash", "Invalid string: must be a SHA-256 in base64, 44 characters");
        }

        if (await body.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        var announcement = new MediaAnnouncement(hash, type!, (long)length!.Value, link);
        var media = (await catalog.RegisterAsync(project, [announcement], upload: null, context.RequestAborted))[0];
        var isThere = media.IsUploaded && await store.ExistsAsync(project, hash, context.RequestAborted);
        await Respond.JsonAsync(
            context, 201, new MediaUploadBody(isThere ? null : urls.Upload(context, media), media.Id), ContractsJsonContext.Wire.MediaUploadBody);
    }

    private static async Task ReportAsync(HttpContext context, IMediaCatalog catalog)
    {
        using var document = await JsonBody.ReadAsync(context);
        if (document is null)
        {
            return;
        }

        var body = new BodyReader(document.RootElement);
        var uploadedAt = body.Time("uploadedAt", required: true);
        var status = body.Integer("uploadHttpStatus", required: true, min: 0, max: 999);
        var error = body.Text("uploadHttpError");
        body.Number("uploadTimeMs", min: 0);
        if (await body.RefusedAsync(context))
        {
            return;
        }

        var report = new MediaUploadReport(uploadedAt!.Value, status!.Value, error);
        if (!await catalog.ReportAsync(context.GetProject(), context.GetLastSegment(), report, context.RequestAborted))
        {
            await Respond.NotFoundAsync(context, NotFound);
        }
    }

    private static async Task GetAsync(HttpContext context, IMediaCatalog catalog, MediaUrls urls)
    {
        var found = await catalog.FindAsync(context.GetProject(), [context.GetLastSegment()], context.RequestAborted);
        if (found is not [{ IsUploaded: true } media])
        {
            await Respond.NotFoundAsync(context, found is [{ UploadStatus: { } status }]
                ? $"Media upload failed with status {status}"
                : found.Count > 0 ? "Media not yet uploaded" : NotFound);
            return;
        }

        var (url, expiry) = urls.Download(context, media);
        await Respond.JsonAsync(
            context,
            200,
            new MediaBody(media.Id, media.ContentType, media.ContentLength, media.UploadedAt!.Value, url, expiry),
            ContractsJsonContext.Wire.MediaBody);
    }

    private static MediaLink ReadLink(BodyReader body)
    {
        var isItem = body.Has("datasetItemId") && !body.IsNull("datasetItemId") || body.Has("datasetId") && !body.IsNull("datasetId");
        var ofItem = body.Text("datasetId", required: isItem, min: 1, max: StreamId.MaxIdLength);
        var item = body.Text("datasetItemId", required: isItem, min: 1, max: StreamId.MaxIdLength);
        var trace = body.Text("traceId", required: !isItem, min: 1, max: StreamId.MaxIdLength);
        var observation = body.Text("observationId", min: 1, max: StreamId.MaxIdLength);
        var field = body.Text("field", required: true);
        if (field is not (null or "input" or "metadata") && field != (isItem ? "expectedOutput" : "output"))
        {
            body.Refuse("invalid_value", "field", $"Invalid option: expected one of input, {(isItem ? "expectedOutput" : "output")}, metadata");
        }

        return new MediaLink(trace, observation, ofItem, item, field ?? "");
    }

    [GeneratedRegex("^[A-Za-z0-9+/]{43}=$")]
    private static partial Regex HashText();
}
