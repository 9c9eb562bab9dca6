using Actors.Filtering;

namespace Actors.Queries;

/// <summary>What rows a question about numbers is about.</summary>
public enum MetricsView
{
    /// <summary>Traces, by their timestamp.</summary>
    Traces,

    /// <summary>Observations, by their start.</summary>
    Observations,

    /// <summary>Numeric scores, by their timestamp.</summary>
    ScoresNumeric,

    /// <summary>Categorical scores, by their timestamp.</summary>
    ScoresCategorical,

    /// <summary>Boolean scores, by their timestamp.</summary>
    ScoresBoolean,
}

/// <summary>How the values of a measure become one.</summary>
public enum MetricsAggregation
{
    /// <summary>The sum; 0 without values.</summary>
    Sum,

    /// <summary>The mean; null without values.</summary>
    Avg,

    /// <summary>How many values there are.</summary>
    Count,

    /// <summary>The largest; null without values.</summary>
    Max,

    /// <summary>The smallest; null without values.</summary>
    Min,

    /// <summary>The median: exact, and a value that occurred. Null without values.</summary>
    P50,

    /// <summary>The value that 75 of 100 do not exceed.</summary>
    P75,

    /// <summary>The value that 90 of 100 do not exceed.</summary>
    P90,

    /// <summary>The value that 95 of 100 do not exceed.</summary>
    P95,

    /// <summary>The value that 99 of 100 do not exceed.</summary>
    P99,

    /// <summary>Counts in bins of equal width from the smallest to the largest.</summary>
    Histogram,

    /// <summary>How many different values there are.</summary>
    Uniq,
}

/// <summary>The width of the steps of time. All begin in UTC; weeks begin on Monday.</summary>
public enum MetricsGranularity
{
    /// <summary>A minute.</summary>
    Minute,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A week.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,
}

/// <summary>
/// A question about numbers (langfuse-api §13.1). Its names are those of <see cref="MetricsCatalog"/>; whoever answers may
/// throw <see cref="ArgumentException"/> for others.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.MetricsQuery")]
public sealed record MetricsQuery
{
    /// <summary>The most rows of an answer, and the most steps of time of a question.</summary>
    public const int MaxRows = 10_000;

    /// <summary>The most dimensions, metrics and orders of a question, each.</summary>
    public const int MaxParts = 20;

    /// <summary>The name of the steps of time in answers and orders.</summary>
    public const string TimeDimension = "time_dimension";

    /// <summary>What rows it is about.</summary>
    [Id(0)]
    public required MetricsView View { get; init; }

    /// <summary>What they are grouped by.</summary>
    [Id(1)]
    public IReadOnlyList<string> Dimensions { get; init; } = [];

    /// <summary>At least one, each once.</summary>
    [Id(2)]
    public required IReadOnlyList<MetricsColumn> Metrics { get; init; }

    /// <summary>Which of the rows count; its columns are those of <see cref="MetricsCatalog.Filters"/>.</summary>
    [Id(3)]
    public Filter Filter { get; init; } = Filter.Everything;

    /// <summary>The steps of time they are grouped by as well; null: none.</summary>
    [Id(4)]
    public MetricsGranularity? Granularity { get; init; }

    /// <summary>Inclusive.</summary>
    [Id(5)]
    public required DateTimeOffset From { get; init; }

    /// <summary>Inclusive, and after <see cref="From"/>.</summary>
    [Id(6)]
    public required DateTimeOffset To { get; init; }

    /// <summary>Empty: by time with steps of time, which are then all there; else by the first metric, largest first.</summary>
    [Id(7)]
    public IReadOnlyList<MetricsOrder> OrderBy { get; init; } = [];

    /// <summary>The bins of histograms, 1 to 100.</summary>
    [Id(8)]
    public int Bins { get; init; } = 10;

    /// <summary>The most rows, 1 to <see cref="MaxRows"/>.</summary>
    [Id(9)]
    public int RowLimit { get; init; } = MaxRows;
}

/// <summary>A number to compute.</summary>
/// <param name="Measure">Of what.</param>
/// <param name="Aggregation">How.</param>
[GenerateSerializer, Immutable, Alias("actors.MetricsColumn")]
public readonly record struct MetricsColumn([property: Id(0)] string Measure, [property: Id(1)] MetricsAggregation Aggregation)
{
    /// <summary>Its name in the answer, for example <c>p95_latency</c>.</summary>
    public string Name => $"{Aggregation.ToString().ToLowerInvariant()}_{Measure}";
}

/// <summary>An order of the answer.</summary>
/// <param name="Field">A dimension, the name of a metric, or <see cref="MetricsQuery.TimeDimension"/>; one that the question has.</param>
/// <param name="Descending">Largest first; missing values come last either way.</param>
[GenerateSerializer, Immutable, Alias("actors.MetricsOrder")]
public readonly record struct MetricsOrder([property: Id(0)] string Field, [property: Id(1)] bool Descending);

/// <summary>The answer to a <see cref="MetricsQuery"/>.</summary>
/// <param name="Columns">Names: the dimensions, then the steps of time if there are any, then the metrics.</param>
/// <param name="Rows">A value for each column.</param>
/// <param name="Watermark">The position of the log that the answer includes.</param>
/// <param name="Head">The position that the log had come to when the question was asked.</param>
[GenerateSerializer, Immutable, Alias("actors.MetricsAnswer")]
public sealed record MetricsAnswer(
    [property: Id(0)] IReadOnlyList<string> Columns,
    [property: Id(1)] IReadOnlyList<IReadOnlyList<MetricsValue>> Rows,
    [property: Id(2)] long Watermark = 0,
    [property: Id(3)] long Head = 0) : IReadModelAnswer;

/// <summary>A value of an answer; at most one of its fields is set, none stands for null.</summary>
[GenerateSerializer, Immutable, Alias("actors.MetricsValue")]
public readonly record struct MetricsValue
{
    /// <summary>A text.</summary>
    [Id(0)]
    public string? Text { get; init; }

    /// <summary>A number.</summary>
    [Id(1)]
    public double? Number { get; init; }

    /// <summary>True or false.</summary>
    [Id(2)]
    public bool? Flag { get; init; }

    /// <summary>The start of a step of time.</summary>
    [Id(3)]
    public DateTimeOffset? Time { get; init; }

    /// <summary>Several texts.</summary>
    [Id(4)]
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>A histogram.</summary>
    [Id(5)]
    public IReadOnlyList<HistogramBin>? Bins { get; init; }
}

/// <summary>A bin of a histogram.</summary>
/// <param name="Lower">Where it begins, inclusive.</param>
/// <param name="Upper">Where it ends, exclusive except in the last bin.</param>
/// <param name="Height">How many values are in it.</param>
[GenerateSerializer, Immutable, Alias("actors.HistogramBin")]
public readonly record struct HistogramBin([property: Id(0)] double Lower, [property: Id(1)] double Upper, [property: Id(2)] long Height);
