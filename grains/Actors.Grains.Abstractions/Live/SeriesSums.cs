namespace Actors.Live;

/// <summary>
/// What one series adds up to in one bucket, in a form that adds and takes away: what the read model knows, or the signed
/// difference that facts make.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.SeriesSums")]
public sealed record SeriesSums
{
    /// <summary>Which series.</summary>
    [Id(0)]
    public required LiveSeriesKey Key { get; init; }

    /// <summary>Traces that began.</summary>
    [Id(1)]
    public long Traces { get; init; }

    /// <summary>Observations.</summary>
    [Id(2)]
    public long Observations { get; init; }

    /// <summary>Model calls; in a series of a tool its calls.</summary>
    [Id(3)]
    public long Requests { get; init; }

    /// <summary>Observations of level ERROR.</summary>
    [Id(4)]
    public long Errors { get; init; }

    /// <summary>Units whose key contains «input».</summary>
    [Id(5)]
    public long InputTokens { get; init; }

    /// <summary>Units whose key contains «output».</summary>
    [Id(6)]
    public long OutputTokens { get; init; }

    /// <summary>The totals.</summary>
    [Id(7)]
    public long TotalTokens { get; init; }

    /// <summary>The known costs in US dollars.</summary>
    [Id(8)]
    public decimal CostUsd { get; init; }

    /// <summary>The known costs of kinds whose key contains «input».</summary>
    [Id(9)]
    public decimal InputCostUsd { get; init; }

    /// <summary>The known costs of kinds whose key contains «output».</summary>
    [Id(10)]
    public decimal OutputCostUsd { get; init; }

    /// <summary>Model calls with usage and without known cost.</summary>
    [Id(11)]
    public long Unpriced { get; init; }

    /// <summary>
    /// Latencies in milliseconds of what <see cref="Requests"/> counts: index of <see cref="SketchMapping.IndexOfMilliseconds"/>
    /// and count. Negative latencies are a clock's mistake and left out.
    /// </summary>
    [Id(12)]
    public IReadOnlyList<SketchCount> Latency { get; init; } = [];

    /// <summary>Times to first token in milliseconds of model calls, likewise.</summary>
    [Id(13)]
    public IReadOnlyList<SketchCount> FirstToken { get; init; } = [];

    /// <summary>
    /// <c>1000.0 · output tokens / latency in ms</c> of model calls that have both above 0: index of
    /// <see cref="SketchMapping.IndexOf"/> and count.
    /// </summary>
    [Id(14)]
    public IReadOnlyList<SketchCount> TokensPerSecond { get; init; } = [];

    /// <summary>Numeric, boolean and categorical scores by kind.</summary>
    [Id(16)]
    public IReadOnlyList<ScoreSums> Scores { get; init; } = [];
}
