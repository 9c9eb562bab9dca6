using Orleans.Concurrency;

namespace Actors.Live;

/// <summary>
/// The live edge of one project: one-second buckets over the last five minutes, pushed to observers. Key: the project id.
/// </summary>
[Alias("actors.IMetricsGrain")]
public interface IMetricsGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes what one silo has gathered since its last call. Repeating a call with the same
    /// <see cref="SiloPartial.Sequence"/> is harmless.
    /// </summary>
    [Alias("ApplyAsync")]
    Task ApplyAsync(SiloPartial partial);

    /// <summary>Everything that is known now.</summary>
    [Alias("GetSnapshotAsync")]
    Task<LiveSnapshot> GetSnapshotAsync();

    /// <summary>
    /// Tells <paramref name="observer"/> of every change until 90 seconds after the last call; call again every 30 seconds.
    /// </summary>
    /// <returns>Where the observer starts from; ticks continue at the next version.</returns>
    [Alias("SubscribeAsync")]
    Task<LiveSnapshot> SubscribeAsync(ILiveObserver observer);

    /// <summary>Renews a subscription and says the version now, without a snapshot.</summary>
    /// <returns>The version now; -1 when the observer is unknown and must subscribe.</returns>
    [Alias("RenewAsync")]
    Task<long> RenewAsync(ILiveObserver observer);

    /// <summary>Stops telling <paramref name="observer"/>.</summary>
    [Alias("UnsubscribeAsync")]
    Task UnsubscribeAsync(ILiveObserver observer);

    /// <summary>How the numbers do.</summary>
    [Alias("GetHealthAsync")]
    Task<LiveHealth> GetHealthAsync();
}

/// <summary>Is told what changed on the live edge.</summary>
[Alias("actors.ILiveObserver")]
public interface ILiveObserver : IGrainObserver
{
    /// <summary>A change. Calls may be lost: a version that does not follow the last one asks for a new snapshot.</summary>
    [Alias("OnTickAsync"), OneWay]
    Task OnTickAsync(LiveTick tick);
}

/// <summary>What changed on the live edge, in absolute values: applying a tick twice is harmless.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveTick")]
public sealed record LiveTick
{
    /// <summary>The project.</summary>
    [Id(0)]
    public required ProjectId Project { get; init; }

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
}

/// <summary>One rolling window of one series.</summary>
/// <param name="Key">Which series.</param>
/// <param name="Length">60 seconds or 5 minutes.</param>
/// <param name="Current">The window that ends now.</param>
/// <param name="Previous">The window of the same length before it; null when it is older than what is kept.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveWindow")]
public sealed record LiveWindow(
    [property: Id(0)] LiveSeriesKey Key,
    [property: Id(1)] TimeSpan Length,
    [property: Id(2)] LiveStats Current,
    [property: Id(3)] LiveStats? Previous);

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
