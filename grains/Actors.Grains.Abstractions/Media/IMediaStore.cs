namespace Actors.Media;

/// <summary>What became of storing a file.</summary>
public enum MediaWriteResult
{
    /// <summary>It is there, whole.</summary>
    Stored,

    /// <summary>It has another size; nothing was kept.</summary>
    WrongLength,

    /// <summary>It has another hash; nothing was kept.</summary>
    WrongHash,
}

/// <summary>
/// The bytes of files, by project and hash. What is there is whole and never changes; projects do not share files, so that
/// nobody can ask what others have.
/// </summary>
public interface IMediaStore
{
    /// <summary>Whether the file is there.</summary>
    Task<bool> ExistsAsync(ProjectId project, MediaHash hash, CancellationToken cancellationToken);

    /// <summary>Stores a file if it is what it is said to be.</summary>
    Task<MediaWriteResult> WriteAsync(
        ProjectId project, MediaHash hash, long length, Stream content, CancellationToken cancellationToken);

    /// <summary>Opens a file for reading, from any position; null when it is not there.</summary>
    Task<Stream?> OpenAsync(ProjectId project, MediaHash hash, CancellationToken cancellationToken);
}
