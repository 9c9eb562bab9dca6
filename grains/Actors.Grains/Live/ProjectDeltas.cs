using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// What one silo has gathered for one project since the last partial. Bounded: seconds far from now are not part of the
/// live edge, the feed keeps the newest, and values beyond the cap of a dimension are joined. Not safe for concurrent use.
/// </summary>
internal sealed class ProjectDeltas
{
    /// <summary>How many traces the feed shows.</summary>
    public const int MaxFeed = 50;

    /// <summary>How many deleted traces one partial names; a request deletes no more.</summary>
    public const int MaxDeleted = 1_000;

    /// <summary>How many series one second may have in one partial.</summary>
    public const int MaxSeriesPerSecond = 400;

    private const int MaxValueLength = 200;

    private readonly Dictionary<long, Second> _seconds = [];
    private readonly Dictionary<string, FeedTrace> _feed = [];
    private readonly Dictionary<string, FeedTrace> _deleted = [];
    private long _newTraces;
    private long _highestPosition;
    private PositionRange? _erasures;
    private DateTimeOffset? _oldestReceivedAt;

    public bool IsEmpty => _oldestReceivedAt is null;

    public void Add(StreamFacts facts, DateTimeOffset now)
    {
        _highestPosition = Math.Max(_highestPosition, facts.Position);
        if (_oldestReceivedAt is null || facts.ReceivedAt < _oldestReceivedAt)
        {
            _oldestReceivedAt = facts.ReceivedAt;
        }

        if (facts.IsErasure)
        {
            NoteErasure(facts.Position, now);
        }

        AddTrace(facts, now);
        foreach (var (old, @new) in facts.Observations)
        {
            Add(old, facts.OldTraceName, -1, facts.Position, now);
            Add(@new, facts.NewTraceName, 1, facts.Position, now);
        }

        foreach (var (old, @new) in facts.Scores)
        {
            Add(old, -1, facts.Position, now);
            Add(@new, 1, facts.Position, now);
        }

        AddToFeed(facts.Feed);
    }

    /// <summary>Notes that the numbers of a second may be wrong and must be asked for again.</summary>
    public void Doubt(long second, DateTimeOffset now)
    {
        _oldestReceivedAt ??= now;
        At(second, now)?.Doubt();
    }

    /// <summary>Notes that a stream was deleted at a position, and with it rows before that.</summary>
    public void NoteErasure(long position, DateTimeOffset now)
    {
        _oldestReceivedAt ??= now;
        _erasures = _erasures?.With(position) ?? new(position, position);
    }

    public SiloPartial Take(Guid silo, long sequence, DateTimeOffset now)
    {
        var result = new SiloPartial
        {
            Silo = silo,
            Sequence = sequence,
            OldestReceivedAt = _oldestReceivedAt ?? now,
            Buckets = [.. _seconds.Select(s => s.Value.ToPartial(s.Key))],
            Feed = [.. _feed.Values.OrderByDescending(t => t.UpdatedAt).Take(MaxFeed), .. _deleted.Values],
            NewTraces = _newTraces,
            HighestPosition = _highestPosition,
            Erasures = _erasures,
        };
        _seconds.Clear();
        _feed.Clear();
        _deleted.Clear();
        _newTraces = 0;
        _erasures = null;
        _oldestReceivedAt = null;
        return result;
    }

    private void AddTrace(StreamFacts facts, DateTimeOffset now)
    {
        if (facts.OldTrace == facts.NewTrace)
        {
            return;
        }

        if (facts.OldTrace is { } old)
        {
            At(old.Second, now)?.AddTrace(old, -1, facts.Position);
        }
        else
        {
            _newTraces++;
        }

        if (facts.NewTrace is { } trace)
        {
            At(trace.Second, now)?.AddTrace(trace, 1, facts.Position);
        }
    }

    private void Add(in Contribution? contribution, string? traceName, int sign, long position, DateTimeOffset now)
    {
        if (contribution is { } c)
        {
            At(c.Second, now)?.Add(c, traceName, sign, position);
        }
    }

