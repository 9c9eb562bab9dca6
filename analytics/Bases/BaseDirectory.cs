using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Actors.Analytics.Bases;

/// <summary>
/// The bases of one project: directories that are named after their positions, each with a manifest and a copy of the project's file.
/// A directory gets its name when all of it is on the disk, and never changes afterwards but for the marks of <see cref="MarkBefore"/>.
/// Nodes may do all of this at the same time. Blocking.
/// </summary>
internal sealed class BaseDirectory(string path)
{
    private const string CopyName = "model.duckdb";
    private const string ManifestName = "base.json";

    // What is being written, or being deleted.
    private const string PartialPrefix = ".partial-";

    // The name of a mark tells when the base must be gone: an empty file is there or not, and never half.
    private const string MarkPrefix = "until-";
    private const string MarkFormat = "yyyyMMdd'T'HHmmss'Z'";

    private const int BufferSize = 1 << 20;

    /// <summary>The positions of the bases, the highest first.</summary>
    public IReadOnlyList<long> List() => Directory.Exists(path)
        ? [.. Directory.EnumerateDirectories(path).Select(PositionOf).OfType<long>().OrderDescending()]
        : [];

    /// <summary>The bytes that are free where the bases are.</summary>
    public long MeasureRoom()
    {
        Directory.CreateDirectory(path);
        return new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
    }

    /// <summary>What a base says of itself; null: it is gone, or not readable.</summary>
    public BaseManifest? Read(long position)
    {
        try
        {
            return BaseManifest.Read(File.ReadAllBytes(Path.Combine(At(position), ManifestName)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Copies a base to a file of the same machine; false: it is not what its manifest says.</summary>
    public bool TryCopy(BaseManifest manifest, string target, CancellationToken cancellationToken)
    {
        using var from = OpenForReading(Path.Combine(At(manifest.Position), CopyName));
        return from.Length == manifest.SizeBytes && Copy(from, target, cancellationToken) == manifest.Sha256;
    }

    /// <summary>Adds a base, unless there is one of its position.</summary>
    /// <param name="file">The closed copy of the project's file.</param>
    /// <param name="describe">Makes the manifest of its hash and length.</param>
    /// <param name="until">Says, when all is written, by when it must be gone; null: nobody knows of anything in it that was deleted.</param>
    /// <param name="cancellationToken">Gives up; nothing is left then.</param>
    public void Add(string file, Func<string, long, BaseManifest> describe, Func<DateTimeOffset?> until, CancellationToken cancellationToken)
    {
        var partial = Path.Combine(path, PartialPrefix + Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(partial);
        try
        {
            using var from = OpenForReading(file);
            var manifest = describe(Copy(from, Path.Combine(partial, CopyName), cancellationToken), from.Length);
            using (var to = new FileStream(Path.Combine(partial, ManifestName), FileMode.CreateNew, FileAccess.Write))
            {
                to.Write(manifest.Write());
                to.Flush(flushToDisk: true);
            }

            if (until() is { } time)
            {
                Mark(partial, time);
            }

            if (!Directory.Exists(At(manifest.Position)))
            {
                Directory.Move(partial, At(manifest.Position));
            }
        }
        finally
        {
            Remove(partial);
        }
    }

    /// <summary>Says of all bases below a position when they must be gone. An earlier time that was said before stands.</summary>
    public void MarkBefore(long position, DateTimeOffset until)
    {
        foreach (var older in List().Where(p => p < position && FindMark(p) is null))
        {
            try
            {
                Mark(At(older), until);
            }
            catch (DirectoryNotFoundException)
            {
                // Somebody was faster, and it is gone.
            }
        }
    }

    /// <summary>When a base must be gone; null: it was not marked.</summary>
    public DateTimeOffset? FindMark(long position) => Directory.Exists(At(position))
        ? Directory.EnumerateFiles(At(position), MarkPrefix + "*").Select(TimeOf).Min()
        : null;

    /// <summary>Deletes all but the newest.</summary>
    public void KeepNewest(int count)
    {
        foreach (var position in List().Skip(count))
        {
            Delete(position);
        }
    }

    /// <summary>Deletes what must be gone by now, and what a node that died was writing.</summary>
    public void Tidy(DateTimeOffset now, TimeSpan longestWrite)
    {
        foreach (var position in List().Where(p => FindMark(p) <= now))
        {
            Delete(position);
        }

        foreach (var partial in Directory.EnumerateDirectories(path, PartialPrefix + "*").Where(p => LastWrite(p) < now - longestWrite))
        {
            Remove(partial);
        }
    }

    /// <summary>Deletes everything.</summary>
    public void DeleteAll() => Remove(path);

    private static long? PositionOf(string directory) =>
        long.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    private static DateTimeOffset? TimeOf(string mark) => DateTimeOffset.TryParseExact(
        Path.GetFileName(mark)[MarkPrefix.Length..], MarkFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : null;

    private static void Mark(string directory, DateTimeOffset until) =>
        File.Create(Path.Combine(directory, MarkPrefix + until.UtcDateTime.ToString(MarkFormat, CultureInfo.InvariantCulture))).Dispose();

    private static DateTimeOffset LastWrite(string directory) => new DirectoryInfo(directory).EnumerateFiles()
        .Select(file => new DateTimeOffset(file.LastWriteTimeUtc))
        .Append(new DateTimeOffset(Directory.GetLastWriteTimeUtc(directory)))
        .Max();

    private static FileStream OpenForReading(string file) =>
        new(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private static string Copy(FileStream from, string target, CancellationToken cancellationToken)
    {
        using var to = new FileStream(target, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        while (from.Read(buffer) is var read and > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
            to.Write(buffer, 0, read);
        }

        to.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Remove(string directory)
    {
        try
        {
            Directory.Delete(directory, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another node was faster.
        }
    }

    // It loses its name first, so that nobody finds a half of it.
    private void Delete(long position)
    {
        var partial = Path.Combine(path, PartialPrefix + Guid.NewGuid().ToString("N"));
        try
        {
            Directory.Move(At(position), partial);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }

        Remove(partial);
    }

    private string At(long position) => Path.Combine(path, position.ToString(CultureInfo.InvariantCulture));
}
