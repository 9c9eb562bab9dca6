namespace Actors.Media;

/// <summary>A file of a project, known by what is in it.</summary>
public sealed record MediaRecord
{
    /// <summary>The first 22 characters of the URL-safe base64 of the hash: clients compute it too.</summary>
    public required string Id { get; init; }

    /// <summary>Its SHA-256.</summary>
    public required MediaHash Hash { get; init; }

    /// <summary>Its MIME type, as the client said.</summary>
    public required string ContentType { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long ContentLength { get; init; }

    /// <summary>When the client had uploaded it; null: it has not said so.</summary>
    public DateTimeOffset? UploadedAt { get; init; }

    /// <summary>The status that the client got for the upload; null: it has not said.</summary>
    public int? UploadStatus { get; init; }

    /// <summary>Whether the client says that the file is there.</summary>
    public bool IsUploaded => UploadedAt is not null && UploadStatus is 200 or 201;
}

/// <summary>What a file belongs to: a trace, one of its observations, or an item of a dataset.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="ObservationId">The observation of the trace.</param>
/// <param name="DatasetId">The dataset.</param>
/// <param name="DatasetItemId">The item of the dataset.</param>
/// <param name="Field"><c>input</c>, <c>output</c>, <c>expectedOutput</c> or <c>metadata</c>.</param>
public sealed record MediaLink(string? TraceId, string? ObservationId, string? DatasetId, string? DatasetItemId, string Field);

/// <summary>What became of an upload, as the client reports it.</summary>
/// <param name="UploadedAt">When it ended.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Error">What went wrong.</param>
public sealed record MediaUploadReport(DateTimeOffset UploadedAt, int Status, string? Error);

/// <summary>That a project has a file, or is about to.</summary>
/// <param name="Hash">Its SHA-256.</param>
/// <param name="ContentType">Its MIME type.</param>
/// <param name="ContentLength">Its size in bytes.</param>
/// <param name="Link">What it belongs to.</param>
public sealed record MediaAnnouncement(MediaHash Hash, string ContentType, long ContentLength, MediaLink Link);

/// <summary>Which files a project has and what they belong to. Safe for concurrent callers.</summary>
public interface IMediaCatalog
{
    /// <summary>
    /// Notes files and what they belong to. With another type or length than before a file counts as not uploaded.
    /// </summary>
    /// <param name="project">The project.</param>
    /// <param name="announcements">The files.</param>
    /// <param name="upload">
    /// Stands for the report of files that nobody has reported: whoever gives it stores what is missing before telling of the files.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>For each announcement the file as it is now.</returns>
    Task<IReadOnlyList<MediaRecord>> RegisterAsync(
        ProjectId project, IReadOnlyList<MediaAnnouncement> announcements, MediaUploadReport? upload, CancellationToken cancellationToken);

    /// <summary>Notes what files belong to that refer to them by their ids. Files that are not known are left out.</summary>
    Task LinkAsync(
        ProjectId project, IReadOnlyCollection<(string MediaId, MediaLink Link)> links, CancellationToken cancellationToken);

    /// <summary>Notes what became of an upload.</summary>
    /// <returns>Whether the file is known.</returns>
    Task<bool> ReportAsync(ProjectId project, string id, MediaUploadReport report, CancellationToken cancellationToken);

    /// <summary>The files with these ids that are known.</summary>
    Task<IReadOnlyList<MediaRecord>> FindAsync(ProjectId project, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>The ids of the files that belong to any of some traces.</summary>
    Task<IReadOnlyList<string>> ListOfTracesAsync(ProjectId project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken);

    /// <summary>
    /// Those of some announcements of traces' files that are not noted any more, or will not be when a deletion that is under
    /// way has ended (<see cref="IMediaRemoval"/>).
    /// </summary>
    Task<IReadOnlyList<MediaAnnouncement>> FindMissingAsync(
        ProjectId project, IReadOnlyList<MediaAnnouncement> announcements, CancellationToken cancellationToken);
}
