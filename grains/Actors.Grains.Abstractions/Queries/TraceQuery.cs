using Actors.Tracing;

namespace Actors.Queries;

/// <summary>Which traces, in which order, how much of them. Null and empty filters match all.</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceQuery")]
public sealed record TraceQuery
{
    /// <summary>The largest page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>From 1.</summary>
    [Id(0)]
    public int Page { get; init; } = 1;

    /// <summary>1 to <see cref="MaxLimit"/>.</summary>
    [Id(1)]
    public int Limit { get; init; } = 50;

    /// <summary>Skips this many items on top of the pages, for virtualized lists.</summary>
    [Id(2)]
    public int Offset { get; init; }

    /// <summary>The exact user.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>The exact name.</summary>
    [Id(4)]
    public string? Name { get; init; }

    /// <summary>A part of the name, any case.</summary>
    [Id(5)]
    public string? NameContains { get; init; }

    /// <summary>The exact session.</summary>
    [Id(6)]
    public string? SessionId { get; init; }

    /// <summary>Inclusive.</summary>
    [Id(7)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(8)]
    public DateTimeOffset? To { get; init; }

    /// <summary>All of these tags.</summary>
    [Id(9)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The exact version.</summary>
    [Id(10)]
    public string? Version { get; init; }

    /// <summary>The exact release.</summary>
    [Id(11)]
    public string? Release { get; init; }

    /// <summary>Any of these environments.</summary>
    [Id(12)]
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Any of these highest levels.</summary>
    [Id(13)]
    public IReadOnlyList<ObservationLevel> Levels { get; init; } = [];

    /// <summary>Calls any of these models.</summary>
    [Id(14)]
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Any of these exact names.</summary>
    [Id(15)]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The order; ties are broken by id.</summary>
    [Id(16)]
    public TraceOrder OrderBy { get; init; } = TraceOrder.Timestamp;

    /// <summary>Whether the largest come first.</summary>
    [Id(17)]
    public bool Descending { get; init; } = true;

    /// <summary>How many characters of input, output and metadata are wanted; null: all, 0: none.</summary>
    [Id(18)]
    public int? TextLimit { get; init; }

    /// <summary>Only traces whose first row has a position above this one: «new since».</summary>
    [Id(19)]
    public long? FirstPositionAfter { get; init; }

    /// <summary>Only traces whose first row has a position at or below this one: a list that does not jump.</summary>
    [Id(20)]
    public long? FirstPositionUpTo { get; init; }
}

/// <summary>The columns that a list of traces can be ordered by.</summary>
public enum TraceOrder
{
    /// <summary>When it began.</summary>
    Timestamp,

    /// <summary>Its id.</summary>
    Id,

    /// <summary>Its name.</summary>
    Name,

    /// <summary>Its user.</summary>
    UserId,

    /// <summary>Its session.</summary>
    SessionId,

    /// <summary>Its release.</summary>
    Release,

    /// <summary>Its version.</summary>
    Version,

    /// <summary>Whether it is public.</summary>
    Public,

    /// <summary>Its latency.</summary>
    Latency,

    /// <summary>Its cost.</summary>
    Cost,

    /// <summary>Its total tokens.</summary>
    Tokens,
}

/// <summary>Counts of traces by facet value, most first, at most 20 values each.</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceFacets")]
public sealed record TraceFacets(
    [property: Id(0)] IReadOnlyList<FacetValue> Environments,
    [property: Id(1)] IReadOnlyList<FacetValue> Levels,
    [property: Id(2)] IReadOnlyList<FacetValue> Names,
    [property: Id(3)] IReadOnlyList<FacetValue> Models);

/// <summary>One value of a facet.</summary>
/// <param name="Value">The value as it is filtered by.</param>
/// <param name="Count">The number of traces.</param>
[GenerateSerializer, Immutable, Alias("actors.FacetValue")]
public readonly record struct FacetValue([property: Id(0)] string Value, [property: Id(1)] long Count);
