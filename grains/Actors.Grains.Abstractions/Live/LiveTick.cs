namespace Actors.Live;

/// <summary>What changed on the live edge, in absolute values: applying a tick twice is harmless.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveTick")]
public sealed record LiveTick
{
    /// <summary>What is counted.</summary>
    [Id(0)]
    public required LiveScope Scope { get; init; }

    /// <summary>Rises by one with every tick of one activation, by more when everything has changed and a snapshot is needed.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary>When the tick was made.</summary>
    [Id(2)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The newest position of the log that the numbers include.</summary>
    [Id(3)]
    public long Position { get; init; }

    /// <summary>When the oldest event that is new in this tick was received: <see cref="At"/> minus this is the lag. Null: no new events.</summary>
    [Id(4)]
    public DateTimeOffset? OldestReceivedAt { get; init; }

    /// <summary>The buckets that changed, whole, per series.</summary>
    [Id(5)]
    public IReadOnlyList<LiveSeries> Changed { get; init; } = [];

    /// <summary>The windows that end now, per series.</summary>
    [Id(6)]
    public IReadOnlyList<LiveWindow> Windows { get; init; } = [];

    /// <summary>Traces that are new or changed, newest first, at most 50, and those that were deleted, at most 1,000.</summary>
    [Id(7)]
    public IReadOnlyList<FeedTrace> Feed { get; init; } = [];

    /// <summary>Traces seen since the activation; the difference of two ticks is «N new».</summary>
    [Id(8)]
    public long TracesSeen { get; init; }

    /// <summary>Traces that run now and had news within <see cref="RunningTrace.Lease"/>, up to <see cref="RunningTrace.Max"/>.</summary>
    [Id(9)]
    public int Running { get; init; }

    /// <summary>Scores that are new, changed or deleted, newest first, at most 100.</summary>
    [Id(10)]
    public IReadOnlyList<FeedScore> Scores { get; init; } = [];

    /// <summary>When anything of all time counts first and last, as Unix seconds; null: not known, or nothing was ever counted.</summary>
    [Id(11)]
    public LiveSeen? Seen { get; init; }

    /// <summary>Whether <see cref="Windows"/> has all series that have numbers; else it has the total.</summary>
    [Id(12)]
    public bool HasAllWindows { get; init; }
}

/// <summary>The whole live edge.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveSnapshot")]
public sealed record LiveSnapshot
{
    /// <summary>The version that the next tick follows.</summary>
    [Id(0)]
    public required long Version { get; init; }

    /// <summary>When it was made.</summary>
    [Id(1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>The newest position of the log that the numbers include.</summary>
    [Id(2)]
    public long Position { get; init; }

    /// <summary>All buckets of all series over the last five minutes, and those that are ahead of the clock.</summary>
    [Id(3)]
    public IReadOnlyList<LiveSeries> Series { get; init; } = [];

    /// <summary>The windows that end now, per series.</summary>
    [Id(4)]
    public IReadOnlyList<LiveWindow> Windows { get; init; } = [];

    /// <summary>The latest traces, newest first; at most 50.</summary>
    [Id(5)]
    public IReadOnlyList<FeedTrace> Feed { get; init; } = [];

    /// <summary>Traces seen since the activation.</summary>
    [Id(6)]
    public long TracesSeen { get; init; }

    /// <inheritdoc cref="LiveTick.Running"/>
    [Id(7)]
    public int Running { get; init; }

    /// <inheritdoc cref="LiveTick.Seen"/>
    [Id(8)]
    public LiveSeen? Seen { get; init; }
}

/// <summary>A trace as the live feed shows it.</summary>
[GenerateSerializer, Immutable, Alias("actors.FeedTrace")]
public sealed record FeedTrace
{
    /// <summary>The trace.</summary>
    [Id(0)]
    public required string TraceId { get; init; }

    /// <summary>Its version; a higher one replaces a lower one.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary>When it began.</summary>
    [Id(2)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When its newest row was received.</summary>
    [Id(3)]
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its name.</summary>
    [Id(4)]
    public string? Name { get; init; }

    /// <summary>Its user.</summary>
    [Id(5)]
    public string? UserId { get; init; }

    /// <summary>Its session.</summary>
    [Id(6)]
    public string? SessionId { get; init; }

    /// <summary>Its environment.</summary>
    [Id(7)]
    public required string Environment { get; init; }

    /// <summary>The beginning of its input as a person would read it, at most 120 characters; null: none.</summary>
    [Id(8)]
    public string? Preview { get; init; }

    /// <summary>What its observations add up to.</summary>
    [Id(9)]
    public required Tracing.TraceSummary Summary { get; init; }

    /// <summary>Whether the trace was deleted; it leaves the feed, and only its id and version mean anything.</summary>
    [Id(10)]
    public bool IsDeleted { get; init; }
}

/// <summary>When something counts first and last.</summary>
/// <param name="FirstSecond">The first Unix second.</param>
/// <param name="LastSecond">The last Unix second.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveSeen")]
public readonly record struct LiveSeen([property: Id(0)] long FirstSecond, [property: Id(1)] long LastSecond);

/// <summary>A score as the live feed tells it.</summary>
[GenerateSerializer, Immutable, Alias("actors.FeedScore")]
public sealed record FeedScore
{
    /// <summary>The score.</summary>
    [Id(0)]
    public required string ScoreId { get; init; }

    /// <summary>The version of its stream; a higher one replaces a lower one.</summary>
    [Id(1)]
    public required long Version { get; init; }

    /// <summary>The trace that it is on; null: a session or a run.</summary>
    [Id(2)]
    public string? TraceId { get; init; }

    /// <summary>The observation that it is on.</summary>
    [Id(3)]
    public string? ObservationId { get; init; }

    /// <summary>The session that it is on.</summary>
    [Id(4)]
    public string? SessionId { get; init; }

    /// <summary>What is scored.</summary>
    [Id(5)]
    public required string Name { get; init; }

    /// <summary>The number; null for categories.</summary>
    [Id(6)]
    public double? Value { get; init; }

    /// <summary>The category; null for numbers.</summary>
    [Id(7)]
    public string? Category { get; init; }

    /// <summary>Who gave it.</summary>
    [Id(8)]
    public Tracing.ScoreSource Source { get; init; }

    /// <summary>When it was given.</summary>
    [Id(9)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Whether it was deleted; then only the ids mean anything.</summary>
    [Id(10)]
    public bool IsDeleted { get; init; }
}
