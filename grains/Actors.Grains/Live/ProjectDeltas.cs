using Actors.Live;

namespace Actors.Grains.Live;

/// <summary>
/// What one silo has gathered for one actor of live numbers since the last partial. Bounded: times long past are told in
/// coarse buckets and only so many of them, the feed keeps the newest, and values beyond the cap of a second are joined. Not
/// safe for concurrent use.
/// </summary>
internal sealed class ProjectDeltas(LiveFilter filter)
{
    /// <summary>How many traces the feed shows.</summary>
    public const int MaxFeed = 50;

    /// <summary>How many deleted traces one partial names; a request deletes no more.</summary>
    public const int MaxDeleted = 1_000;

    /// <summary>How many scores one partial tells of.</summary>
    public const int MaxScores = 100;

    /// <summary>How many times long past one partial tells apart.</summary>
    public const int MaxCoarse = 500;

    /// <summary>How many traces one partial names that run or have ended.</summary>
    public const int MaxRunning = 5_000;

    private readonly FilteredFacts _filter = new(filter);
    private readonly Dictionary<long, DeltaBucket> _seconds = [];
    private readonly Dictionary<long, DeltaBucket> _coarse = [];
    private readonly Dictionary<string, FeedTrace> _feed = [];
    private readonly Dictionary<string, FeedTrace> _deleted = [];
    private readonly Dictionary<string, FeedScore> _scores = [];
    private readonly Dictionary<string, RunningTrace> _running = [];
    private readonly List<PositionRange> _rows = [];
    private long _newTraces;
    private long _highestPosition;
    private PositionRange? _erasures;
    private long? _missedUpTo;
    private long? _scatteredUpTo;
    private DateTimeOffset? _oldestReceivedAt;

    public bool IsEmpty => _oldestReceivedAt is null;

    public void Add(StreamFacts facts, DateTimeOffset now)
    {
        if (facts.IsErasure)
        {
            NoteErasure(facts.Position, now);
        }

        if (!_filter.MayCount(facts))
        {
            return;
        }

        AddTrace(facts, now);
        foreach (var (old, @new) in facts.Observations)
        {
            Add(old, facts.OldDims, -1, facts, now);
            Add(@new, facts.NewDims, 1, facts, now);
        }

        foreach (var (old, @new) in facts.Scores)
        {
            Add(old, facts.OldDims, -1, facts, now);
            Add(@new, facts.NewDims, 1, facts, now);
        }

        AddToFeed(facts);
    }

    /// <summary>Notes that a row was told of. Rows come nearly in order, so most join the last range.</summary>
    public void NoteRow(long position, DateTimeOffset receivedAt)
    {
        _oldestReceivedAt ??= receivedAt;
        if (_rows.Count > 0 && _rows[^1].Last == position - 1)
        {
            _rows[^1] = new PositionRange(_rows[^1].First, position);
        }
        else if (_rows.Count < ToldRows.MaxRanges)
        {
            _rows.Add(new PositionRange(position, position));
        }
    }

    /// <summary>Notes that the numbers of a second may be wrong and must be asked for again.</summary>
    public void Doubt(long second, DateTimeOffset now)
    {
        _oldestReceivedAt ??= now;
        At(second, long.MaxValue, now)?.Doubt();
    }

    /// <summary>Notes that a stream was deleted at a position, and with it rows before that.</summary>
    public void NoteErasure(long position, DateTimeOffset now)
    {
        _oldestReceivedAt ??= now;
        _erasures = _erasures?.With(position) ?? new(position, position);
    }

    /// <summary>Notes that nothing was gathered up to a position.</summary>
    public void NoteMissed(long position, DateTimeOffset now)
    {
        _oldestReceivedAt ??= now;
        _missedUpTo = Math.Max(_missedUpTo ?? 0, position);
        _highestPosition = Math.Max(_highestPosition, position);
    }

    public SiloPartial Take(Guid silo, long sequence, long watches, DateTimeOffset now)
    {
        var result = new SiloPartial
        {
            Silo = silo,
            Sequence = sequence,
            OldestReceivedAt = _oldestReceivedAt ?? now,
            Buckets = [.. _seconds.Select(s => s.Value.ToPartial(s.Key, isCoarse: false)), .. _coarse.Select(s => s.Value.ToPartial(s.Key, isCoarse: true))],
            Feed = [.. _feed.Values.OrderByDescending(t => t.UpdatedAt).Take(MaxFeed), .. _deleted.Values],
            NewTraces = _newTraces,
            HighestPosition = _highestPosition,
            Erasures = _erasures,
            MissedUpTo = _missedUpTo,
            ScatteredUpTo = _scatteredUpTo,
            Running = [.. _running.Values],
            Scores = [.. _scores.Values.OrderByDescending(s => s.Timestamp).Take(MaxScores)],
            Watches = watches,
            Rows = [.. _rows],
        };
        _seconds.Clear();
        _coarse.Clear();
        _feed.Clear();
        _deleted.Clear();
        _scores.Clear();
        _running.Clear();
        _rows.Clear();
        _newTraces = 0;
        _erasures = null;
        _missedUpTo = null;
        _scatteredUpTo = null;
        _oldestReceivedAt = null;
        return result;
    }

