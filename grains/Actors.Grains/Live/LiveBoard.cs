using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// The one-second buckets of one project. The value of a second is what the read model knew at the second's base position
/// plus the differences of facts after that position. A difference that may overlap the base is not added: it makes the
/// second doubtful, and a doubtful second is asked for again once the read model has passed the difference's position. So does
/// a deletion after the base that the log may have known when it was asked: the base may lack rows that were erased, from
/// which differences still take away. Pure: no clock, no I/O.
/// </summary>
internal sealed class LiveBoard
{
    private readonly Dictionary<long, BoardSecond> _seconds = [];
    private readonly SeriesNames _names = new();
    private long _defaultBase;
    private long _defaultKnown;
    private long? _defaultDoubt;
    private long _lastErasure;

    /// <summary>Whether values were joined under «other» although there is room for them now.</summary>
    public bool CanRankAgain(DateTimeOffset now) => _names.Overflowed && !SeriesNames.IsFull(SeriesIn(_seconds.Keys.Where(s => LiveWindowOptions.IsLive(s, now))));

    /// <summary>Whether the last seed was older than the log, so that everything must be asked for again.</summary>
    public bool IsIncomplete => _defaultDoubt is not null;

    /// <summary>Replaces everything by what the read model knows.</summary>
    /// <param name="seed">Numbers of all seconds that are kept.</param>
    /// <param name="head">The head of the log when the seed was asked for: facts up to it are in the seed, or lost.</param>
    /// <param name="known">The head of the log when the seed had been answered: what was deleted later is in the seed.</param>
    public void Reset(LiveSeed seed, long head, long known)
    {
        _seconds.Clear();
        _names.Rank(seed);
        // Facts between an older seed and the head may have been taken by an actor that is gone, even those of seconds of
        // which the seed knows nothing: then no second can be trusted before a seed has passed the head.
        _defaultBase = Math.Max(seed.Watermark, head);
        _defaultKnown = known;
        _defaultDoubt = seed.Watermark < head ? head : null;
        Fill(seed);
    }

    /// <summary>Adds a silo's differences.</summary>
    /// <returns>The seconds that changed.</returns>
    public HashSet<long> Apply(SiloPartial delta, long head)
    {
        var changed = new HashSet<long>();
        if (delta.Erasures is { } erasures)
        {
            DoubtErased(erasures);
        }

        foreach (var bucket in delta.Buckets)
        {
            var second = At(bucket.Second);
            if (bucket.HighestPosition <= second.Base)
            {
                continue;
            }

            if (bucket.HighestPosition == long.MaxValue)
            {
                // Its differences are not added, so the read model must have passed them too.
                second.Doubt(Math.Max(Math.Max(head, delta.HighestPosition), second.Highest));
            }
            else if (bucket.LowestPosition <= second.Base || second.DoubtedAt is not null)
            {
                second.Doubt(bucket.HighestPosition);
            }
            else
            {
                second.Add(bucket, _names);
                changed.Add(bucket.Second);
            }
        }

        return changed;
    }

    /// <summary>The range of seconds that are doubtful; null: none is.</summary>
    public (long From, long To)? Doubted()
    {
        (long From, long To)? range = null;
        foreach (var (at, second) in _seconds)
        {
            if (second.DoubtedAt is not null)
            {
                range = range is { } r ? (Math.Min(r.From, at), Math.Max(r.To, at)) : (at, at);
            }
        }

        return range;
    }

    /// <summary>Takes fresh numbers for a range of seconds; those that the seed is too old for stay doubtful.</summary>
    /// <param name="seed">Numbers of the range.</param>
    /// <param name="from">The first second.</param>
    /// <param name="to">The last second.</param>
    /// <param name="known">The head of the log when the seed had been answered.</param>
    /// <returns>The seconds that were replaced.</returns>
    public HashSet<long> Replace(LiveSeed seed, long from, long to, long known)
    {
        var replaced = new HashSet<long>();
        if (seed.Watermark < _lastErasure)
        {
            return replaced;
        }

        foreach (var (at, second) in _seconds)
        {
            if (at >= from && at <= to && seed.Watermark >= Math.Max(second.DoubtedAt ?? second.Base, Math.Max(second.Base, second.Highest)))
            {
                second.Reset(seed.Watermark, known);
                replaced.Add(at);
            }
        }

        Fill(seed, replaced.Contains);
        return replaced;
    }

