namespace Actors.Live;

/// <summary>What the read model knows about the last minutes, at one watermark.</summary>
/// <param name="Watermark">The position of the log that it includes.</param>
/// <param name="Observations">Groups of observations that count alike.</param>
/// <param name="Traces">Counts of traces by the second in which they began.</param>
/// <param name="Scores">Sums of numeric and boolean scores by the second of their timestamp.</param>
/// <param name="LatestTraces">The latest traces, newest first; at most 50. Empty when they were not asked for.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveSeed")]
public sealed record LiveSeed(
    [property: Id(0)] long Watermark,
    [property: Id(1)] IReadOnlyList<SeedObservations> Observations,
    [property: Id(2)] IReadOnlyList<SeedTraces> Traces,
    [property: Id(3)] IReadOnlyList<SeedScores> Scores,
    [property: Id(4)] IReadOnlyList<FeedTrace> LatestTraces);

/// <summary>Observations with the same second, dimensions, kind, outcome and latency.</summary>
[GenerateSerializer, Immutable, Alias("actors.SeedObservations")]
public sealed record SeedObservations
{
    /// <summary>The Unix second in which they count: that of their end, else of their start.</summary>
    [Id(0)]
    public required long Second { get; init; }

    /// <summary>The model; null: none.</summary>
    [Id(1)]
    public string? Model { get; init; }

    /// <summary>The name of their trace; null: none.</summary>
    [Id(2)]
    public string? TraceName { get; init; }

    /// <summary>The environment.</summary>
    [Id(3)]
    public required string Environment { get; init; }

    /// <summary>Whether they call a model.</summary>
    [Id(4)]
    public bool CallsModel { get; init; }

    /// <summary>Whether their level is ERROR.</summary>
    [Id(5)]
    public bool IsError { get; init; }

    /// <summary>Their latency in milliseconds; null: not ended.</summary>
    [Id(6)]
    public long? LatencyMs { get; init; }

    /// <summary>Their time to first token in milliseconds; null: unknown.</summary>
    [Id(7)]
    public long? FirstTokenMs { get; init; }

    /// <summary>How many.</summary>
    [Id(8)]
    public long Count { get; init; }

    /// <summary>Sum of the units whose key contains «input».</summary>
    [Id(9)]
    public long InputTokens { get; init; }

    /// <summary>Sum of the units whose key contains «output».</summary>
    [Id(10)]
    public long OutputTokens { get; init; }

    /// <summary>Sum of the totals.</summary>
    [Id(11)]
    public long TotalTokens { get; init; }

    /// <summary>Sum of the known costs in US dollars.</summary>
    [Id(12)]
    public decimal CostUsd { get; init; }

    /// <summary>How many have usage and no known cost.</summary>
    [Id(13)]
    public long Unpriced { get; init; }
}

/// <summary>Traces that began in the same second.</summary>
[GenerateSerializer, Immutable, Alias("actors.SeedTraces")]
public sealed record SeedTraces(
    [property: Id(0)] long Second,
    [property: Id(1)] string? Name,
    [property: Id(2)] string Environment,
    [property: Id(3)] long Count);

/// <summary>Numeric and boolean scores of one name in one second.</summary>
[GenerateSerializer, Immutable, Alias("actors.SeedScores")]
public sealed record SeedScores(
    [property: Id(0)] long Second,
    [property: Id(1)] string Name,
    [property: Id(2)] string Environment,
    [property: Id(3)] long Count,
    [property: Id(4)] double Sum);
