namespace Actors.Storage;

/// <summary>
/// The directory of the embedded stores, held by this process alone: the operating system frees the lock when the process
/// ends, however it ends.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>The setting that names the directory.</summary>
    public const string Setting = "Actors:DataDirectory";

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream @lock)
    {
        Path = path;
        _lock = @lock;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>Creates the directory when it is missing, and takes it for this process.</summary>
    /// <exception cref="StorageSetupException">It cannot be created or written, or another process has it.</exception>
    public static DataDirectory Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var lockFile = System.IO.Path.Combine(full, "actors.lock");
        try
        {
            Directory.CreateDirectory(full);

            // Kept open, never deleted: deleting it would let a third process lock a new file beside the second one.
            return new DataDirectory(full, new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw NotWritable(full, e);
        }
        catch (IOException e)
        {
            throw IsHeldElsewhere(lockFile)
                ? new StorageSetupException(
                    $"Another process is using the data directory '{full}'. Stop it, or set {Setting} to another directory.", e)
                : NotWritable(full, e);
        }
    }

    /// <summary>The full path of a file in the directory.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static StorageSetupException NotWritable(string path, Exception e) =>
        new($"The data directory '{path}' cannot be created or written ({e.Message}) Set {Setting} to a writable directory.", e);

    // Opening an existing file of ours for sharing works unless somebody holds it: this tells a lock from other failures.
    private static bool IsHeldElsewhere(string lockFile)
    {
        try
        {
            if (!System.IO.File.Exists(lockFile))
            {
                return false;
            }

            using var probe = new FileStream(lockFile, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
