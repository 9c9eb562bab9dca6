namespace Actors.Queries;

/// <summary>Which days, newest first (langfuse-api §13.2). Null and empty filters match all.</summary>
[GenerateSerializer, Immutable, Alias("actors.DailyMetricsQuery")]
public sealed record DailyMetricsQuery
{
    /// <summary>From 1.</summary>
    [Id(0)]
    public int Page { get; init; } = 1;

    /// <summary>Days on a page, 1 to 1,000.</summary>
    [Id(1)]
    public int Limit { get; init; } = 50;

    /// <summary>The name of the trace.</summary>
    [Id(2)]
    public string? TraceName { get; init; }

    /// <summary>The user of the trace.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>Tags that the trace has, all of them.</summary>
    [Id(4)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Any of these environments of the trace.</summary>
    [Id(5)]
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Inclusive.</summary>
    [Id(6)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(7)]
    public DateTimeOffset? To { get; init; }
}

/// <summary>A day, UTC, on which a trace or an observation began.</summary>
/// <param name="Date">The day.</param>
/// <param name="Traces">Traces that began.</param>
/// <param name="Observations">Observations that began.</param>
/// <param name="CostUsd">What they cost.</param>
/// <param name="Models">The observations by model, most first; null stands for those without a model.</param>
[GenerateSerializer, Immutable, Alias("actors.DailyMetrics")]
public sealed record DailyMetrics(
    [property: Id(0)] DateOnly Date, [property: Id(1)] long Traces, [property: Id(2)] long Observations,
    [property: Id(3)] decimal CostUsd, [property: Id(4)] IReadOnlyList<DailyModelMetrics> Models);

/// <summary>The observations of one model on one day.</summary>
[GenerateSerializer, Immutable, Alias("actors.DailyModelMetrics")]
public sealed record DailyModelMetrics(
    [property: Id(0)] string? Model, [property: Id(1)] long InputTokens, [property: Id(2)] long OutputTokens,
    [property: Id(3)] long TotalTokens, [property: Id(4)] decimal CostUsd, [property: Id(5)] long Observations,
    [property: Id(6)] long Traces);
