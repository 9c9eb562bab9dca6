using Actors.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Actors.Web.Api;

/// <summary>Where signed URLs lead. They need no keys: the ticket in the URL is the permission.</summary>
internal static class MediaFileEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/media/upload/{ticket}", UploadAsync);
        routes.MapMethods("/media/download/{ticket}", [HttpMethods.Get, HttpMethods.Head], DownloadAsync);
    }

    private static async Task UploadAsync(HttpContext context, string ticket, MediaUrls urls, IMediaStore store)
    {
        if (urls.ReadUpload(ticket) is not { } allowed)
        {
            await RefuseAsync(context);
            return;
        }

        // The store stops reading where the announced length ends.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        var result = context.Request.ContentLength is { } length && length != allowed.Length
            ? MediaWriteResult.WrongLength
            : await store.WriteAsync(allowed.ProjectId, allowed.MediaHash, allowed.Length, context.Request.Body, context.RequestAborted);
        if (result != MediaWriteResult.Stored)
        {
            await Respond.ErrorAsync(
                context,
                400,
                result == MediaWriteResult.WrongLength ? "The file does not have the announced length" : "The file does not have the announced SHA-256",
                "InvalidRequestError");
        }
    }

    private static async Task DownloadAsync(HttpContext context, string ticket, MediaUrls urls, IMediaStore store)
    {
        if (urls.ReadDownload(ticket) is not { } allowed)
        {
            await RefuseAsync(context);
            return;
        }

        if (await store.OpenAsync(allowed.ProjectId, allowed.MediaHash, context.RequestAborted) is not { } file)
        {
            await Respond.NotFoundAsync(context, "The file was not uploaded");
            return;
        }

        // What strangers uploaded must not act as a page of ours. A browser shows no PDF in a sandbox; its viewer is one itself.
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = allowed.Type == MediaTypes.Pdf ? "default-src 'none'" : "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers.ContentDisposition = MediaTypes.IsShown(allowed.Type) ? "inline" : "attachment";
        headers.CacheControl = "private, max-age=3600";
        var tag = new EntityTagHeaderValue($"\"{allowed.Hash}\"");
        await Results.File(file, allowed.Type, entityTag: tag, enableRangeProcessing: true).ExecuteAsync(context);
    }

    private static Task RefuseAsync(HttpContext context) =>
        Respond.ErrorAsync(context, 403, "The URL is not valid or no longer valid", "ForbiddenError");
}
