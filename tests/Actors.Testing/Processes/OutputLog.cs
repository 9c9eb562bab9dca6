namespace Actors.Testing.Processes;

/// <summary>The lines that a process has written, and a way to await one of them.</summary>
public sealed class OutputLog
{
    private const int MaxLines = 20_000;

    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private readonly List<Waiter> _waiters = [];
    private bool _ended;

    /// <summary>Everything so far; beyond 20,000 lines the oldest are forgotten.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>Everything so far, as one text.</summary>
    public string Text => string.Join('\n', Lines);

    /// <summary>The first line, past or future, that is accepted; null when the process ended without it.</summary>
    public Task<string?> FirstAsync(Func<string, bool> accept)
    {
        lock (_lock)
        {
            var found = _lines.Find(l => accept(l));
            if (found is not null || _ended)
            {
                return Task.FromResult(found);
            }

            var waiter = new Waiter(accept, new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiters.Add(waiter);
            return waiter.Found.Task;
        }
    }

    internal void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            if (_lines.Count > MaxLines)
            {
                _lines.RemoveRange(0, MaxLines / 10);
            }

            foreach (var waiter in _waiters.Where(w => w.Accept(line)).ToList())
            {
                _waiters.Remove(waiter);
                waiter.Found.SetResult(line);
            }
        }
    }

    internal void End()
    {
        lock (_lock)
        {
            _ended = true;
            _waiters.ForEach(w => w.Found.SetResult(null));
            _waiters.Clear();
        }
    }

    private sealed record Waiter(Func<string, bool> Accept, TaskCompletionSource<string?> Found);
}
