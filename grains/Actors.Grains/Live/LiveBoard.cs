using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// The buckets of one actor of live numbers: seconds, and the longer times of its windows. The value of a bucket is what the
/// read model knew at the bucket's base position plus the differences of facts after that position. A difference that may
/// overlap the base is not added: it makes the bucket doubtful, and a doubtful bucket is asked for again once the read model
/// has passed the difference's position. So does a deletion after the base that the log may have known when it was asked: the
/// base may lack rows that were erased, from which differences still take away. Pure: no clock, no I/O.
/// </summary>
internal sealed class LiveBoard
{
    private readonly Dictionary<long, BoardBucket> _seconds = [];
    private readonly SeriesNames _names = new();
    private readonly SecondBlocks _blocks;
    private long _defaultBase;
    private long _defaultKnown;
    private long? _defaultDoubt;
    private long _lastErasure;

    public LiveBoard()
    {
        _blocks = new SecondBlocks(_seconds);
        Spans = new LiveSpans(_names);
    }

    /// <summary>The longer times.</summary>
    public LiveSpans Spans { get; }

    /// <summary>The series that have a place of their own.</summary>
    public IReadOnlyList<LiveSeriesKey> Own => _names.Own;

    /// <summary>Whether the last seed was older than the log, so that everything must be asked for again.</summary>
    public bool IsIncomplete => _defaultDoubt is not null;

    /// <summary>Whether values were joined under «other» although there is room for them now.</summary>
    public bool CanRankAgain(DateTimeOffset now) => _names.Overflowed && !SeriesNames.IsFull(
        SeriesIn(_seconds.Keys.Where(s => LiveWindowOptions.IsLive(s, now))).Union(Spans.Buckets.SelectMany(b => b.Keys)));

    /// <summary>Replaces everything by what the read model knows.</summary>
    /// <param name="seed">Numbers of all seconds that are kept, asked for without any place given.</param>
    /// <param name="head">The head of the log when the seed was asked for: facts up to it are in the seed, or lost.</param>
    /// <param name="known">The head of the log when the seed had been answered: what was deleted later is in the seed.</param>
    public void Reset(LiveSums seed, long head, long known)
    {
        _seconds.Clear();
        _blocks.Clear();
        _names.Clear();
        Spans.Clear();
        // Facts between an older seed and the head may have been taken by an actor that is gone, even those of seconds of
        // which the seed knows nothing: then no second can be trusted before a seed has passed the head.
        _defaultBase = Math.Max(seed.Watermark, head);
        _defaultKnown = known;
        _defaultDoubt = seed.Watermark < head ? head : null;
        foreach (var bucket in seed.Buckets)
        {
            At(bucket.At).Fill(bucket, _names);
        }
    }

