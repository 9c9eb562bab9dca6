namespace Actors.Contracts;

/// <summary>The answer to a file that is announced.</summary>
/// <param name="UploadUrl">Where to put it, without keys; null when it is there already.</param>
/// <param name="MediaId">Its id.</param>
public sealed record MediaUploadBody(string? UploadUrl, string MediaId);

/// <summary>A file.</summary>
/// <param name="MediaId">Its id.</param>
/// <param name="ContentType">Its MIME type.</param>
/// <param name="ContentLength">Its size in bytes.</param>
/// <param name="UploadedAt">When it was uploaded.</param>
/// <param name="Url">Where to download it, without keys.</param>
/// <param name="UrlExpiry">Until when.</param>
public sealed record MediaBody(
    string MediaId, string ContentType, long ContentLength, DateTimeOffset UploadedAt, string Url, DateTimeOffset UrlExpiry);
