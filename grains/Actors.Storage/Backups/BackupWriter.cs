using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Storage.Backups;

/// <summary>
/// A directory of copies that is not whole yet. Its list of hashes is written last, and then the directory gets its name: what
/// a crash leaves behind cannot be taken for a copy.
/// </summary>
internal sealed class BackupWriter
{
    /// <summary>The list of hashes, as <c>sha256sum -c</c> reads it.</summary>
    public const string ListName = "SHA256SUMS";

    /// <summary>What the names of directories begin with that are not whole.</summary>
    public const string PartialPrefix = ".partial-";

    private const int BufferSize = 1 << 20;

    private readonly string _directory;
    private readonly List<(string Name, string Hash, long Length)> _files = [];

    private BackupWriter(string directory) => _directory = directory;

    /// <summary>How many files are in it.</summary>
    public int Files => _files.Count;

    /// <summary>Their bytes.</summary>
    public long SizeBytes => _files.Sum(f => f.Length);

    /// <summary>Makes the directory; what earlier attempts left is removed.</summary>
    public static BackupWriter Begin(string root, string name)
    {
        MakeDirectory(root);
        foreach (var left in Directory.EnumerateDirectories(root, PartialPrefix + "*"))
        {
            Directory.Delete(left, recursive: true);
        }

        var directory = Path.Combine(root, PartialPrefix + name);
        MakeDirectory(directory);
        return new BackupWriter(directory);
    }

    /// <summary>Adds a file that <paramref name="write"/> makes at the path it is given.</summary>
    public void Add(string name, Action<string> write, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        write(path);
        using var file = OpenForReading(path);
        Note(name, file, Stream.Null, cancellationToken);
    }

    /// <summary>Adds a copy of a file; one that is deleted just now is left out.</summary>
    public void AddCopy(string name, string source, CancellationToken cancellationToken)
    {
        using var from = TryOpen(source);
        if (from is null)
        {
            return;
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(from.SafeFileHandle);
        }

        using var to = new FileStream(PathOf(name), options);
        Note(name, from, to, cancellationToken);
        to.Flush(flushToDisk: true);
    }

    /// <summary>Adds copies of all files below a directory.</summary>
    public void AddCopies(string name, string source, Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(source))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, path).Replace('\\', '/');
            if (isWanted(relative))
            {
                AddCopy($"{name}/{relative}", path, cancellationToken);
            }
        }
    }

    /// <summary>Writes the list and gives the directory its name.</summary>
    public void Finish(string path)
    {
        var list = new StringBuilder();
        foreach (var (name, hash, _) in _files)
        {
            list.Append(CultureInfo.InvariantCulture, $"{hash}  {name}\n");
        }

        using (var file = new FileStream(PathOf(ListName), FileMode.CreateNew, FileAccess.Write))
        {
            file.Write(Encoding.UTF8.GetBytes(list.ToString()));
            file.Flush(flushToDisk: true);
        }

        Directory.Move(_directory, path);
    }

    /// <summary>Removes everything again.</summary>
    public void Abandon()
    {
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    // Keys are in it, so it is nobody else's.
    private static void MakeDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStream OpenForReading(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static FileStream? TryOpen(string path)
    {
        try
        {
            return OpenForReading(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private void Note(string name, FileStream from, Stream to, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        long length = 0;
        while (from.Read(buffer) is var read and > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
            length += read;
        }

        _files.Add((name, Convert.ToHexStringLower(hash.GetHashAndReset()), length));
    }

    private string PathOf(string name)
    {
        var path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
