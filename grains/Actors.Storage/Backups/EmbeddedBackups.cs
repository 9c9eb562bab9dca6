using System.Globalization;
using Actors.Operations;
using Actors.Storage.Control.Sqlite;
using Actors.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Storage.Backups;

/// <summary>
/// Copies of the embedded stores. The log is copied first, then the control plane, then files: what an event speaks of was
/// stored before it, so it is in what is copied after it.
/// </summary>
internal sealed partial class EmbeddedBackups(
    DataDirectory directory,
    SharedDirectory shared,
    IOptions<StorageOptions> options,
    SqliteEventLog log,
    TimeProvider time,
    ILogger<EmbeddedBackups> logger)
    : IBackups, IDisposable
{
    private const string NameFormat = "yyyyMMdd'T'HHmmssfff'Z'";

    private readonly string _root = options.Value.BackupDirectory is { Length: > 0 } set ? Path.GetFullPath(set) : directory.File("backups");
    private readonly SemaphoreSlim _taking = new(1);

    public async Task<Outcome<BackupRecord>> TakeAsync(CancellationToken cancellationToken)
    {
        if (!await _taking.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return Refusal.Conflict("A backup is being taken. Wait until it is whole");
        }

        try
        {
            var started = time.GetTimestamp();

            // Blocks for as long as the disk takes: not a thread of the pool.
            var taken = await Task.Factory.StartNew(
                () => Take(cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            LogTaken(taken.Path, taken.Files, taken.SizeBytes, time.GetElapsedTime(started).TotalSeconds);
            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            LogFailed(e, _root);
            throw new BackupFailedException($"The backup to '{_root}' failed: {e.Message}", e);
        }
        finally
        {
            _taking.Release();
        }
    }

    public Task<IReadOnlyList<BackupRecord>> ListAsync(CancellationToken cancellationToken) => Task.Run<IReadOnlyList<BackupRecord>>(List, cancellationToken);

    public void Dispose() => _taking.Dispose();

    private BackupRecord Take(CancellationToken cancellationToken)
    {
        var name = time.GetUtcNow().ToString(NameFormat, CultureInfo.InvariantCulture);
        var path = Path.Combine(_root, name);
        var writer = BackupWriter.Begin(_root, name);
        try
        {
            writer.Add(SqliteEventLog.FileName, target => log.CopyTo(target, cancellationToken), cancellationToken);
            writer.Add(
                SqliteControlDatabase.FileName,
                target => SqliteCopy.Copy(directory.File(SqliteControlDatabase.FileName), target, cancellationToken),
                cancellationToken);
            writer.AddCopy("first-project.json", shared.File("first-project.json"), cancellationToken);
            writer.AddCopies("keys", shared.File("keys"), _ => true, cancellationToken);

            // Uploads that are not whole yet were not acknowledged.
            writer.AddCopies("media", shared.File("media"), f => !f.StartsWith("uploads/", StringComparison.Ordinal), cancellationToken);
            writer.Finish(path);
            return new BackupRecord(name, path, ReadName(name)!.Value, writer.Files, writer.SizeBytes);
        }
        catch
        {
            writer.Abandon();
            throw;
        }
    }

    private List<BackupRecord> List()
    {
        var found = new List<BackupRecord>();
        if (!Directory.Exists(_root))
        {
            return found;
        }

        foreach (var path in Directory.EnumerateDirectories(_root))
        {
            var list = new FileInfo(Path.Combine(path, BackupWriter.ListName));
            if (list.Exists && ReadName(Path.GetFileName(path)) is { } taken)
            {
                var files = new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.FullName != list.FullName).ToList();
                found.Add(new BackupRecord(Path.GetFileName(path), path, taken, files.Count, files.Sum(f => f.Length)));
            }
        }

        return [.. found.OrderByDescending(b => b.TakenAt)];
    }

    private static DateTimeOffset? ReadName(string name) => DateTimeOffset.TryParseExact(
        name, NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    [LoggerMessage(2060, LogLevel.Information, "A backup is whole: {Path}, {Files} files, {Bytes} bytes, after {Seconds:0.0} s.")]
    private partial void LogTaken(string path, int files, long bytes, double seconds);

    [LoggerMessage(2061, LogLevel.Error, "A backup to {Root} failed; nothing of it is left.")]
    private partial void LogFailed(Exception exception, string root);
}
