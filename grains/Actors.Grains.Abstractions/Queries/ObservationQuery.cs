using Actors.Tracing;

namespace Actors.Queries;

/// <summary>Which observations. Null and empty filters match all.</summary>
[GenerateSerializer, Immutable, Alias("actors.ObservationQuery")]
public sealed record ObservationQuery
{
    /// <summary>From 1.</summary>
    [Id(0)]
    public int Page { get; init; } = 1;

    /// <summary>1 to 1,000.</summary>
    [Id(1)]
    public int Limit { get; init; } = 50;

    /// <summary>The exact name.</summary>
    [Id(2)]
    public string? Name { get; init; }

    /// <summary>The user of the trace.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>The type.</summary>
    [Id(4)]
    public ObservationType? Type { get; init; }

    /// <summary>The trace.</summary>
    [Id(5)]
    public string? TraceId { get; init; }

    /// <summary>The level.</summary>
    [Id(6)]
    public ObservationLevel? Level { get; init; }

    /// <summary>The parent.</summary>
    [Id(7)]
    public string? ParentObservationId { get; init; }

    /// <summary>Any of these environments.</summary>
    [Id(8)]
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Start time, inclusive.</summary>
    [Id(9)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Start time, exclusive.</summary>
    [Id(10)]
    public DateTimeOffset? To { get; init; }

    /// <summary>The exact version.</summary>
    [Id(11)]
    public string? Version { get; init; }
}
