using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Actors.Media;

namespace Actors.Storage.Media;

/// <summary>
/// Files below <c>media</c> in the data directory. Their paths are made of hashes alone. A file is written beside its place
/// and moved there when it is whole, so a crash leaves nothing but scraps, which the next start removes.
/// </summary>
internal sealed class FileMediaStore : IMediaStore
{
    private const string ScrapFolder = "uploads";
    private const int BufferSize = 64 * 1024;

    private readonly string _root;

    public FileMediaStore(DataDirectory directory)
    {
        _root = directory.File("media");
        var scraps = Path.Combine(_root, ScrapFolder);
        if (Directory.Exists(scraps))
        {
            Directory.Delete(scraps, recursive: true);
        }

        Directory.CreateDirectory(scraps);
    }

    public Task<bool> ExistsAsync(ProjectId project, MediaHash hash, CancellationToken cancellationToken) =>
        Task.FromResult(File.Exists(PathOf(project, hash)));

    public async Task<MediaWriteResult> WriteAsync(
        ProjectId project, MediaHash hash, long length, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        var scrap = Path.Combine(_root, ScrapFolder, Guid.NewGuid().ToString("N"));
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

    private string PathOf(ProjectId project, MediaHash hash) =>
        Path.Combine(_root, FolderOf(project), hash.Hex[..2], hash.Hex);
}
