namespace Actors.Live;

/// <summary>Asks the read model for what live series add up to.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveSumsQuery")]
public sealed record LiveSumsQuery
{
    /// <summary>What is counted.</summary>
    [Id(0)]
    public LiveFilter Filter { get; init; } = LiveFilter.Everything;

    /// <summary>The times that are wanted, 1 to 20. They may overlap.</summary>
    [Id(1)]
    public required IReadOnlyList<LiveRange> Ranges { get; init; }

    /// <summary>Whether each second that has data is a bucket of its own; else each range is one. Only for ranges of up to an hour in all.</summary>
    [Id(2)]
    public bool BySecond { get; init; }

    /// <summary>
    /// Series that have a place of their own already. Places of a dimension that are still free go to the values with the
    /// most observations over all ranges (those with none by traces), and what is left is joined as <see cref="LiveSeriesKey.Other"/>.
    /// </summary>
    [Id(3)]
    public IReadOnlyList<LiveSeriesKey> Own { get; init; } = [];

    /// <summary>How many of the latest traces are wanted, with the beginnings of their texts: 0 to 50.</summary>
    [Id(4)]
    public int LatestTraces { get; init; }

    /// <summary>Traces that run and had news since then are wanted; null: they are not.</summary>
    [Id(5)]
    public DateTimeOffset? RunningSince { get; init; }
}

/// <summary>Seconds from one (inclusive) to another (exclusive).</summary>
/// <param name="From">A Unix second.</param>
/// <param name="To">A Unix second.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveRange")]
public readonly record struct LiveRange([property: Id(0)] long From, [property: Id(1)] long To)
{
    /// <summary>All there is, whenever it was.</summary>
    public static LiveRange AllTime { get; } = new(long.MinValue, long.MaxValue);

    /// <summary>Whether a second lies in it.</summary>
    public bool Contains(long second) => second >= From && second < To;
}

/// <summary>What the read model knows, all at one watermark.</summary>
/// <param name="Watermark">The position of the log that it includes.</param>
/// <param name="Buckets">Those that have data.</param>
/// <param name="LatestTraces">The latest traces that match, newest first; empty when they were not asked for.</param>
/// <param name="Running">Traces that run, the one with the newest news first; at most <see cref="RunningTrace.Max"/>.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveSums")]
public sealed record LiveSums(
    [property: Id(0)] long Watermark,
    [property: Id(1)] IReadOnlyList<SumBucket> Buckets,
    [property: Id(2)] IReadOnlyList<FeedTrace> LatestTraces,
    [property: Id(3)] IReadOnlyList<RunningTrace> Running);

/// <summary>What the series add up to in one bucket.</summary>
/// <param name="At">The Unix second, or the place of the range in the question, from 0.</param>
/// <param name="Series">The series that have data in it.</param>
/// <param name="FirstSecond">When the first counted trace, observation or score in it counts.</param>
/// <param name="LastSecond">When the last one counts.</param>
[GenerateSerializer, Immutable, Alias("actors.SumBucket")]
public sealed record SumBucket(
    [property: Id(0)] long At,
    [property: Id(1)] IReadOnlyList<SeriesSums> Series,
    [property: Id(2)] long FirstSecond,
    [property: Id(3)] long LastSecond);

/// <summary>A trace in which something has begun and not ended.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Version">Its version; a higher one replaces a lower one.</param>
/// <param name="UpdatedAt">When its newest row was received.</param>
/// <param name="HasEnded">Whether all of it has ended; it is told so that it can be forgotten.</param>
[GenerateSerializer, Immutable, Alias("actors.RunningTrace")]
public readonly record struct RunningTrace(
    [property: Id(0)] string TraceId, [property: Id(1)] long Version, [property: Id(2)] DateTimeOffset UpdatedAt, [property: Id(3)] bool HasEnded = false)
{
    /// <summary>A trace without news for longer is lost: its process has ended without a word. News brings it back.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <summary>Whether a trace in which something has begun and not ended is lost.</summary>
    /// <param name="summary">What its observations add up to.</param>
    /// <param name="updatedAt">When its newest row was received.</param>
    /// <param name="now">The time.</param>
    public static bool IsLost(Tracing.TraceSummary summary, DateTimeOffset updatedAt, DateTimeOffset now) =>
        summary.Running > 0 && now - updatedAt > Lease;

    /// <summary>How many are told apart; more are not counted.</summary>
    public const int Max = 1_000;
}
