using Actors.Tracing;

namespace Actors.Storage.Log;

/// <summary>
/// What waits for the writer: bounded in rows and in bytes, many producers, one consumer, which blocks its own thread.
/// </summary>
internal sealed class AppendQueue(EventLogOptions options, StorageInstruments instruments)
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

    /// <summary>Refuses at once when the queue is full, before any work is put into the row; else completes with its outcome.</summary>
    /// <param name="prepare">Makes what is added.</param>
    /// <param name="cancellationToken">Lets the caller go; what was added is written all the same.</param>
    /// <exception cref="EventLogOverloadedException">The queue is full.</exception>
    /// <exception cref="EventLogUnavailableException">The log is closed.</exception>
    public Task<AppendOutcome> WriteAsync(Func<PendingWrite> prepare, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfFull();
            var pending = prepare();
            Add(pending);
            return cancellationToken.CanBeCanceled ? pending.Done.WaitAsync(cancellationToken) : pending.Done;
        }
        catch (EventLogOverloadedException)
        {
            instruments.Refused();
            throw;
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

    /// <summary>Blocks for a while, while others add; not at all when the queue is closed.</summary>
    public void Pause(TimeSpan duration)
    {
        lock (_gate)
        {
            // Woken by what is added, too.
            var end = Environment.TickCount64 + (long)duration.TotalMilliseconds;
            while (!_closed && end - Environment.TickCount64 is > 0 and var left)
            {
                Monitor.Wait(_gate, TimeSpan.FromMilliseconds(left));
            }
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

    private void ThrowIfFull()
    {
        lock (_gate)
        {
            ThrowUnlessOpen(0);
        }
    }

    private void Add(PendingWrite write)
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
