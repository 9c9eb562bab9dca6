using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// Which rows of the log the live numbers of a project have heard of. A silo that dies between a commit and its next partial
/// leaves a hole: rows that the log has, and that nobody will tell of any more. Only for logs whose positions are dense. Pure: no
/// clock, no I/O.
/// </summary>
internal sealed class ToldRows
{
    /// <summary>How many ranges beyond a hole are kept; when there are more, those beyond count as not told.</summary>
    public const int MaxRanges = 5_000;

    /// <summary>How long rows may be under way. Repeating what was only slow is harmless, and costs little.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SortedDictionary<long, long> _beyond = [];
    private long _through;
    private (long Head, DateTimeOffset At)? _awaited;

    /// <summary>Everything up to a position is known; what was noted beyond it still is.</summary>
    public void Settle(long through)
    {
        _through = Math.Max(_through, through);
        _awaited = null;
        Absorb();
    }

    /// <summary>Notes rows.</summary>
    public void Add(IReadOnlyList<PositionRange> rows)
    {
        foreach (var range in rows)
        {
            if (range.First <= _through + 1)
            {
                _through = Math.Max(_through, range.Last);
            }
            else if (_beyond.TryGetValue(range.First, out var last) || _beyond.Count < MaxRanges)
            {
                _beyond[range.First] = Math.Max(last, range.Last);
            }
        }

        Absorb();
    }

    /// <summary>The position up to which all rows should have been told of by now, and have not; null: none is overdue.</summary>
    /// <param name="head">The head of the log.</param>
    /// <param name="now">The time.</param>
    public long? Overdue(long head, DateTimeOffset now)
    {
        if (_awaited is { } awaited && _through < awaited.Head)
        {
            return now - awaited.At >= Patience ? awaited.Head : null;
        }

        _awaited = _through < head ? (head, now) : null;
        return null;
    }

    /// <summary>The rows up to a position that nobody has told of.</summary>
    public IReadOnlyList<PositionRange> Missing(long upTo)
    {
        var missing = new List<PositionRange>();
        var next = _through + 1;
        foreach (var (first, last) in _beyond)
        {
            if (first > upTo)
            {
                break;
            }

            if (first > next)
            {
                missing.Add(new PositionRange(next, first - 1));
            }

            next = Math.Max(next, last + 1);
        }

        if (next <= upTo)
        {
            missing.Add(new PositionRange(next, upTo));
        }

        return missing;
    }

    private void Absorb()
    {
        while (_beyond.Count > 0)
        {
            var (first, last) = _beyond.First();
            if (first > _through + 1)
            {
                return;
            }

            _through = Math.Max(_through, last);
            _beyond.Remove(first);
        }
    }
}
