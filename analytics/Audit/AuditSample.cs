using Actors.Tracing;

namespace Actors.Analytics.Audit;

/// <summary>
/// Draws a few of the streams whose rows were written lately, each row as likely as any other (Vitter's algorithm R). The
/// follower tells, the auditor takes. Safe for concurrent use.
/// </summary>
internal sealed class AuditSample(int size, Random random)
{
    private readonly Lock _lock = new();
    private readonly List<StreamId> _drawn = new(size);
    private TaskCompletionSource _told = NewSource();
    private long _seen;

    /// <summary>Tells of rows that the file holds now.</summary>
    public void Tell(IReadOnlyList<LogRow> rows)
    {
        lock (_lock)
        {
            foreach (var row in rows)
            {
                _seen++;
                if (_drawn.Count < size)
                {
                    _drawn.Add(row.Stream);
                }
                else if (random.NextInt64(_seen) is var place && place < size)
                {
                    _drawn[(int)place] = row.Stream;
                }
            }

            _told.TrySetResult();
        }
    }

    /// <summary>Completes when there is something to take.</summary>
    public Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _told.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>What was drawn since the last time, each stream once.</summary>
    public IReadOnlyList<StreamId> Take()
    {
        lock (_lock)
        {
            StreamId[] drawn = [.. _drawn.Distinct()];
            _drawn.Clear();
            _seen = 0;
            if (_told.Task.IsCompleted)
            {
                _told = NewSource();
            }

            return drawn;
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
