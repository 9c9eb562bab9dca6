using System.Collections.Concurrent;
using Actors.Tracing;

namespace Actors.Storage.Log;

/// <summary>
/// The highest committed position of every project, and who waits for a higher one. As many entries as the log has
/// projects.
/// </summary>
internal sealed class ProjectHeads
{
    private readonly ConcurrentDictionary<ProjectId, Head> _heads = new();
    private volatile bool _closed;

    public long Get(ProjectId project) => _heads.TryGetValue(project, out var head) ? head.Position : 0;

    /// <summary>Raises the head and wakes who waits; a lower position changes nothing.</summary>
    public void Advance(ProjectId project, long position) => _heads.GetOrAdd(project, _ => new Head()).Advance(position);

    public async Task WaitAsync(ProjectId project, long position, CancellationToken cancellationToken)
    {
        var head = _heads.GetOrAdd(project, _ => new Head());
        while (head.NextAfter(position) is { } next)
        {
            if (_closed)
            {
                throw Closed();
            }

            await next.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Lets no one wait any more.</summary>
    public void Close()
    {
        _closed = true;
        foreach (var head in _heads.Values)
        {
            head.Fail(Closed());
        }
    }

    private static EventLogUnavailableException Closed() => new("The event log is closed.");

    private sealed class Head
    {
        private readonly Lock _gate = new();
        private TaskCompletionSource? _next;
        private long _position;

        public long Position => Volatile.Read(ref _position);

        public void Advance(long position)
        {
            TaskCompletionSource? next;
            lock (_gate)
            {
                if (position <= _position)
                {
                    return;
                }

                _position = position;
                (next, _next) = (_next, null);
            }

            next?.TrySetResult();
        }

        /// <summary>The next change; null when the head has passed <paramref name="position"/> already.</summary>
        public Task? NextAfter(long position)
        {
            lock (_gate)
            {
                return _position > position
                    ? null
                    : (_next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }

        public void Fail(Exception e)
        {
            lock (_gate)
            {
                _next?.TrySetException(e);
            }
        }
    }
}
