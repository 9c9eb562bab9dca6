using Actors.Live;

namespace Actors.Queries;

/// <summary>Asks which traces run, and what they are at.</summary>
[GenerateSerializer, Immutable, Alias("actors.RunningQuery")]
public sealed record RunningQuery
{
    /// <summary>The most traces that are told.</summary>
    public const int MaxLimit = 50;

    /// <summary>Only traces that had news since then.</summary>
    [Id(0)]
    public required DateTimeOffset Since { get; init; }

    /// <summary>How many traces, 1 to <see cref="MaxLimit"/>; those with the latest news.</summary>
    [Id(1)]
    public int Limit { get; init; } = 12;

    /// <summary>Which traces.</summary>
    [Id(2)]
    public LiveFilter Filter { get; init; } = LiveFilter.Everything;
}

/// <summary>The answer to a <see cref="RunningQuery"/>.</summary>
/// <param name="Watermark">The position of the log that it includes.</param>
/// <param name="Items">The one that began first comes first.</param>
[GenerateSerializer, Immutable, Alias("actors.RunningAgents")]
public sealed record RunningAgents([property: Id(0)] long Watermark, [property: Id(1)] IReadOnlyList<RunningAgent> Items);

/// <summary>A trace in which something has begun and not ended.</summary>
/// <param name="TraceId">The trace.</param>
/// <param name="Name">Its name.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="UpdatedAt">When its newest row was received.</param>
/// <param name="Summary">What its observations add up to so far.</param>
/// <param name="Step">What it is at; null: that is not known yet.</param>
[GenerateSerializer, Immutable, Alias("actors.RunningAgent")]
public sealed record RunningAgent(
    [property: Id(0)] string TraceId,
    [property: Id(1)] string? Name,
    [property: Id(2)] DateTimeOffset StartedAt,
    [property: Id(3)] DateTimeOffset UpdatedAt,
    [property: Id(4)] Tracing.TraceSummary Summary,
    [property: Id(5)] RunningStep? Step);

/// <summary>The deepest observation that runs; of several the one that began last.</summary>
/// <param name="ObservationId">The observation.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Model">The model that it calls; null: none.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Depth">How many observations that run it is a part of.</param>
[GenerateSerializer, Immutable, Alias("actors.RunningStep")]
public sealed record RunningStep(
    [property: Id(0)] string ObservationId,
    [property: Id(1)] string? Name,
    [property: Id(2)] Tracing.ObservationType Type,
    [property: Id(3)] string? Model,
    [property: Id(4)] DateTimeOffset StartedAt,
    [property: Id(5)] int Depth);
