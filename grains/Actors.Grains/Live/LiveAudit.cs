using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// Compares the seconds of a board with what the read model knows of them, a few at a time. A fact that the read model has
/// may still be under way to the board, so what differs is only suspected at first: it counts when the second has not
/// changed by the next look. Pure: no clock, no I/O.
/// </summary>
internal sealed class LiveAudit(LiveBoard board)
{
    private readonly Dictionary<long, long> _suspected = [];

    /// <summary>From the first to the last second that differed once; null: none did.</summary>
    public (long From, long To)? Suspected => _suspected.Count == 0 ? null : (_suspected.Keys.Min(), _suspected.Keys.Max());

    /// <summary>What the seconds are before the read model is asked: those that change meanwhile are not compared.</summary>
    public AuditLook Begin(long from, long to) =>
        new(from, to, Range(from, to).ToDictionary(at => at, at => board.Find(at)?.Changes ?? 0), board.Own);

    /// <summary>Compares, and lets the board ask again for what is wrong.</summary>
    /// <param name="look">What <see cref="Begin"/> saw.</param>
    /// <param name="seed">Numbers of at least these seconds, asked for after that.</param>
    public AuditResult End(AuditLook look, LiveSums seed)
    {
        if (board.Lay(seed, look.Own) is not { } fresh)
        {
            return new AuditResult(0, []);
        }

        var compared = 0;
        var differences = new List<AuditDifference>();
        foreach (var (at, changes) in look.Changes)
        {
            var second = board.Find(at);
            if ((second?.Changes ?? 0) != changes || !IsComparable(second, seed.Watermark))
            {
                continue;
            }

            compared++;
            if (Compare(at, second, fresh.GetValueOrDefault(at)) is not { } difference)
            {
                _suspected.Remove(at);
            }
            else if (_suspected.Remove(at, out var before) && before == changes)
            {
                differences.Add(difference);
                board.Doubt(at, seed.Watermark);
            }
            else
            {
                _suspected[at] = changes;
            }
        }

        Forget(look);
        return new AuditResult(compared, differences);
    }

    // A second that is suspected and was not compared this time has changed, or has grown too old to be looked at again.
    private void Forget(AuditLook look)
    {
        foreach (var (at, changes) in _suspected.ToList())
        {
            if (at < look.From - (long)LiveWindowOptions.Kept.TotalSeconds || (board.Find(at)?.Changes ?? 0) != changes)
            {
                _suspected.Remove(at);
            }
        }
    }

    private static bool IsComparable(BoardBucket? second, long watermark) =>
        second is null || (second.DoubtedAt is null && watermark >= Math.Max(second.Base, second.Highest));

    private static AuditDifference? Compare(long at, BoardBucket? live, BoardBucket? known)
    {
        var keys = (live?.Keys ?? []).Union(known?.Keys ?? []).ToList();

        // What a silo joined under «other» because a second had too many values may be told apart here: then only sums agree.
        var joined = keys.Where(k => k.Value == LiveSeriesKey.Other).Select(k => k.Dimension).ToHashSet();
        foreach (var key in keys.Where(k => !joined.Contains(k.Dimension)))
        {
            if (Of(live, key).FindDifference(Of(known, key)) is { } what)
            {
                return new AuditDifference(at, key, what);
            }
        }

        return null;
    }

    private static SeriesTally Of(BoardBucket? second, LiveSeriesKey key) =>
        second is not null && second.TryGet(key, out var series) ? series : SeriesTally.Empty;

    private static IEnumerable<long> Range(long from, long to)
    {
        for (var at = from; at < to; at++)
        {
            yield return at;
        }
    }
}

/// <summary>Some seconds as they were before the read model was asked about them.</summary>
/// <param name="From">The first second.</param>
/// <param name="To">After the last one.</param>
/// <param name="Changes">How often each had changed.</param>
/// <param name="Own">The series that had places.</param>
internal sealed record AuditLook(long From, long To, IReadOnlyDictionary<long, long> Changes, IReadOnlyList<LiveSeriesKey> Own);

/// <summary>What an audit found.</summary>
/// <param name="Compared">Seconds that could be compared.</param>
/// <param name="Differences">Those that differed twice without a change in between; empty when all is right.</param>
internal sealed record AuditResult(int Compared, IReadOnlyList<AuditDifference> Differences);

/// <summary>A second that differs.</summary>
/// <param name="Second">The Unix second.</param>
/// <param name="Key">The first series that differs.</param>
/// <param name="What">The first number that differs, on the board and in the read model.</param>
internal sealed record AuditDifference(long Second, LiveSeriesKey Key, string What);
