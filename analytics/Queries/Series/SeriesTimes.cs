using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>
/// The times of a question, cut into pieces that do not overlap, so that a row is counted once however many of the ranges it
/// lies in. A bucket of an answer is a second, or a piece.
/// </summary>
internal sealed class SeriesTimes
{
    private const long FirstSecond = -62_135_596_800;
    private const long EndSecond = 253_402_300_800;

    private readonly IReadOnlyList<LiveRange> _ranges;
    private readonly bool _bySecond;
    private readonly List<LiveRange> _pieces = [];
    private readonly List<LiveRange> _joined = [];

    public SeriesTimes(IEnumerable<LiveRange> ranges, bool bySecond = false)
    {
        _ranges = [.. ranges.Select(r => new LiveRange(Math.Clamp(r.From, FirstSecond, EndSecond), Math.Clamp(r.To, FirstSecond, EndSecond)))];
        _bySecond = bySecond;
        List<long> ends = [.. _ranges.Where(r => r.From < r.To).SelectMany(r => new[] { r.From, r.To }).Distinct().Order()];
        foreach (var piece in ends.Zip(ends.Skip(1), (from, to) => new LiveRange(from, to)).Where(p => _ranges.Any(r => Covers(r, p))))
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

    /// <summary>The places of the buckets of the answer that a bucket of the rows belongs to: seconds, or ranges of the question.</summary>
    public IEnumerable<long> Of(long bucket) =>
        _bySecond ? [bucket] : Enumerable.Range(0, _ranges.Count).Where(i => Covers(_ranges[i], _pieces[(int)bucket])).Select(i => (long)i);

    /// <summary>Writes that a time lies in one of the ranges.</summary>
    public void WriteCondition(Sql sql, Sql.Fragment time)
    {
        // The scan leaves out what is outside of the whole; it would open everything for the single ranges alone.
        Write(sql, time, new LiveRange(_joined[0].From, _joined[^1].To));
        if (_joined.Count == 1)
        {
            return;
        }

        sql.Append($"AND (false");
        foreach (var range in _joined)
        {
            sql.Append($"OR");
            Write(sql, time, range);
        }

        sql.Append($")");
    }

    /// <summary>Writes the number of the bucket that a time lies in.</summary>
    public void WriteBucket(Sql sql, Sql.Fragment time)
    {
        if (_bySecond)
        {
            // Division goes towards 0, so it begins where no time is before.
            sql.Append($"(epoch_us({time}) - {FirstSecond * 1_000_000}) // 1000000 + {FirstSecond} AS bucket");
            return;
        }

        sql.Append($"CASE WHEN false THEN 0");
        for (var i = 0; i < _pieces.Count - 1; i++)
        {
            sql.Append($"WHEN {time} < {DateTimeOffset.FromUnixTimeSeconds(_pieces[i].To)} THEN {i}");
        }

        sql.Append($"ELSE {_pieces.Count - 1} END::BIGINT AS bucket");
    }

    private static bool Covers(LiveRange range, LiveRange piece) => range.From <= piece.From && piece.To <= range.To;

    private static void Write(Sql sql, Sql.Fragment time, LiveRange range)
    {
        sql.Append($"{time} >= {DateTimeOffset.FromUnixTimeSeconds(range.From)}");
        if (range.To < EndSecond)
        {
            sql.Append($"AND {time} < {DateTimeOffset.FromUnixTimeSeconds(range.To)}");
        }
    }
}
