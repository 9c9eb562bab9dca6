using Actors.Filtering;

namespace Actors.Queries;

/// <summary>Which traces, in which order, how much of them.</summary>
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

    /// <summary>Conditions on the columns of <see cref="FilterCatalog.Traces"/>.</summary>
    [Id(3)]
    public Filter Filter { get; init; } = Filter.Everything;

    /// <summary>When it began, inclusive.</summary>
    [Id(4)]
    public DateTimeOffset? From { get; init; }

    /// <summary>When it began, exclusive.</summary>
    [Id(5)]
    public DateTimeOffset? To { get; init; }

    /// <summary>The order; ties are broken by id.</summary>
    [Id(6)]
    public TraceOrder OrderBy { get; init; } = TraceOrder.Timestamp;

    /// <summary>Whether the largest come first.</summary>
    [Id(7)]
    public bool Descending { get; init; } = true;

    /// <summary>How many characters of input, output and metadata are wanted; null: all, 0: none.</summary>
    [Id(8)]
    public int? TextLimit { get; init; }

    /// <summary>Only traces whose first row has a position above this one: «new since».</summary>
    [Id(9)]
    public long? FirstPositionAfter { get; init; }

    /// <summary>Only traces whose first row has a position at or below this one: a list that does not jump.</summary>
    [Id(10)]
    public long? FirstPositionUpTo { get; init; }

    /// <summary>Whether the answer says how many there are over all pages, which costs a second look at all of them.</summary>
    [Id(11)]
    public bool WithTotal { get; init; } = true;
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

    /// <summary>Whether a person marked it.</summary>
    Bookmarked,
}
