namespace Actors.Live;

/// <summary>The rolling numbers of one series over one window. A model call is a generation or an embedding.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveStats")]
public sealed record LiveStats
{
    /// <summary>A window in which nothing happened.</summary>
    public static LiveStats Empty { get; } = new();

    /// <summary>How many kinds of scores are told.</summary>
    public const int MaxScores = 16;

    /// <summary>Traces that began.</summary>
    [Id(0)]
    public long Traces { get; init; }

    /// <summary>Observations.</summary>
    [Id(1)]
    public long Observations { get; init; }

    /// <summary>Model calls.</summary>
    [Id(2)]
    public long Requests { get; init; }

    /// <summary>Observations of level ERROR.</summary>
    [Id(3)]
    public long Errors { get; init; }

    /// <summary>Units of usage whose key contains «input».</summary>
    [Id(4)]
    public long InputTokens { get; init; }

    /// <summary>Units of usage whose key contains «output».</summary>
    [Id(5)]
    public long OutputTokens { get; init; }

    /// <summary>The sum of the totals.</summary>
    [Id(6)]
    public long TotalTokens { get; init; }

    /// <summary>The sum of the costs that are known, in US dollars.</summary>
    [Id(7)]
    public decimal CostUsd { get; init; }

    /// <summary>Model calls with usage whose cost is unknown; their cost is missing in <see cref="CostUsd"/>.</summary>
    [Id(8)]
    public long Unpriced { get; init; }

    /// <summary>Latency of model calls in milliseconds; null: no call ended.</summary>
    [Id(9)]
    public double? LatencyP50Ms { get; init; }

    /// <inheritdoc cref="LatencyP50Ms"/>
    [Id(10)]
    public double? LatencyP95Ms { get; init; }

    /// <inheritdoc cref="LatencyP50Ms"/>
    [Id(11)]
    public double? LatencyP99Ms { get; init; }

    /// <summary>Time to first token in milliseconds; null: none is known.</summary>
    [Id(12)]
    public double? FirstTokenP50Ms { get; init; }

    /// <inheritdoc cref="FirstTokenP50Ms"/>
    [Id(13)]
    public double? FirstTokenP95Ms { get; init; }

    /// <summary>Scores by name, source and category, most given first, at most <see cref="MaxScores"/>.</summary>
    [Id(14)]
    public IReadOnlyList<ScoreStats> Scores { get; init; } = [];

    /// <summary>The part of <see cref="CostUsd"/> of kinds whose key contains «input».</summary>
    [Id(15)]
    public decimal InputCostUsd { get; init; }

    /// <summary>The part of <see cref="CostUsd"/> of kinds whose key contains «output».</summary>
    [Id(16)]
    public decimal OutputCostUsd { get; init; }

    /// <summary>Output tokens per second of latency, of the median model call that has both; null: none has.</summary>
    [Id(17)]
    public double? TokensPerSecondP50 { get; init; }
}

/// <summary>The scores of one name, source and category.</summary>
/// <param name="Name">What was scored.</param>
/// <param name="Count">How many scores.</param>
/// <param name="Sum">The sum of their values; 0 for categories.</param>
/// <param name="Source">Who gave them.</param>
/// <param name="Category">The value of categorical scores; null for numeric and boolean ones.</param>
/// <param name="P10">Of the numeric ones among them, the value that a tenth lies below, within 1 %; null: none is numeric.</param>
/// <param name="P50">The median of these.</param>
/// <param name="P90">The value that a tenth of these lies above.</param>
[GenerateSerializer, Immutable, Alias("actors.ScoreStats")]
public readonly record struct ScoreStats(
    [property: Id(0)] string Name,
    [property: Id(1)] long Count,
    [property: Id(2)] double Sum,
    [property: Id(3)] Tracing.ScoreSource Source = Tracing.ScoreSource.Api,
    [property: Id(4)] string? Category = null,
    [property: Id(5)] double? P10 = null,
    [property: Id(6)] double? P50 = null,
    [property: Id(7)] double? P90 = null)
{
    /// <summary>The mean, of boolean scores the share of those that are true; NaN without scores.</summary>
    public double Average => Sum / Count;
}

/// <summary>One bucket of one series.</summary>
[GenerateSerializer, Immutable, Alias("actors.LivePoint")]
public sealed record LivePoint
{
    /// <summary>The start of the bucket in Unix seconds.</summary>
    [Id(0)]
    public required long Second { get; init; }

    /// <summary>The numbers of the bucket.</summary>
    [Id(1)]
    public required LiveStats Stats { get; init; }
}

/// <summary>Some buckets of one series.</summary>
/// <param name="Key">Which series.</param>
/// <param name="Points">By rising second; seconds without data are left out.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveSeries")]
public sealed record LiveSeries([property: Id(0)] LiveSeriesKey Key, [property: Id(1)] IReadOnlyList<LivePoint> Points);