    /// <summary>The second as it stands; null when nothing is known of it.</summary>
    public BoardSecond? Find(long at) => _seconds.GetValueOrDefault(at);

    /// <summary>What the seconds of a seed would be on this board, without changing it.</summary>
    public IReadOnlyDictionary<long, BoardSecond> Lay(LiveSeed seed)
    {
        var seconds = new Dictionary<long, BoardSecond>();
        Fill(seed, at => seconds.TryGetValue(at, out var second) ? second : seconds[at] = new BoardSecond());
        return seconds;
    }

    /// <summary>Makes a second be asked for again from a read model that has passed a position.</summary>
    public void Doubt(long at, long position) => At(at).Doubt(position);

    /// <summary>Forgets the seconds that are older than what is kept.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var at in _seconds.Keys.Where(s => !LiveWindowOptions.IsLive(s, now)).ToList())
        {
            _seconds.Remove(at);
        }
    }

    /// <summary>All series that have numbers in these seconds.</summary>
    public HashSet<LiveSeriesKey> SeriesIn(IEnumerable<long> seconds)
    {
        var keys = new HashSet<LiveSeriesKey>();
        foreach (var at in seconds)
        {
            if (_seconds.TryGetValue(at, out var second))
            {
                keys.UnionWith(second.Keys);
            }
        }

        return keys;
    }

    /// <summary>The points of the given seconds, per series.</summary>
    public IReadOnlyList<LiveSeries> Points(IEnumerable<long> seconds)
    {
        var points = new Dictionary<LiveSeriesKey, List<LivePoint>>();
        foreach (var at in seconds.Order())
        {
            if (!_seconds.TryGetValue(at, out var second))
            {
                continue;
            }

            foreach (var key in second.Keys)
            {
                if (!points.TryGetValue(key, out var list))
                {
                    points[key] = list = [];
                }

                list.Add(new LivePoint { Second = at, Stats = WindowSum.Of(second.Series(key)) });
            }
        }

        return [.. points.Select(p => new LiveSeries(p.Key, p.Value))];
    }

    /// <summary>The seconds from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive) of one series as one.</summary>
    public LiveStats Sum(LiveSeriesKey key, long from, long to)
    {
        var sum = new WindowSum();
        for (var at = from; at < to; at++)
        {
            if (_seconds.TryGetValue(at, out var second) && second.TryGet(key, out var series))
            {
                sum.Add(series);
            }
        }

        return sum.ToStats();
    }

    private void DoubtErased(PositionRange erasures)
    {
        _lastErasure = Math.Max(_lastErasure, erasures.Last);
        if (MayLack(_defaultBase, _defaultKnown))
        {
            _defaultDoubt = Math.Max(_defaultDoubt ?? 0, erasures.Last);
        }

        foreach (var second in _seconds.Values)
        {
            if (MayLack(second.Base, second.Known))
            {
                second.Doubt(erasures.Last);
            }
        }

        bool MayLack(long @base, long known) => @base < erasures.Last && erasures.First <= known;
    }

    private BoardSecond At(long at)
    {
        if (!_seconds.TryGetValue(at, out var second))
        {
            second = new BoardSecond(_defaultBase, _defaultKnown, _defaultDoubt);
            _seconds.Add(at, second);
        }

        return second;
    }

    private void Fill(LiveSeed seed, Func<long, bool>? wanted = null) =>
        Fill(seed, at => wanted is null || wanted(at) ? At(at) : null);

    private void Fill(LiveSeed seed, Func<long, BoardSecond?> at)
    {
        foreach (var o in seed.Observations)
        {
            at(o.Second)?.Add(o, _names);
        }

        foreach (var t in seed.Traces)
        {
            at(t.Second)?.Add(t, _names);
        }

        foreach (var s in seed.Scores)
        {
            at(s.Second)?.Add(s, _names);
        }
    }
}
