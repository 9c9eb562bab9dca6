using Actors.Tracing;

namespace Actors.Storage.Sqlite;

/// <summary>
/// What waits for the writer: bounded in rows and in bytes, many producers, one consumer, which blocks its own thread.
/// </summary>
internal sealed class AppendQueue(EventLogOptions options)
{
    private readonly object _gate = new();
    private readonly Queue<PendingWrite> _waiting = new();
    private long _bytes;
    private bool _closed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds one, or refuses at once.</summary>
    /// <exception cref="EventLogOverloadedException">The queue is full.</exception>
    /// <exception cref="EventLogUnavailableException">The log is closed.</exception>
    public void Add(PendingWrite write)
    {
        lock (_gate)
        {
            ThrowUnlessOpen(write.Length);
            _waiting.Enqueue(write);
            _bytes += write.Length;
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Refuses early what would be refused anyway, before work is put into it.</summary>
    public void ThrowIfFull()
    {
        lock (_gate)
        {
            ThrowUnlessOpen(0);
        }
    }

    /// <summary>Blocks until something waits and moves the next batch into <paramref name="batch"/>.</summary>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool Take(List<PendingWrite> batch)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                {
                    return false;
                }

                Monitor.Wait(_gate);
            }

            long taken = 0;
            while (batch.Count < options.MaxBatchRows && _waiting.TryPeek(out var next)
                && (batch.Count == 0 || taken + next.Length <= options.MaxBatchBytes))
            {
                batch.Add(_waiting.Dequeue());
                taken += next.Length;
            }

            _bytes -= taken;
            return true;
        }
    }

    /// <summary>Takes no more; what waits is still written.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void ThrowUnlessOpen(long length)
    {
        if (_closed)
        {
            throw new EventLogUnavailableException("The event log is closed.");
        }

        if (_waiting.Count >= options.MaxQueuedRows || (_waiting.Count > 0 && _bytes + length > options.MaxQueuedBytes))
        {
            throw new EventLogOverloadedException(
                $"The event log has {_waiting.Count} rows ({_bytes >> 10} KB) waiting; its limits are {EventLogOptions.Section}:MaxQueuedRows and :MaxQueuedBytes.");
        }
    }
}
