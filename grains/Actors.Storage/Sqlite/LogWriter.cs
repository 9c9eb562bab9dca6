using Actors.Storage.Log;
using Actors.Tracing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Sqlite;

/// <summary>
/// The thread that writes: it takes what waits, commits it at once, answers, and goes on. While a commit runs the next
/// batch gathers, so the load itself sets the size of the batches.
/// </summary>
internal sealed partial class LogWriter
{
    private const long CheckpointBytes = 16L << 20;

    private readonly string _path;
    private readonly AppendQueue _queue;
    private readonly ProjectHeads _heads;
    private readonly RecentRows _recent;
    private readonly EventLogOptions _options;
    private readonly TimeProvider _time;
    private readonly StorageInstruments _instruments;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriterSession? _session;
    private bool _hasErased;
    private int _longReads;

    public LogWriter(
        string path,
        WriterSession session,
        AppendQueue queue,
        ProjectHeads heads,
        RecentRows recent,
        EventLogOptions options,
        TimeProvider time,
        StorageInstruments instruments,
        ILogger logger)
    {
        _path = path;
        _session = session;
        _queue = queue;
        _heads = heads;
        _recent = recent;
        _options = options;
        _time = time;
        _instruments = instruments;
        _logger = logger;
        new Thread(Run) { Name = "event log writer", IsBackground = true }.Start();
    }

    /// <summary>Completes when the queue was closed and everything in it is written.</summary>
    public Task Ended => _ended.Task;

    /// <summary>
    /// Says that somebody reads the whole file, until what is returned is disposed of. The write-ahead log cannot start anew
    /// meanwhile, and to wait for that would hold up every batch.
    /// </summary>
    public IDisposable BeginLongRead()
    {
        Interlocked.Increment(ref _longReads);
        return new LongRead(this);
    }

    private void Run()
    {
        var batch = new List<PendingWrite>();
        while (_queue.Take(batch))
        {
            WriteBatch(batch);
            batch.Clear();
        }

        _session?.Dispose();
        _ended.SetResult();
    }

    private void WriteBatch(List<PendingWrite> batch)
    {
        var started = _time.GetTimestamp();
        try
        {
            (_session ??= Reopen()).Write(batch);
        }
        catch (Exception e)
        {
            // Whatever it was, the next batch must have its chance with a fresh connection.
            _session?.Dispose();
            _session = null;
            _recent.Clear();
            Fail(batch, e);
            return;
        }

        foreach (var pending in batch)
        {
            if (pending.IsNew)
            {
                // The row before the head: who sees the head must find the row.
                Remember(pending);
            }

            if (!pending.Outcome.IsConflict)
            {
                _heads.Advance(pending.Project, pending.Outcome.Position);
            }
        }

        foreach (var pending in batch)
        {
            pending.Complete();
        }

        _instruments.Committed(batch.Count, _time.GetElapsedTime(started));
        CheckpointWhenDue(_session);
    }

    private void Remember(PendingWrite pending)
    {
        if (pending is PendingAppend { Erases: false } append)
        {
            _recent.Add(append.Append, append.Length, append.Outcome.Position, _heads.Get(append.Project));
            return;
        }

        _recent.Forget(pending.Project);
        _hasErased = true;
    }

    // A failed commit may have reached the disk all the same: the heads must show it without waiting for a retry.
    private WriterSession Reopen()
    {
        var session = WriterSession.Open(_path);
        foreach (var (project, position) in session.ReadHeads())
        {
            _heads.Advance(project, position);
        }

        LogReopened(_path);
        return session;
    }

    private void Fail(List<PendingWrite> batch, Exception e)
    {
        LogCommitFailed(e, batch.Count, _path);
        _instruments.CommitFailed();
        var error = new EventLogUnavailableException(
            $"The event log could not commit ({e.Message}). Whether the rows are stored is unknown; the same appends may be repeated.", e);
        foreach (var pending in batch)
        {
            pending.Fail(error);
        }
    }

    // After the answers, so that nobody waits for it who need not; bounded, so that the log never outgrows the disk.
    private void CheckpointWhenDue(WriterSession session)
    {
        var restart = new FileInfo(_path + "-wal") is { Exists: true } wal && wal.Length > _options.MaxWalBytes;

        // The write-ahead log still has what was deleted, until it starts anew.
        restart |= _hasErased && _queue.Count == 0;
        restart &= Volatile.Read(ref _longReads) == 0;
        if (!restart && session.UncheckpointedBytes < CheckpointBytes)
        {
            return;
        }

        try
        {
            if (session.Checkpoint(restart) && restart)
            {
                _hasErased = false;
            }
        }
        catch (SqliteException e)
        {
            LogCheckpointFailed(e, _path);
        }
    }

    private sealed class LongRead(LogWriter writer) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                Interlocked.Decrement(ref writer._longReads);
            }
        }
    }
}
