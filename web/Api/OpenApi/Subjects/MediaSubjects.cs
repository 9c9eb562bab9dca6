using Actors.Contracts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>Files in inputs and outputs.</summary>
internal static class MediaSubjects
{
    public static ApiSubject Media { get; } = new("Media", "Images, sounds and documents in traces and items of datasets, kept once by their hash.")
    {
        Operations =
        [
            Post("/media", "Announces a file").Says("Of a trace, or with datasetId and datasetItemId of an item. The URL takes the file without a key.")
                .Body(
                    Text("traceId"),
                    Text("observationId"),
                    Text("datasetId"),
                    Text("datasetItemId"),
                    Text("field").OneOf("input", "output", "expectedOutput", "metadata").Required(),
                    Text("contentType").UpTo(200).Required(),
                    Integer("contentLength", "bytes").Between(1, null).Required(),
                    Text("sha256Hash", "in base64").Between(44, 44).Required())
                .Answer<MediaUploadBody>(201, "where to put it, or that it is there"),
            Patch("/media/{mediaId}", "Reports an upload")
                .Body(
                    Time("uploadedAt").Required(),
                    Integer("uploadHttpStatus").Between(0, 999).Required(),
                    Text("uploadHttpError"),
                    Number("uploadTimeMs").Between(0, null))
                .AnswerNothing(200, "noted").Refuse(404),
            Get("/media/{mediaId}", "Gets where a file can be downloaded").Answer<MediaBody>().Refuse(404),
            Put("/media/upload/{ticket}", "Uploads a file to the URL that its announcement answered").For(ApiAccess.None)
                .Encoded("application/octet-stream").AnswerNothing(200, "stored").Refuse(400, 403),
            Get("/media/download/{ticket}", "Downloads a file from the URL that was answered").For(ApiAccess.None)
                .AnswerNothing(200, "the file").Refuse(403, 404),
            Head("/media/download/{ticket}", "Tells the type and the size of a file").For(ApiAccess.None)
                .AnswerNothing(200, "headers only").Refuse(403, 404),
        ],
    };
}
