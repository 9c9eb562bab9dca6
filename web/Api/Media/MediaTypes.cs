namespace Actors.Web.Api;

/// <summary>The MIME types of files that are taken (langfuse-api §14).</summary>
internal static class MediaTypes
{
    public const string Pdf = "application/pdf";

    private static readonly HashSet<string> Known =
    [
        "image/png", "image/jpeg", "image/jpg", "image/webp", "image/gif", "image/svg+xml", "image/tiff", "image/bmp", "image/avif", "image/heic",
        "audio/mpeg", "audio/mp3", "audio/wav", "audio/ogg", "audio/oga", "audio/aac", "audio/mp4", "audio/flac", "audio/opus", "audio/webm",
        "video/mp4", "video/webm", "video/ogg", "video/mpeg", "video/quicktime", "video/x-msvideo", "video/x-matroska",
        "text/plain", "text/html", "text/css", "text/csv", "text/markdown", "text/x-python", "text/x-typescript",
        "application/javascript", "application/x-yaml", Pdf, "application/msword", "application/vnd.ms-excel",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation", "application/zip", "application/gzip", "application/x-tar",
        "application/json", "application/xml", "application/octet-stream", "application/rtf", "application/x-ndjson",
        "application/vnd.apache.parquet", "application/x-7z-compressed",
    ];

    public static bool IsKnown(string type) => Known.Contains(type);

    /// <summary>Whether a browser may show it in place; everything else is saved.</summary>
    public static bool IsShown(string type) =>
        type is Pdf or "text/plain"
        || (type.StartsWith("image/", StringComparison.Ordinal) && type != "image/svg+xml")
        || type.StartsWith("audio/", StringComparison.Ordinal)
        || type.StartsWith("video/", StringComparison.Ordinal);
}
