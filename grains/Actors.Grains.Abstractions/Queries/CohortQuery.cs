using Actors.Filtering;

namespace Actors.Queries;

/// <summary>What puts users into cohorts: a value of their traces.</summary>
public enum CohortBy
{
    /// <summary>A value of the metadata.</summary>
    Metadata,

    /// <summary>Each tag.</summary>
    Tag,

    /// <summary>The version of the component.</summary>
    Version,

    /// <summary>The deployment.</summary>
    Release,

    /// <summary>The environment.</summary>
    Environment,

    /// <summary>The name of the trace.</summary>
    Name,
}

/// <summary>Compares the users behind different values.</summary>
[GenerateSerializer, Immutable, Alias("actors.CohortQuery")]
public sealed record CohortQuery
{
    /// <summary>The most cohorts of one answer.</summary>
    public const int MaxLimit = 100;

    /// <summary>What is compared.</summary>
    [Id(0)]
    public required CohortBy By { get; init; }

    /// <summary>The key of the metadata; only for <see cref="CohortBy.Metadata"/>.</summary>
    [Id(1)]
    public string Key { get; init; } = "";

    /// <summary>When the traces began, inclusive.</summary>
    [Id(2)]
    public DateTimeOffset? From { get; init; }

    /// <summary>When the traces began, exclusive.</summary>
    [Id(3)]
    public DateTimeOffset? To { get; init; }

    /// <summary>Conditions on the columns of <see cref="FilterCatalog.Traces"/>: only such traces count.</summary>
    [Id(4)]
    public Filter Counted { get; init; } = Filter.Everything;

    /// <summary>1 to <see cref="MaxLimit"/>.</summary>
    [Id(5)]
    public int Limit { get; init; } = 20;
}

/// <summary>The cohorts with the most users.</summary>
/// <param name="Items">Most users first, then by value.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Watermark">The position of the log that the answer includes.</param>
/// <param name="Head">The position that the log had come to when the question was asked.</param>
[GenerateSerializer, Immutable, Alias("actors.Cohorts")]
public sealed record Cohorts(
    [property: Id(0)] IReadOnlyList<Cohort> Items, [property: Id(1)] long Total, [property: Id(2)] long Watermark, [property: Id(3)] long Head)
    : IReadModelAnswer;

/// <summary>The users behind one value. Who has traces of several values is in several cohorts, with the traces of each.</summary>
[GenerateSerializer, Immutable, Alias("actors.Cohort")]
public sealed record Cohort
{
    /// <summary>The value; null: the traces have none.</summary>
    [Id(0)]
    public string? Value { get; init; }

    /// <summary>How many users.</summary>
    [Id(1)]
    public long Users { get; init; }

    /// <summary>Their traces.</summary>
    [Id(2)]
    public long Traces { get; init; }

    /// <summary>Those of them with an observation of level ERROR.</summary>
    [Id(3)]
    public long FailedTraces { get; init; }

    /// <summary>The sum of the costs that are known, in US dollars; null: none is known.</summary>
    [Id(4)]
    public decimal? CostUsd { get; init; }

    /// <summary>What the user in the middle costs, of those whose cost is known; null: none is known.</summary>
    [Id(5)]
    public decimal? MedianCostUsd { get; init; }

    /// <summary>The latency of the trace in the middle, in milliseconds; null: none is known.</summary>
    [Id(6)]
    public double? MedianLatencyMs { get; init; }

    /// <summary>The mean of the feedback, see <see cref="TraceGroup.Satisfaction"/>; null: there is none.</summary>
    [Id(7)]
    public double? Satisfaction { get; init; }

    /// <summary>How many scores the feedback has.</summary>
    [Id(8)]
    public long Feedback { get; init; }
}
