namespace Actors.Live;

/// <summary>
/// What one silo has gathered for one project since its last call: signed differences per second and series. A later
/// version of an observation takes its old contribution away and brings the new one, perhaps in another second.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.SiloPartial")]
public sealed record SiloPartial
{
    /// <summary>The life of one silo process.</summary>
    [Id(0)]
    public required Guid Silo { get; init; }

    /// <summary>Rises with every partial of one silo to one actor.</summary>
    [Id(1)]
    public required long Sequence { get; init; }

    /// <summary>When the oldest of its events was received.</summary>
    [Id(2)]
    public required DateTimeOffset OldestReceivedAt { get; init; }

    /// <summary>The seconds that it changes.</summary>
    [Id(3)]
    public required IReadOnlyList<PartialBucket> Buckets { get; init; }

    /// <summary>The latest traces that changed or were deleted, at most 50 and 1,000.</summary>
    [Id(4)]
    public required IReadOnlyList<FeedTrace> Feed { get; init; }

    /// <summary>How many traces are new.</summary>
    [Id(5)]
    public required long NewTraces { get; init; }

    /// <summary>The highest position among its events.</summary>
    [Id(6)]
    public required long HighestPosition { get; init; }

    /// <summary>Where streams were deleted, and with them rows before that; null: nowhere.</summary>
    [Id(7)]
    public PositionRange? Erasures { get; init; }

    /// <summary>Facts up to this position may have passed that the silo did not gather for this actor; null: none.</summary>
    [Id(8)]
    public long? MissedUpTo { get; init; }

    /// <summary>Facts up to this position, about times that are too many to tell one by one, are missing; null: none.</summary>
    [Id(9)]
    public long? ScatteredUpTo { get; init; }

    /// <summary>Traces that run or have ended.</summary>
    [Id(10)]
    public IReadOnlyList<RunningTrace> Running { get; init; } = [];

    /// <summary>Scores that are new, changed or deleted, newest first, at most 100.</summary>
    [Id(11)]
    public IReadOnlyList<FeedScore> Scores { get; init; } = [];

    /// <summary>The version of <see cref="LiveWatches"/> that the silo knows; 0: none.</summary>
    [Id(12)]
    public long Watches { get; init; }

    /// <summary>
    /// The rows that it tells of, whether something in them counts or not; only for the actor of a whole project and when
    /// positions are dense.
    /// </summary>
    [Id(13)]
    public IReadOnlyList<PositionRange> Rows { get; init; } = [];
}

/// <summary>Positions of the log from the first to the last of some rows.</summary>
/// <param name="First">The position of the first.</param>
/// <param name="Last">The position of the last.</param>
[GenerateSerializer, Immutable, Alias("actors.PositionRange")]
public readonly record struct PositionRange([property: Id(0)] long First, [property: Id(1)] long Last)
{
    /// <summary>This range and one more position.</summary>
    public PositionRange With(long position) => new(Math.Min(First, position), Math.Max(Last, position));
}

/// <summary>The differences of one second, or of a longer time that is past.</summary>
/// <param name="Second">The Unix second, or the first one of a longer time.</param>
/// <param name="LowestPosition">The lowest position among the events behind it.</param>
/// <param name="HighestPosition">The highest position among them.</param>
/// <param name="Series">The differences per series.</param>
/// <param name="Told">The first and the last second in it that facts are about.</param>
/// <param name="IsCoarse">Whether it stands for <see cref="CoarseSeconds"/> from a multiple of that on.</param>
[GenerateSerializer, Immutable, Alias("actors.PartialBucket")]
public sealed record PartialBucket(
    [property: Id(0)] long Second,
    [property: Id(1)] long LowestPosition,
    [property: Id(2)] long HighestPosition,
    [property: Id(3)] IReadOnlyList<SeriesSums> Series,
    [property: Id(4)] LiveSeen Told,
    [property: Id(5)] bool IsCoarse = false)
{
    /// <summary>How many seconds a coarse bucket stands for; longer windows begin at multiples of it.</summary>
    public const int CoarseSeconds = 15;
}

/// <summary>A difference of one bucket of a quantile sketch.</summary>
/// <param name="Index">The bucket's index; <see cref="ZeroIndex"/> for values too small to have one.</param>
/// <param name="Count">The signed difference.</param>
[GenerateSerializer, Immutable, Alias("actors.SketchCount")]
public readonly record struct SketchCount([property: Id(0)] int Index, [property: Id(1)] long Count)
{
    /// <summary>The index that stands for the bucket of zeros.</summary>
    public const int ZeroIndex = int.MinValue;
}
