using Actors.Live;

namespace Actors.Queries;

/// <summary>A longer window of the live numbers.</summary>
[GenerateSerializer, Immutable, Alias("actors.HistoryQuery")]
public sealed record HistoryQuery
{
    /// <summary>Inclusive; a whole multiple of <see cref="Step"/>.</summary>
    [Id(0)]
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(1)]
    public required DateTimeOffset To { get; init; }

    /// <summary>The width of one bucket; at most 1,500 buckets fit the window.</summary>
    [Id(2)]
    public required TimeSpan Step { get; init; }

    /// <summary>What is counted.</summary>
    [Id(4)]
    public LiveFilter Filter { get; init; } = LiveFilter.Everything;

    /// <summary>What the series are about: <see cref="LiveDimension.Model"/> or <see cref="LiveDimension.TraceName"/>.</summary>
    [Id(5)]
    public LiveDimension By { get; init; } = LiveDimension.Model;
}

/// <summary>The answer to a <see cref="HistoryQuery"/>.</summary>
/// <param name="Watermark">The position of the log that it includes.</param>
/// <param name="Step">The width of one bucket.</param>
/// <param name="Total">All that is counted, one point per bucket that has data; a gap is not a zero.</param>
/// <param name="Series">Model calls per value of <see cref="HistoryQuery.By"/>, the one with most calls first, at most 8 and then <c>other</c>.</param>
/// <param name="Current">The window as one number each.</param>
/// <param name="Previous">The window before it, of the same length.</param>
[GenerateSerializer, Immutable, Alias("actors.HistoryWindow")]
public sealed record HistoryWindow(
    [property: Id(0)] long Watermark,
    [property: Id(1)] TimeSpan Step,
    [property: Id(2)] IReadOnlyList<LivePoint> Total,
    [property: Id(3)] IReadOnlyList<LiveSeries> Series,
    [property: Id(4)] LiveStats Current,
    [property: Id(5)] LiveStats Previous);

/// <summary>Which part of the heat map.</summary>
[GenerateSerializer, Immutable, Alias("actors.HeatmapQuery")]
public sealed record HeatmapQuery
{
    /// <summary>Inclusive.</summary>
    [Id(0)]
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(1)]
    public required DateTimeOffset To { get; init; }

    /// <summary>The width of one column; at most 120 columns fit.</summary>
    [Id(2)]
    public required TimeSpan Step { get; init; }

    /// <summary>What is counted.</summary>
    [Id(4)]
    public LiveFilter Filter { get; init; } = LiveFilter.Everything;
}

/// <summary>Counts of model calls by time and latency. Rows grow by a constant factor.</summary>
/// <param name="From">The start of the first column.</param>
/// <param name="Step">The width of one column.</param>
/// <param name="RowUpperBoundsMs">The upper bound of each row's latency in milliseconds, rising.</param>
/// <param name="Cells">The cells that are not zero.</param>
[GenerateSerializer, Immutable, Alias("actors.LatencyHeatmap")]
public sealed record LatencyHeatmap(
    [property: Id(0)] DateTimeOffset From,
    [property: Id(1)] TimeSpan Step,
    [property: Id(2)] IReadOnlyList<double> RowUpperBoundsMs,
    [property: Id(3)] IReadOnlyList<HeatmapCell> Cells);

/// <summary>One cell of a heat map.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Row">From 0, the fastest.</param>
/// <param name="Count">Model calls; above 0.</param>
[GenerateSerializer, Immutable, Alias("actors.HeatmapCell")]
public readonly record struct HeatmapCell([property: Id(0)] int Column, [property: Id(1)] int Row, [property: Id(2)] long Count);
