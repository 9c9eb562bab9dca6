using Actors.Live;

namespace Actors.Queries;

/// <summary>Asks for the reasons of errors.</summary>
[GenerateSerializer, Immutable, Alias("actors.FailuresQuery")]
public sealed record FailuresQuery
{
    /// <summary>The most reasons that are told.</summary>
    public const int MaxLimit = 50;

    /// <summary>Inclusive.</summary>
    [Id(0)]
    public required DateTimeOffset From { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(1)]
    public required DateTimeOffset To { get; init; }

    /// <summary>How many reasons, 1 to <see cref="MaxLimit"/>.</summary>
    [Id(2)]
    public int Limit { get; init; } = 8;

    /// <summary>What is counted.</summary>
    [Id(3)]
    public LiveFilter Filter { get; init; } = LiveFilter.Everything;
}

/// <summary>The answer to a <see cref="FailuresQuery"/>.</summary>
/// <param name="Watermark">The position of the log that it includes.</param>
/// <param name="Items">The most frequent first, then the latest.</param>
/// <param name="Reasons">How many reasons there are in all.</param>
[GenerateSerializer, Immutable, Alias("actors.Failures")]
public sealed record Failures([property: Id(0)] long Watermark, [property: Id(1)] IReadOnlyList<Failure> Items, [property: Id(2)] long Reasons);

/// <summary>Observations of level ERROR that have a name and the pattern of a message in common.</summary>
/// <param name="Name">The name of what failed; null: it has none.</param>
/// <param name="Pattern">The status message with <c>#</c> for numbers and ids; empty: there is none.</param>
/// <param name="Message">The message of the last time; null: it had none.</param>
/// <param name="Count">How often it failed.</param>
/// <param name="LastAt">When it counted last.</param>
/// <param name="TraceId">The trace of the last time.</param>
/// <param name="ObservationId">The observation of the last time.</param>
[GenerateSerializer, Immutable, Alias("actors.Failure")]
public sealed record Failure(
    [property: Id(0)] string? Name,
    [property: Id(1)] string Pattern,
    [property: Id(2)] string? Message,
    [property: Id(3)] long Count,
    [property: Id(4)] DateTimeOffset LastAt,
    [property: Id(5)] string TraceId,
    [property: Id(6)] string ObservationId);
