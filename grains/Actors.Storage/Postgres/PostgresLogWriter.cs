using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Postgres;

/// <summary>
/// The thread that writes: it takes what waits, commits it in one round trip, answers, and goes on. While a commit runs the
/// next batch gathers, so the load itself sets the size of the batches.
/// </summary>
internal sealed partial class PostgresLogWriter
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly PostgresConnections _connections;
    private readonly AppendQueue _queue;
    private readonly Action<ProjectId, long> _advance;
    private readonly TimeProvider _time;
    private readonly StorageInstruments _instruments;
    private readonly ILogger _logger;
    private readonly Guid _logId;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PostgresWriterSession? _session;
    private int _failures;

    /// <param name="connections">The database.</param>
    /// <param name="session">The connection to begin with.</param>
    /// <param name="queue">What waits to be written.</param>
    /// <param name="advance">Hears how far a project has come, before who wrote to it is answered.</param>
    /// <param name="time">The clock of what is measured.</param>
    /// <param name="instruments">What is measured.</param>
    /// <param name="logger">The log.</param>
    public PostgresLogWriter(
        PostgresConnections connections,
        PostgresWriterSession session,
        AppendQueue queue,
        Action<ProjectId, long> advance,
        TimeProvider time,
        StorageInstruments instruments,
        ILogger logger)
    {
        _connections = connections;
        _session = session;
        _logId = session.LogId;
        _queue = queue;
        _advance = advance;
        _time = time;
        _instruments = instruments;
        _logger = logger;
        new Thread(Run) { Name = "event log writer", IsBackground = true }.Start();
    }

    /// <summary>Writes what waits and ends; a database that is away is not waited for any more.</summary>
    public Task CloseAsync()
    {
        _queue.Close();
        return _ended.Task;
    }

    private void Run()
    {
        var batch = new List<PendingWrite>();
        while (_queue.Take(batch))
        {
            foreach (var part in WithoutRepeatedStreams(batch))
            {
                WriteBatch(part);
            }

            batch.Clear();
        }

        _session?.Dispose();
        _ended.SetResult();
    }

    // One statement cannot write two rows of a stream, each of which depends on the one before. It is rare that they wait
    // together: an actor has one append under way.
    private static List<List<PendingWrite>> WithoutRepeatedStreams(List<PendingWrite> batch)
    {
        var parts = new List<List<PendingWrite>>(1);
        var seen = new Dictionary<(ProjectId, StreamId), int>(batch.Count);
        foreach (var write in batch)
        {
            var stream = write switch
            {
                PendingAppend append => append.Append.Stream,
                PendingDeletion deletion => deletion.Deletion.Stream,
                _ => throw new InvalidOperationException($"The log cannot write a {write.GetType().Name}."),
            };
            seen[(write.Project, stream)] = seen.TryGetValue((write.Project, stream), out var part) ? ++part : part;
            if (part == parts.Count)
            {
                parts.Add([]);
            }

            parts[part].Add(write);
        }

        return parts;
    }

    private void WriteBatch(List<PendingWrite> batch)
    {
        var started = _time.GetTimestamp();
        if (TryWrite(batch) is { } failure)
        {
            _failures++;
            Fail(batch, failure);
            return;
        }

        _failures = 0;
        foreach (var pending in batch)
        {
            if (!pending.Outcome.IsConflict)
            {
                _advance(pending.Project, pending.Outcome.Position);
            }
        }

        foreach (var pending in batch)
        {
            pending.Complete();
        }

        _instruments.Committed(batch.Count, _time.GetElapsedTime(started));
    }

    // A repetition is safe, since rows are known by their append ids; and it spares the callers a break of the connection.
    private Exception? TryWrite(List<PendingWrite> batch)
    {
        for (var isRepetition = false; ; isRepetition = true)
        {
            try
            {
                (_session ??= Reopen()).Write(batch);
                return null;
            }
            catch (Exception e)
            {
                // Whatever it was, the next batch must have its chance with a fresh connection.
                _session?.Dispose();
                _session = null;
                if (isRepetition || _failures > 0 || !PostgresFaults.IsPassing(e))
                {
                    return e;
                }

                LogTriedAgain(batch.Count, _connections.Name, e.Message);
            }
        }
    }

    private PostgresWriterSession Reopen()
    {
        if (_failures > 0)
        {
            // The queue gathers meanwhile, so that a database that comes back is not met by a storm of connections.
            var pause = ShortestPause * Math.Pow(2, Math.Min(_failures - 1, 10));
            _queue.Pause(pause < LongestPause ? pause : LongestPause);
        }

        var session = PostgresWriterSession.Open(_connections);
        if (session.LogId != _logId)
        {
            // Everything that this process has made from the log would go on with rows of another one.
            session.Dispose();
            throw new EventLogUnavailableException($"The database {_connections.Name} holds another log than at the start; start this node anew.");
        }

        LogReopened(_connections.Name);
        return session;
    }

    private void Fail(List<PendingWrite> batch, Exception e)
    {
        LogCommitFailed(e, batch.Count, _connections.Name);
        _instruments.CommitFailed();
        var error = new EventLogUnavailableException(
            $"The event log could not commit ({e.Message}). Whether the rows are stored is unknown; the same appends may be repeated.", e);
        foreach (var pending in batch)
        {
            pending.Fail(error);
        }
    }
}
