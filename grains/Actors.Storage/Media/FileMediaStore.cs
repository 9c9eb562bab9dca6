using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Actors.Media;

namespace Actors.Storage.Media;

/// <summary>
/// Files below <c>media</c> in the directory that all nodes see. Their paths are made of hashes alone. A file is written beside its
/// place and moved there when it is whole, so a crash leaves nothing but scraps, which are removed later.
/// </summary>
internal sealed class FileMediaStore : IMediaStore
{
    private const string ScrapFolder = "uploads";
    private const int BufferSize = 64 * 1024;

    // A request that brings nothing for so long has ended long ago.
    private static readonly TimeSpan ScrapAge = TimeSpan.FromHours(1);

    private readonly string _root;
    private readonly string _scraps;
    private readonly TimeProvider _time;

    public FileMediaStore(SharedDirectory directory, TimeProvider time)
    {
        _time = time;
        _root = directory.File("media");
        _scraps = Directory.CreateDirectory(Path.Combine(_root, ScrapFolder)).FullName;

        // What another node is writing looks like what a crash left, but is younger.
        RemoveScraps(directory.IsAlone ? TimeSpan.Zero : ScrapAge);
    }

    public Task<bool> ExistsAsync(ProjectId project, MediaHash hash, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(PathOf(project, hash)));

    public async Task<MediaWriteResult> WriteAsync(
        ProjectId project, MediaHash hash, long length, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var scrap = Path.Combine(_scraps, Guid.NewGuid().ToString("N"));
        try
        {
            MediaHash? actual;
            await using (var file = new FileStream(scrap, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize, useAsync: true))
            {
                actual = await CopyAsync(content, file, length, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            if (actual != hash)
            {
                return actual is null ? MediaWriteResult.WrongLength : MediaWriteResult.WrongHash;
            }

            var path = PathOf(project, hash);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // Of two uploads at once either may win: they are the same.
            File.Move(scrap, path, overwrite: true);
            return MediaWriteResult.Stored;
        }
        finally
        {
            File.Delete(scrap);
        }
    }

    public Task<Stream?> OpenAsync(ProjectId project, MediaHash hash, CancellationToken cancellationToken)
    {
        try
        {
            return Task.FromResult<Stream?>(new FileStream(
                PathOf(project, hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, useAsync: true));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    /// <summary>Removes a file; nothing happens when it is not there. Who reads it now reads on.</summary>
    public void Delete(ProjectId project, MediaHash hash)
    {
        if (File.Exists(PathOf(project, hash)))
        {
            File.Delete(PathOf(project, hash));
        }
    }

    /// <summary>The names of the folders that hold projects' files.</summary>
    public IReadOnlyList<string> ListFolders() =>
        [.. Directory.EnumerateDirectories(_root).Select(d => Path.GetFileName(d)).Where(d => d != ScrapFolder)];

    /// <summary>Removes a folder of <see cref="ListFolders"/> with all files in it.</summary>
    public void DeleteFolder(string folder) => Directory.Delete(Path.Combine(_root, folder), recursive: true);

    /// <summary>Removes what crashes left of uploads.</summary>
    public void RemoveScraps() => RemoveScraps(ScrapAge);

    /// <summary>The folder of a project.</summary>
    /// <remarks>A hash, because the ids of two projects may differ in case alone, which not every file system sees.</remarks>
    public static string FolderOf(ProjectId project) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(project.Value)).AsSpan(0, 16));

    // Null: the content has another length.
    private static async Task<MediaHash?> CopyAsync(Stream content, FileStream file, long length, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (true)
            {
                var read = await content.ReadAsync(buffer, cancellationToken);
                if (read == 0)
                {
                    return length == 0 ? MediaHash.FromBytes(hash.GetHashAndReset()) : null;
                }

                length -= read;
                if (length < 0)
                {
                    return null;
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void RemoveScraps(TimeSpan age)
    {
        var before = _time.GetUtcNow().UtcDateTime - age;
        foreach (var scrap in new DirectoryInfo(_scraps).EnumerateFiles().Where(f => age == TimeSpan.Zero || f.LastWriteTimeUtc < before))
        {
            scrap.Delete();
        }
    }

    private string PathOf(ProjectId project, MediaHash hash) =>
        Path.Combine(_root, FolderOf(project), hash.Hex[..2], hash.Hex);
}