    /// <summary>Adds a silo's differences.</summary>
    /// <param name="delta">The differences.</param>
    /// <param name="head">The head of the log.</param>
    /// <param name="now">Which seconds are kept.</param>
    /// <returns>The seconds that changed.</returns>
    public HashSet<long> Apply(SiloPartial delta, long head, DateTimeOffset now)
    {
        var changed = new HashSet<long>();
        var unknown = Math.Max(head, delta.HighestPosition);
        if (delta.Erasures is { } erasures)
        {
            DoubtErased(erasures);
        }

        if (delta.ScatteredUpTo is { } scattered)
        {
            Spans.Doubt(scattered);
        }

        foreach (var bucket in delta.Buckets)
        {
            Spans.Apply(bucket, unknown);
            if (bucket.IsCoarse)
            {
                DoubtCoarse(bucket, unknown, now);
            }
            else if (LiveWindowOptions.IsLive(bucket.Second, now) && At(bucket.Second).Apply(bucket, _names, unknown))
            {
                _blocks.Forget(bucket.Second);
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
    /// <param name="own">The series that had places when it was asked for.</param>
    /// <param name="from">The first second.</param>
    /// <param name="to">The last second.</param>
    /// <param name="known">The head of the log when the seed had been answered.</param>
    /// <returns>The seconds that were replaced.</returns>
    public HashSet<long> Replace(LiveSums seed, IReadOnlyList<LiveSeriesKey> own, long from, long to, long known)
    {
        var replaced = new HashSet<long>();
        if (seed.Watermark < _lastErasure || !_names.CanAdopt(own, seed.Buckets))
        {
            return replaced;
        }

        foreach (var (at, second) in _seconds)
        {
            if (at >= from && at <= to && seed.Watermark >= Math.Max(second.DoubtedAt ?? second.Base, Math.Max(second.Base, second.Highest)))
            {
                second.Reset(seed.Watermark, known);
                _blocks.Forget(at);
                replaced.Add(at);
            }
        }

        foreach (var bucket in seed.Buckets.Where(b => replaced.Contains(b.At)))
        {
            At(bucket.At).Fill(bucket, _names);
        }

        return replaced;
    }

    /// <summary>The second as it stands; null when nothing is known of it.</summary>
    public BoardBucket? Find(long at) => _seconds.GetValueOrDefault(at);

    /// <summary>What the seconds of a seed would be on this board, without changing it; null: they cannot be compared.</summary>
    public IReadOnlyDictionary<long, BoardBucket>? Lay(LiveSums seed, IReadOnlyList<LiveSeriesKey> own)
    {
        if (!_names.CanAdopt(own, seed.Buckets))
        {
            return null;
        }

        var seconds = new Dictionary<long, BoardBucket>();
        foreach (var bucket in seed.Buckets)
        {
            var second = new BoardBucket();
            second.Fill(bucket, _names);
            seconds.Add(bucket.At, second);
        }

        return seconds;
    }

    /// <summary>Makes a second, and all longer times, be asked for again from a read model that has passed a position.</summary>
    public void Doubt(long at, long position)
    {
        At(at).Doubt(position);
        Spans.Doubt(position);
    }

    /// <summary>Makes everything be asked for again from a read model that has passed a position.</summary>
    public void DoubtAll(long position)
    {
        if (position > _defaultBase || _defaultDoubt is not null)
        {
            _defaultDoubt = Math.Max(_defaultDoubt ?? 0, position);
        }
    }

    /// <summary>Forgets the seconds that are older than what is kept.</summary>
    public void Forget(DateTimeOffset now)
    {
        foreach (var at in _seconds.Keys.Where(s => !LiveWindowOptions.IsLive(s, now)).ToList())
        {
            _seconds.Remove(at);
        }

        _blocks.ForgetBefore((now - LiveWindowOptions.Kept).ToUnixTimeSeconds());
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
        var sum = new WindowSum();
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

                sum.Clear();
                sum.Add(second.Find(key));
                list.Add(new LivePoint { Second = at, Stats = sum.ToStats() });
            }
        }

        return [.. points.Select(p => new LiveSeries(p.Key, p.Value))];
    }

    /// <summary>The seconds from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive) of one series as one.</summary>
    public LiveStats Sum(LiveSeriesKey key, long from, long to)
    {
        var sum = new WindowSum();
        AddTo(sum, key, from, to);
        return sum.ToStats();
    }

    /// <summary>Adds the seconds from <paramref name="from"/> (inclusive) to <paramref name="to"/> (exclusive) of one series.</summary>
    public void AddTo(WindowSum sum, LiveSeriesKey key, long from, long to) => _blocks.AddTo(sum, key, from, to);

    /// <summary>Whether a second of these waits for the read model.</summary>
    public bool IsWaiting(long from, long to) => IsIncomplete || _seconds.Any(s => s.Value.DoubtedAt is not null && s.Key >= from && s.Key < to);

    private void DoubtErased(PositionRange erasures)
    {
        _lastErasure = Math.Max(_lastErasure, erasures.Last);
        if (_defaultBase < erasures.Last && erasures.First <= _defaultKnown)
        {
            _defaultDoubt = Math.Max(_defaultDoubt ?? 0, erasures.Last);
        }

        foreach (var second in _seconds.Values)
        {
            second.DoubtErased(erasures);
        }

        Spans.DoubtErased(erasures);
    }

    // Clocks differ by more than they may: the seconds behind a coarse bucket are kept here.
    private void DoubtCoarse(PartialBucket bucket, long unknown, DateTimeOffset now)
    {
        for (var at = bucket.Second; at < bucket.Second + PartialBucket.CoarseSeconds; at++)
        {
            if (LiveWindowOptions.IsLive(at, now) && bucket.HighestPosition > At(at).Base)
            {
                At(at).Doubt(bucket.HighestPosition == long.MaxValue ? unknown : bucket.HighestPosition);
            }
        }
    }

    private BoardBucket At(long at)
    {
        if (!_seconds.TryGetValue(at, out var second))
        {
            second = new BoardBucket(_defaultBase, _defaultKnown, _defaultDoubt);
            _seconds.Add(at, second);
        }

        return second;
    }
}
