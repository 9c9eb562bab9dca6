using Actors.Storage.Formats;
using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Actors.Storage.Postgres;

/// <summary>
/// The event log in a PostgreSQL database that several nodes share: on each of them one thread writes with group commit and a
/// few connections read.
/// </summary>
public sealed class PostgresEventLog : IEventLog, IAppendBacklog, IAsyncDisposable, IDisposable
{
    private readonly PostgresConnections _connections;
    private readonly EventLogOptions _options;
    private readonly AppendQueue _queue;
    private readonly ProjectHeads _heads = new();
    private readonly PostgresReader _reads;
    private readonly PostgresReader _headReads;
    private readonly HeadReader _headReader;
    private readonly HeadPoll _poll;
    private readonly HeadTeller _teller;
    private readonly NodeListener _listener;
    private readonly PostgresLogWriter _writer;

    private PostgresEventLog(
        PostgresConnections connections,
        PostgresWriterSession session,
        NodeListener listener,
        EventLogOptions options,
        TimeProvider time,
        StorageInstruments instruments,
        ILogger logger)
    {
        _connections = connections;
        _options = options;
        LogId = session.LogId;
        _queue = new AppendQueue(options, instruments);
        _reads = new PostgresReader(connections.Reads, time);
        _headReads = new PostgresReader(connections.Heads, time);
        _headReader = new HeadReader(ReadHeadsAsync);
        _poll = new HeadPoll(_heads, ReadHeadsAsync, options.HeadPollInterval, time, logger);
        _teller = new HeadTeller(
            heads => _headReads.RunAsync((c, stop) => PostgresLogQueries.TellHeadsAsync(c, heads, stop), CancellationToken.None), time, logger);
        _listener = listener;
        _listener.Subscribe(new NodeChannel(HeadNews.Channel, Heard, _poll.AskSoon));
        _writer = new PostgresLogWriter(connections, session, _queue, Advance, time, instruments, logger);
        instruments.ObserveQueue(() => _queue.Count);
    }

    /// <inheritdoc/>
    public Guid LogId { get; }

    /// <summary>Yes: a project's rows get the next positions while the project is locked, until their commit.</summary>
    public bool HasDensePositions => true;

    /// <inheritdoc/>
    public int Rows => _queue.Count;

    /// <inheritdoc/>
    public int MaxRows => _options.MaxQueuedRows;

    /// <summary>Opens the log of a database; makes its schema when it is missing. The listener stays its owner's.</summary>
    /// <exception cref="StorageSetupException">The database cannot be used, or a newer version made the schema.</exception>
    internal static PostgresEventLog Open(
        string connectionString,
        NodeListener listener,
        EventLogOptions options,
        TimeProvider time,
        StorageInstruments instruments,
        ILogger<PostgresEventLog> logger)
    {
        var connections = PostgresConnections.Create(connectionString, options);
        try
        {
            return new PostgresEventLog(connections, PostgresWriterSession.Open(connections), listener, options, time, instruments, logger);
        }
        catch (Exception e)
        {
            connections.DisposeAsync().AsTask().GetAwaiter().GetResult();
            if (e is NpgsqlException or EventLogUnavailableException)
            {
                throw PostgresFaults.Explain(connections.Name, e);
            }

            throw;
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
        var remains = await _reads.RunAsync(
            (c, stop) => PostgresLogQueries.ReadRemainsAsync(c, deletion.Project, deletion.Stream, stop), cancellationToken);
        return await _queue.WriteAsync(() => new PendingDeletion(deletion, remains), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task EraseProjectAsync(ProjectId project, CancellationToken cancellationToken)
    {
        for (var (erased, after) = (1L, 0L); erased > 0;)
        {
            (erased, after) = await _reads.RunAsync((c, stop) => PostgresLogQueries.EraseSomeAsync(c, project, after, stop), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogRow>> ReadStreamAsync(ProjectId project, StreamId stream, LogText text, CancellationToken cancellationToken) =>
        _reads.RunAsync((c, stop) => PostgresLogQueries.ReadStreamAsync(c, project, stream, text, stop), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LogRow>> ReadChangesAsync(ProjectId project, long afterPosition, int maxRows, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        return _reads.RunAsync(
            (c, stop) => PostgresLogQueries.ReadChangesAsync(c, project, afterPosition, maxRows, _options.MaxChangesBytes, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> GetHeadAsync(ProjectId project, CancellationToken cancellationToken) =>
        new(_headReader.GetAsync(project, cancellationToken));

    /// <inheritdoc/>
    public Task WaitForChangeAsync(ProjectId project, long position, CancellationToken cancellationToken)
    {
        var change = _poll.WaitAsync(project, position, cancellationToken);
        _listener.Start();
        return change;
    }

    /// <inheritdoc/>
    public Task<StreamId?> FindScoreAsync(ProjectId project, string scoreId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scoreId);
        return _reads.RunAsync((c, stop) => PostgresLogQueries.FindScoreAsync(c, project, scoreId, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ProjectId>> ListProjectsAsync(CancellationToken cancellationToken) =>
        _reads.RunAsync(PostgresLogQueries.ListProjectsAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetNewestReceiptAsync(CancellationToken cancellationToken) =>
        _reads.RunAsync(PostgresLogQueries.ReadNewestReceiptAsync, cancellationToken);

    /// <summary>Refuses what is new, writes what waits, and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        _reads.Close();
        _headReads.Close();
        _heads.Close();
        await _poll.DisposeAsync();
        await _teller.DisposeAsync();
        await _writer.CloseAsync();
        await _connections.DisposeAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    // Rows never change except in a step that also takes the next version, so what was read is still true when the version is.
    private async Task<AppendOutcome> AppendAndRedactAsync(LogAppend append, CancellationToken cancellationToken)
    {
        var deletions = append.Events.OfType<ScoreDeletedEvent>().ToList();
        var rows = await ReadStreamAsync(append.Project, append.Stream, LogText.With, cancellationToken);
        return await _queue.WriteAsync(
            () => new PendingAppend(append, RowCodec.Encode(append.Events), Redaction.Of(rows, deletions)), cancellationToken);
    }

    private void Advance(ProjectId project, long position)
    {
        _heads.Advance(project, position);
        _teller.Advance(project, position);
    }

    private void Heard(string message)
    {
        foreach (var (project, position) in HeadNews.Read(message))
        {
            _heads.Advance(project, position);
        }
    }

    private async Task<Dictionary<ProjectId, long>> ReadHeadsAsync(IReadOnlyCollection<ProjectId> projects)
    {
        var heads = await _headReads.RunAsync((c, stop) => PostgresLogQueries.ReadHeadsAsync(c, projects, stop), CancellationToken.None);
        foreach (var (project, position) in heads)
        {
            _heads.Advance(project, position);
        }

        return heads;
    }
}
