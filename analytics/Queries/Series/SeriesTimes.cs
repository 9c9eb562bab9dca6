using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>The ranges of a question, cut into pieces that do not overlap, so that a row is read once however many it lies in.</summary>
internal sealed class SeriesTimes
{
    private const long FirstSecond = -62_135_596_800;
    private const long EndSecond = 253_402_300_800;

    private readonly List<LiveRange> _ranges;
    private readonly List<LiveRange> _pieces = [];
    private readonly List<LiveRange> _joined = [];

    public SeriesTimes(IEnumerable<LiveRange> ranges)
    {
        _ranges = [.. ranges.Select(r => new LiveRange(Math.Clamp(r.From, FirstSecond, EndSecond), Math.Clamp(r.To, FirstSecond, EndSecond)))];
        List<long> ends = [.. _ranges.Where(r => r.From < r.To).SelectMany(r => new[] { r.From, r.To }).Distinct().Order()];
        foreach (var piece in ends.Zip(ends.Skip(1), (from, to) => new LiveRange(from, to)).Where(p => RangesWith(p).Any()))
        {
            _pieces.Add(piece);
            if (_joined is [.., var last] && last.To == piece.From)
            {
                _joined[^1] = last with { To = piece.To };
            }
            else
            {
                _joined.Add(piece);
            }
        }
    }

    /// <summary>Whether there is no time in it.</summary>
    public bool IsEmpty => _pieces.Count == 0;

    /// <summary>The pieces, by rising time.</summary>
    public IReadOnlyList<LiveRange> Pieces => _pieces;

    /// <summary>The places of the ranges that a piece is a part of.</summary>
    public IEnumerable<int> RangesWith(LiveRange piece) =>
        Enumerable.Range(0, _ranges.Count).Where(i => _ranges[i].From <= piece.From && piece.To <= _ranges[i].To);

    /// <summary>The pieces cut further, into slices of about as many rows as memory is meant for.</summary>
    public IEnumerable<LiveRange> Slices(long rows, long rowsPerSlice)
    {
        var seconds = _pieces.Sum(piece => piece.To - piece.From);
        var step = Math.Max(1, seconds / ((rows / rowsPerSlice) + 1));
        foreach (var piece in _joined)
        {
            for (var from = piece.From; from < piece.To; from += step)
            {
                yield return new LiveRange(from, Math.Min(from + step, piece.To));
            }
        }
    }

    /// <summary>Writes that a time lies in one of the ranges.</summary>
    public void WriteCondition(Sql sql, Sql.Fragment time)
    {
        // The scan leaves out what is outside of the whole; it would open everything for the single ranges alone.
        WriteCondition(sql, time, new LiveRange(_joined[0].From, _joined[^1].To));
        if (_joined.Count == 1)
        {
            return;
        }

        sql.Append($"AND (false");
        foreach (var range in _joined)
        {
            sql.Append($"OR");
            WriteCondition(sql, time, range);
        }

        sql.Append($")");
    }

    /// <summary>Writes that a time lies in a range.</summary>
    public static void WriteCondition(Sql sql, Sql.Fragment time, LiveRange range)
    {
        sql.Append($"{time} >= {DateTimeOffset.FromUnixTimeSeconds(range.From)}");
        if (range.To < EndSecond)
        {
            sql.Append($"AND {time} < {DateTimeOffset.FromUnixTimeSeconds(range.To)}");
        }
    }
}
