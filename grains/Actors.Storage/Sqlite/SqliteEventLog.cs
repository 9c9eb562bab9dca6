using Actors.Storage.Formats;
using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Sqlite;

/// <summary>The event log in one SQLite file: one thread writes with group commit, a few connections read.</summary>
public sealed class SqliteEventLog : IEventLog, IAppendBacklog, IAsyncDisposable, IDisposable
{
    /// <summary>The name of the file in the data directory.</summary>
    public const string FileName = "events.db";

    private readonly string _path;
    private readonly EventLogOptions _options;
    private readonly AppendQueue _queue;
    private readonly ProjectHeads _heads;
    private readonly RecentRows _recent;
    private readonly ReaderPool _readers;
    private readonly LogWriter _writer;

    private SqliteEventLog(
        string path, WriterSession session, EventLogOptions options, TimeProvider time, StorageInstruments instruments, ILogger logger)
    {
        LogId = session.LogId;
        _path = path;
        _options = options;
        _queue = new AppendQueue(options, instruments);
        _heads = new ProjectHeads();
        _recent = new RecentRows(options.MaxRecentBytes);
        foreach (var (project, position) in session.ReadHeads())
        {
            _heads.Advance(project, position);
        }

        _readers = new ReaderPool(path, options.MaxConcurrentReads);
        _writer = new LogWriter(path, session, _queue, _heads, _recent, options, time, instruments, logger);
        instruments.ObserveQueue(() => _queue.Count);
    }

    /// <inheritdoc/>
    public Guid LogId { get; }

    /// <summary>No: all projects share one sequence.</summary>
    public bool HasDensePositions => false;

    /// <inheritdoc/>
    public int Rows => _queue.Count;

    /// <inheritdoc/>
    public int MaxRows => _options.MaxQueuedRows;

    /// <summary>Opens the log of a data directory; makes it when it is missing.</summary>
    /// <exception cref="StorageSetupException">The file cannot be opened, is damaged, or was made by a newer version.</exception>
    public static SqliteEventLog Open(
        DataDirectory directory, EventLogOptions options, TimeProvider time, StorageInstruments instruments, ILogger<SqliteEventLog> logger)
    {
        var path = directory.File(FileName);
        try
        {
            return new SqliteEventLog(path, WriterSession.Open(path), options, time, instruments, logger);
        }
        catch (SqliteException e)
        {
            throw SqliteFile.Explain(path, e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<AppendOutcome> AppendAsync(LogAppend append, CancellationToken cancellationToken)
    {
        LogCalls.Check(append);
        cancellationToken.ThrowIfCancellationRequested();
        return append.Events.Any(e => e is ScoreDeletedEvent)
            ? new ValueTask<AppendOutcome>(AppendAndRedactAsync(append, cancellationToken))
            : new ValueTask<AppendOutcome>(_queue.WriteAsync(() => new PendingAppend(append, RowCodec.Encode(append.Events)), cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<AppendOutcome> DeleteStreamAsync(LogDeletion deletion, CancellationToken cancellationToken)
    {
        LogCalls.Check(deletion);
        var remains = await _readers.RunAsync(r => r.ReadRemains(deletion.Project, deletion.Stream), cancellationToken);
        return await _queue.WriteAsync(() => new PendingDeletion(deletion, remains), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task EraseProjectAsync(ProjectId project, CancellationToken cancellationToken)
    {
        while ((await _queue.WriteAsync(() => new PendingErasure(project), cancellationToken)).CurrentVersion > 0)
        {
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LogRow>> ReadStreamAsync(
        ProjectId project, StreamId stream, LogText text, CancellationToken cancellationToken) =>
        await _readers.RunAsync(r => r.ReadStream(project, stream, text, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LogRow>> ReadChangesAsync(
        ProjectId project, long afterPosition, int maxRows, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        if (_recent.TryRead(project, afterPosition, maxRows, _options.MaxChangesBytes) is { } rows)
        {
            return rows;
        }

        return await _readers.RunAsync(
            r => r.ReadChanges(project, afterPosition, maxRows, _options.MaxChangesBytes, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> GetHeadAsync(ProjectId project, CancellationToken cancellationToken) => new(_heads.Get(project));

    /// <inheritdoc/>
    public Task WaitForChangeAsync(ProjectId project, long position, CancellationToken cancellationToken) =>
        _heads.WaitAsync(project, position, cancellationToken);

    /// <inheritdoc/>
    public Task<StreamId?> FindScoreAsync(ProjectId project, string scoreId, CancellationToken cancellationToken) =>
        _readers.RunAsync(r => r.FindScore(project, scoreId), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProjectId>> ListProjectsAsync(CancellationToken cancellationToken) =>
        await _readers.RunAsync(r => r.ListProjects(), cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetNewestReceiptAsync(CancellationToken cancellationToken) =>
        _readers.RunAsync(r => r.ReadNewestReceipt(), cancellationToken);

    /// <summary>Copies all that is committed into a new file, while writers go on; blocks until the copy is on the disk.</summary>
    internal void CopyTo(string path, CancellationToken cancellationToken)
    {
        using var reading = BeginLongRead();
        SqliteCopy.Copy(_path, path, cancellationToken);
    }

    /// <summary>Keeps the writer from waiting for a reader of the whole file, until what is returned is disposed of.</summary>
    internal IDisposable BeginLongRead() => _writer.BeginLongRead();

    /// <summary>Refuses what is new, writes what waits, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _heads.Close();

        // The last connection that closes tidies the file, and only the writer's can: readers go first.
        await _readers.DisposeAsync();
        _queue.Close();
        await _writer.Ended;
    }

    // Rows never change except in a step that also takes the next version, so what was read is still true when the version is.
    private async Task<AppendOutcome> AppendAndRedactAsync(LogAppend append, CancellationToken cancellationToken)
    {
        var deletions = append.Events.OfType<ScoreDeletedEvent>().ToList();
        var redaction = await _readers.RunAsync(
            r => Redaction.Of(r.ReadStream(append.Project, append.Stream, LogText.With, cancellationToken), deletions), cancellationToken);
        return await _queue.WriteAsync(() => new PendingAppend(append, RowCodec.Encode(append.Events), redaction), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
}
