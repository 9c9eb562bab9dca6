using System.Security.Cryptography;

namespace Actors.Storage.Moving;

/// <summary>Copies the files that all nodes see, and compares what is on the disk then.</summary>
internal sealed class FileMigration(string source, string target, IProgress<string> progress)
{
    private const string Scraps = "media/uploads/";

    private static readonly string[] Folders = ["media", "keys"];
    private static readonly string[] Files = ["first-project.json"];

    /// <summary>A file of the target that the source does not have: it is another server's. Null: there is none.</summary>
    public string? FindForeignFile() => List(target).Except(List(source)).FirstOrDefault();

    /// <summary>Copies all files. What an interrupted migration left is written again.</summary>
    /// <exception cref="MigrationException">A file on the disk is not the same.</exception>
    public MigratedTable Run(CancellationToken cancellationToken)
    {
        using var sent = new RowSum();
        using var stored = new RowSum();
        foreach (var name in List(source))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(target, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(Path.Combine(source, name), path, overwrite: true);
            sent.With(name).With(HashOf(source, name)).EndRow();
            stored.With(name).With(HashOf(target, name)).EndRow();
        }

        progress.Report($"files: {sent.Count}");
        return MigratedTable.Compare("files", stored, sent);
    }

    private static byte[] HashOf(string directory, string name)
    {
        using var file = File.OpenHandle(Path.Combine(directory, name), FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
        using var stream = new FileStream(file, FileAccess.Read);
        return SHA256.HashData(stream);
    }

    private static List<string> List(string directory)
    {
        var folders = Folders.Select(f => Path.Combine(directory, f)).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(directory, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith(Scraps, StringComparison.Ordinal));
        return [.. folders.Concat(Files.Where(f => File.Exists(Path.Combine(directory, f)))).Order(StringComparer.Ordinal)];
    }
}
