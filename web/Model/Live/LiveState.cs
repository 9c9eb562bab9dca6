using System.Collections.Immutable;
using Actors.Live;

namespace Actors.Web.Model.Live;

/// <summary>A bucket and the version of the state in which it last changed, so that each viewer can ask for what is new to it.</summary>
/// <param name="Second">Start in Unix seconds.</param>
/// <param name="Stats">Its numbers.</param>
/// <param name="Changed">The version that brought them.</param>
public readonly record struct StampedPoint(long Second, LiveStats Stats, long Changed);

/// <summary>
/// What this node knows of the live numbers of one scope: an immutable value that ticks turn into the next one. Holds at most
/// five minutes of the total, of each model and of each name of traces, the windows of all series, and the latest traces and scores.
/// </summary>
public sealed record LiveState
{
    /// <summary>How far back buckets are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>Traces in <see cref="Feed"/> at most.</summary>
    public const int FeedLength = 50;

    private const int MaxScores = 100;

    private static readonly ImmutableDictionary<(LiveSeriesKey Key, LiveWindows Window), LiveWindow> NoWindows =
        ImmutableDictionary<(LiveSeriesKey Key, LiveWindows Window), LiveWindow>.Empty;

    /// <summary>The version of the last tick or snapshot.</summary>
    public required long Version { get; init; }

    /// <summary>When that was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>From the receipt of the oldest new event to the tick that told of it; null before the first tick.</summary>
    public TimeSpan? Lag { get; init; }

    /// <summary>Buckets by series, rising; of the total, the models and the names of traces.</summary>
    public required ImmutableDictionary<LiveSeriesKey, ImmutableArray<StampedPoint>> Series { get; init; }

    /// <summary>The windows of all series. Those that are not known yet are missing.</summary>
    public required ImmutableDictionary<(LiveSeriesKey Key, LiveWindows Window), LiveWindow> Windows { get; init; }

    /// <summary>Latest traces, newest first.</summary>
    public required ImmutableArray<FeedTrace> Feed { get; init; }

    /// <summary>Latest scores with the version of the state in which each came, newest first; those before the first tick are unknown.</summary>
    public ImmutableArray<(FeedScore Score, long Changed)> Scores { get; init; } = [];

    /// <summary>The newest position of the log that the numbers include.</summary>
    public long Position { get; init; }

    /// <summary>Traces that run.</summary>
    public int Running { get; init; }

    /// <summary>When something counts first and last; null: nobody asked for all time, or it is not known yet.</summary>
    public LiveSeen? Seen { get; init; }

    /// <summary>Traces seen by the grain; the difference of two states is what came between.</summary>
    public required long TracesSeen { get; init; }

    /// <summary>One window of the total; null: it is not known yet, or nobody asked for it.</summary>
    public LiveWindow? Window(LiveWindows window) => Windows.GetValueOrDefault((LiveSeriesKey.Total, window));

    /// <summary>Buckets of one series; empty when it is unknown.</summary>
    public ImmutableArray<StampedPoint> Points(LiveSeriesKey key) => Series.GetValueOrDefault(key, []);

    /// <summary>The state that a snapshot describes.</summary>
    public static LiveState From(LiveSnapshot snapshot) => new()
    {
        Version = snapshot.Version,
        At = snapshot.At,
        Series = Merge(ImmutableDictionary<LiveSeriesKey, ImmutableArray<StampedPoint>>.Empty, snapshot.Series, snapshot.Version, snapshot.At),
        Windows = Merge(NoWindows, snapshot.Windows),
        Position = snapshot.Position,
        Running = snapshot.Running,
        Seen = snapshot.Seen,
        Feed = MergeFeed([], snapshot.Feed),
        TracesSeen = snapshot.TracesSeen,
    };

    /// <summary>The state after <paramref name="tick"/>; null when the tick does not follow and a snapshot is needed.</summary>
    public LiveState? Apply(LiveTick tick)
    {
        if (tick.Version <= Version)
            return this;
        if (tick.Version != Version + 1)
            return null;

        return this with
        {
            Version = tick.Version,
            At = tick.At,
            Lag = tick.OldestReceivedAt is { } oldest ? tick.At - oldest : Lag,
            Series = Merge(Series, tick.Changed, tick.Version, tick.At),
            Windows = Merge(tick.HasAllWindows ? NoWindows : Windows, tick.Windows),
            Scores = tick.Scores.Count == 0 ? Scores : [.. tick.Scores.Select(s => (s, tick.Version)).Concat(Scores).DistinctBy(s => s.Item1.ScoreId).Take(MaxScores)],
            Position = tick.Position,
            Running = tick.Running,
            Seen = tick.Seen,
            Feed = tick.Feed.Count == 0 ? Feed : MergeFeed(Feed, tick.Feed),
            TracesSeen = tick.TracesSeen,
        };
    }

    private static ImmutableDictionary<LiveSeriesKey, ImmutableArray<StampedPoint>> Merge(
        ImmutableDictionary<LiveSeriesKey, ImmutableArray<StampedPoint>> series, IReadOnlyList<LiveSeries> changed, long version, DateTimeOffset at)
    {
        var oldest = (at - Kept).ToUnixTimeSeconds();
        var next = series.ToBuilder();
        foreach (var (key, points) in changed)
        {
            if (key.Dimension is LiveDimension.Total or LiveDimension.Model or LiveDimension.TraceName)
                next[key] = Merge(next.GetValueOrDefault(key, []), points, version, oldest);
        }
        foreach (var (key, points) in next.ToArray())
        {
            // A model that nobody calls any more leaves; so the number of series stays that of the grain.
            if (points.Length == 0 || points[^1].Second < oldest)
                next.Remove(key);
        }
        return next.ToImmutable();
    }

    private static ImmutableArray<StampedPoint> Merge(
        ImmutableArray<StampedPoint> known, IReadOnlyList<LivePoint> changed, long version, long oldest)
    {
        // Both rise by second, and nearly all that changes is at the end.
        var merged = ImmutableArray.CreateBuilder<StampedPoint>(known.Length + changed.Count);
        var next = 0;
        foreach (var point in changed)
        {
            for (; next < known.Length && known[next].Second < point.Second; next++)
                Keep(known[next]);
            if (next < known.Length && known[next].Second == point.Second)
                next++;
            Keep(new StampedPoint(point.Second, point.Stats, version));
        }
        for (; next < known.Length; next++)
            Keep(known[next]);
        return merged.DrainToImmutable();

        void Keep(in StampedPoint point)
        {
            if (point.Second >= oldest)
                merged.Add(point);
        }
    }

    private static ImmutableDictionary<(LiveSeriesKey Key, LiveWindows Window), LiveWindow> Merge(
        ImmutableDictionary<(LiveSeriesKey Key, LiveWindows Window), LiveWindow> known, IReadOnlyList<LiveWindow> changed) =>
        known.SetItems(changed.Select(w => KeyValuePair.Create((w.Key, w.Window), w)));

    private static ImmutableArray<FeedTrace> MergeFeed(ImmutableArray<FeedTrace> known, IReadOnlyList<FeedTrace> changed) =>
    [
        .. changed.Concat(known)
            .GroupBy(t => t.TraceId)
            .Select(g => g.MaxBy(t => t.Version)!)
            .Where(t => !t.IsDeleted)
            .OrderByDescending(t => t.Timestamp)
            .ThenByDescending(t => t.TraceId, StringComparer.Ordinal)
            .Take(FeedLength),
    ];
}