    private void Add(in ScoreContribution? contribution, int sign, long position, DateTimeOffset now)
    {
        if (contribution is { } c)
        {
            At(c.Second, now)?.AddScore(c, sign, position);
        }
    }

    private void AddToFeed(FeedTrace? trace)
    {
        if (trace is null)
        {
            return;
        }

        var known = _feed.GetValueOrDefault(trace.TraceId) ?? _deleted.GetValueOrDefault(trace.TraceId);
        if (known?.Version >= trace.Version)
        {
            return;
        }

        if (trace.IsDeleted)
        {
            _feed.Remove(trace.TraceId);
            if (_deleted.Count < MaxDeleted)
            {
                _deleted[trace.TraceId] = trace;
            }

            return;
        }

        _deleted.Remove(trace.TraceId);
        _feed[trace.TraceId] = trace with { Preview = trace.Preview ?? known?.Preview };
        if (_feed.Count > MaxFeed * 2)
        {
            foreach (var old in _feed.Values.OrderByDescending(t => t.UpdatedAt).Skip(MaxFeed).ToList())
            {
                _feed.Remove(old.TraceId);
            }
        }
    }

    private Second? At(long second, DateTimeOffset now)
    {
        if (!LiveWindowOptions.IsLive(second, now))
        {
            return null;
        }

        if (!_seconds.TryGetValue(second, out var found))
        {
            found = new Second();
            _seconds.Add(second, found);
        }

        return found;
    }

    private sealed class Second
    {
        private readonly Dictionary<LiveSeriesKey, SeriesDelta> _series = [];
        private long _lowest = long.MaxValue;
        private long _highest;

        public void Doubt() => _highest = long.MaxValue;

        public void Add(in Contribution c, string? traceName, int sign, long position)
        {
            Note(position);
            Series(LiveSeriesKey.Total).Add(c, sign);
            Series(Key(LiveDimension.Environment, c.Environment)).Add(c, sign);
            if (c.Model is not null)
            {
                Series(Key(LiveDimension.Model, c.Model)).Add(c, sign);
            }

            if (traceName is not null)
            {
                Series(Key(LiveDimension.TraceName, traceName)).Add(c, sign);
            }
        }

        public void AddTrace(in TraceContribution trace, int sign, long position)
        {
            Note(position);
            Series(LiveSeriesKey.Total).AddTrace(sign);
            Series(Key(LiveDimension.Environment, trace.Environment)).AddTrace(sign);
            if (trace.Name is not null)
            {
                Series(Key(LiveDimension.TraceName, trace.Name)).AddTrace(sign);
            }
        }

        public void AddScore(in ScoreContribution score, int sign, long position)
        {
            Note(position);
            Series(LiveSeriesKey.Total).AddScore(score, sign);
            Series(Key(LiveDimension.Environment, score.Environment)).AddScore(score, sign);
        }

        public PartialBucket ToPartial(long second) =>
            new(second, Math.Min(_lowest, _highest), _highest, [.. _series.Select(s => s.Value.ToPartial(s.Key))]);

        private void Note(long position)
        {
            _lowest = Math.Min(_lowest, position);
            _highest = Math.Max(_highest, position);
        }

        private SeriesDelta Series(LiveSeriesKey key)
        {
            if (!_series.TryGetValue(key, out var series))
            {
                if (_series.Count >= MaxSeriesPerSecond && key.Value != LiveSeriesKey.Other && key != LiveSeriesKey.Total)
                {
                    return Series(new LiveSeriesKey(key.Dimension, LiveSeriesKey.Other));
                }

                series = new SeriesDelta();
                _series.Add(key, series);
            }

            return series;
        }

        private static LiveSeriesKey Key(LiveDimension dimension, string value) =>
            new(dimension, value.Length <= MaxValueLength ? value : value[..MaxValueLength]);
    }
}
