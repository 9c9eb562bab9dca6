namespace Actors.Analytics.Ingest;

/// <summary>How far a read model has come, and who waits for it to come further. Safe for concurrent use.</summary>
internal sealed class Watermark(long value, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _advanced = NewSource();
    private TaskCompletionSource _readerCame = NewSource();
    private long _value = value;
    private long _wanted;
    private long _head;

    /// <summary>The position that committed rows include.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>The highest position that is known to exist in the log.</summary>
    public long KnownHead => Math.Max(Volatile.Read(ref _head), Value);

    /// <summary>Waits until the value has reached <paramref name="position"/>, at most <paramref name="timeout"/>; a wait triggers the flush.</summary>
    public async Task ReachAsync(long position, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Notice(position);
        var start = time.GetTimestamp();
        while (true)
        {
            Task advanced;
            lock (_lock)
            {
                if (_value >= position)
                {
                    return;
                }

                _wanted = Math.Max(_wanted, position);
                _readerCame.TrySetResult();
                advanced = _advanced.Task;
            }

            var left = timeout - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            try
            {
                await advanced.WaitAsync(left, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                return;
            }
        }
    }

    /// <summary>Remembers that the log has come to <paramref name="head"/>.</summary>
    public void Notice(long head)
    {
        lock (_lock)
        {
            _head = Math.Max(_head, head);
        }
    }

    /// <summary>Sets the value and lets those go on who waited for it.</summary>
    public void Advance(long to)
    {
        TaskCompletionSource advanced;
        lock (_lock)
        {
            Volatile.Write(ref _value, to);
            advanced = _advanced;
            _advanced = NewSource();
            if (_wanted <= to && _readerCame.Task.IsCompleted)
            {
                _readerCame = NewSource();
            }
        }

        advanced.TrySetResult();
    }

    /// <summary>Completes after <paramref name="interval"/>, or at once while a reader waits.</summary>
    public async Task GatherAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        Task reader;
        lock (_lock)
        {
            reader = _readerCame.Task;
        }

        if (!reader.IsCompleted)
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(reader, Task.Delay(interval, time, enough.Token));
            await enough.CancelAsync();
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
