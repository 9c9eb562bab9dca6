namespace Actors.Operations;

/// <summary>
/// Copies of everything that an embedded server keeps, taken while it runs. A copy is a directory that becomes a data
/// directory when it is copied to an empty place. Safe for concurrent callers.
/// </summary>
public interface IBackups
{
    /// <summary>
    /// Takes a copy and returns when it is whole and on the disk. It holds every event that was acknowledged before the call,
    /// and whatever these events speak of: projects, keys, prompts and files.
    /// </summary>
    /// <param name="cancellationToken">Gives up; what was copied by then is removed.</param>
    /// <returns>The copy; <see cref="RefusalKind.Conflict"/> while another one is being taken.</returns>
    /// <exception cref="BackupFailedException">It could not be read or written; nothing is left that looks whole.</exception>
    Task<Outcome<BackupRecord>> TakeAsync(CancellationToken cancellationToken);

    /// <summary>All whole copies, the newest first.</summary>
    Task<IReadOnlyList<BackupRecord>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>A copy.</summary>
/// <param name="Name">Its name, which is the time at which it began: <c>20261125T133000123Z</c>.</param>
/// <param name="Path">The directory on the server's machine.</param>
/// <param name="TakenAt">When it began.</param>
/// <param name="Files">How many files are in it.</param>
/// <param name="SizeBytes">Their bytes.</param>
public sealed record BackupRecord(string Name, string Path, DateTimeOffset TakenAt, int Files, long SizeBytes);

/// <summary>A copy could not be taken, such as for want of space; the message says why. Trying again may help.</summary>
public sealed class BackupFailedException(string message, Exception innerException) : Exception(message, innerException);