    private void Note(StreamFacts facts)
    {
        _highestPosition = Math.Max(_highestPosition, facts.Position);
        if (_oldestReceivedAt is null || facts.ReceivedAt < _oldestReceivedAt)
        {
            _oldestReceivedAt = facts.ReceivedAt;
        }
    }

    private void AddTrace(StreamFacts facts, DateTimeOffset now)
    {
        if (facts.OldTrace == facts.NewTrace && facts.OldDims == facts.NewDims)
        {
            return;
        }

        if (facts.OldTrace is { } old && _filter.Counts(old, facts.OldDims))
        {
            Note(facts);
            At(old.Second, facts.Position, now)?.AddTrace(old, facts.OldDims, -1, facts.Position);
        }

        if (facts.NewTrace is { } trace && _filter.Counts(trace, facts.NewDims))
        {
            Note(facts);
            _newTraces += facts.OldTrace is null ? 1 : 0;
            At(trace.Second, facts.Position, now)?.AddTrace(trace, facts.NewDims, 1, facts.Position);
        }
    }

    private void Add(in Contribution? contribution, in TraceDims dims, int sign, StreamFacts facts, DateTimeOffset now)
    {
        if (contribution is { } c && _filter.Counts(c, dims))
        {
            Note(facts);
            At(c.Second, facts.Position, now)?.Add(c, dims, sign, facts.Position);
        }
    }

    private void Add(in ScoreContribution? contribution, in TraceDims dims, int sign, StreamFacts facts, DateTimeOffset now)
    {
        if (contribution is { } c && _filter.Counts(c, dims))
        {
            Note(facts);
            At(c.Second, facts.Position, now)?.AddScore(c, dims, sign, facts.Position);
        }
    }

    private void AddToFeed(StreamFacts facts)
    {
        var isShown = facts.NewTrace is { } trace && _filter.Shows(trace, facts.NewDims, facts.Whole);
        var was = facts.OldTrace is { } old && _filter.Showed(old, facts);
        if (!isShown && !was)
        {
            if (facts.NewTrace is null && _filter.ShowsStream(facts.NewDims))
            {
                AddScores(facts);
            }

            return;
        }

        Note(facts);
        AddScores(facts);
        if (facts.Feed is { } feed)
        {
            AddToFeed(isShown || feed.IsDeleted ? feed : FeedTraces.Gone(feed.TraceId, feed.Version, feed.UpdatedAt));
        }

        if (facts.Running is { } running)
        {
            AddRunning(isShown ? running : running with { HasEnded = true }, facts.Position);
        }
    }

    private void AddScores(StreamFacts facts)
    {
        foreach (var score in facts.FeedScores)
        {
            Note(facts);
            if (_scores.Count < 2 * MaxScores || _scores.ContainsKey(score.ScoreId))
            {
                _scores[score.ScoreId] = score;
            }
        }
    }

    private void AddRunning(RunningTrace running, long position)
    {
        if (_running.Count < MaxRunning || _running.ContainsKey(running.TraceId))
        {
            _running[running.TraceId] = running;
        }
        else
        {
            // More than can be named: the actor asks for all of them again.
            _missedUpTo = Math.Max(_missedUpTo ?? 0, position);
        }
    }

    private void AddToFeed(FeedTrace trace)
    {
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

    private DeltaBucket? At(long second, long position, DateTimeOffset now)
    {
        var (buckets, at) = LiveWindowOptions.IsTold(second, now) ? (_seconds, second) : (_coarse, LiveWindowOptions.Coarse(second));
        if (buckets.TryGetValue(at, out var found))
        {
            return found;
        }

        if (buckets == _coarse && _coarse.Count >= MaxCoarse)
        {
            _scatteredUpTo = Math.Max(_scatteredUpTo ?? 0, position);
            return null;
        }

        buckets.Add(at, found = new DeltaBucket());
        return found;
    }
}
