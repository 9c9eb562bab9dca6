using Actors.Tracing;

namespace Actors.Storage.Sqlite;

/// <summary>
/// The newest rows as they were appended, so that a reader who keeps up does not read and decode what this process has
/// just written. Bounded in bytes over all projects; the oldest row goes first. Rows of a project are complete from its
/// floor on: a reader behind the floor reads the file.
/// </summary>
internal sealed class RecentRows(long maxBytes)
{
    // What an event weighs in memory beside its text, and how far text shrinks when it is packed: estimates for a bound.
    private const int BytesPerEvent = 400;
    private const int Unpacked = 5;

    private readonly Lock _gate = new();
    private readonly Dictionary<ProjectId, Tail> _tails = [];
    private readonly Queue<ProjectId> _order = new();
    private long _bytes;

    /// <summary>Adds a committed row. Rows of a project come by rising position.</summary>
    /// <param name="append">What was appended.</param>
    /// <param name="packedBytes">Its size in the file.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="previousHead">The project's head before it: nothing of the project lies between the two.</param>
    public void Add(LogAppend append, long packedBytes, long position, long previousHead)
    {
        var bytes = (packedBytes * Unpacked) + (append.Events.Count * BytesPerEvent);
        lock (_gate)
        {
            if (!_tails.TryGetValue(append.Project, out var tail))
            {
                tail = new Tail { Floor = previousHead };
                _tails.Add(append.Project, tail);
            }

            tail.Rows.Enqueue((ToRow(append, position), bytes));
            _order.Enqueue(append.Project);
            _bytes += bytes;
            while (_bytes > maxBytes)
            {
                DropOldest();
            }
        }
    }

    /// <summary>The rows after a position; null when they are not all here.</summary>
    public IReadOnlyList<LogRow>? TryRead(ProjectId project, long afterPosition, int maxRows, long maxReadBytes)
    {
        lock (_gate)
        {
            if (!_tails.TryGetValue(project, out var tail) || afterPosition < tail.Floor)
            {
                return null;
            }

            var rows = new List<LogRow>();
            long bytes = 0;
            foreach (var (row, size) in tail.Rows)
            {
                if (row.Position <= afterPosition)
                {
                    continue;
                }

                bytes += size;
                if (rows.Count == maxRows || (rows.Count > 0 && bytes > maxReadBytes))
                {
                    break;
                }

                rows.Add(row);
            }

            return rows;
        }
    }

    /// <summary>Forgets the rows of a project, because some of them were deleted or written again: its readers read the file.</summary>
    public void Forget(ProjectId project)
    {
        lock (_gate)
        {
            if (!_tails.Remove(project, out var tail))
            {
                return;
            }

            _bytes -= tail.Rows.Sum(r => r.Bytes);
            var others = _order.Where(p => p != project).ToList();
            _order.Clear();
            others.ForEach(_order.Enqueue);
        }
    }

    /// <summary>Forgets everything: after a failed commit nobody knows which rows are stored.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _tails.Clear();
            _order.Clear();
            _bytes = 0;
        }
    }

    private void DropOldest()
    {
        var project = _order.Dequeue();
        var tail = _tails[project];
        var (row, bytes) = tail.Rows.Dequeue();
        _bytes -= bytes;
        tail.Floor = row.Position;
        if (tail.Rows.Count == 0)
        {
            _tails.Remove(project);
        }
    }

    private static LogRow ToRow(LogAppend append, long position) => new()
    {
        Stream = append.Stream,
        Version = append.Version,
        Position = position,
        PriceBook = append.PriceBook,
        ReceivedAt = append.ReceivedAt,
        Events = append.Events,
    };

    private sealed class Tail
    {
        public Queue<(LogRow Row, long Bytes)> Rows { get; } = new();

        /// <summary>Every row after this position is here.</summary>
        public long Floor { get; set; }
    }
}
