namespace Actors.Queries;

/// <summary>Which sessions. Null and empty filters match all.</summary>
[GenerateSerializer, Immutable, Alias("actors.SessionQuery")]
public sealed record SessionQuery
{
    /// <summary>From 1.</summary>
    [Id(0)]
    public int Page { get; init; } = 1;

    /// <summary>1 to 1,000.</summary>
    [Id(1)]
    public int Limit { get; init; } = 50;

    /// <summary>Creation, inclusive.</summary>
    [Id(2)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Creation, exclusive.</summary>
    [Id(3)]
    public DateTimeOffset? To { get; init; }

    /// <summary>Any of these environments.</summary>
    [Id(4)]
    public IReadOnlyList<string> Environments { get; init; } = [];
}

/// <summary>A session: the traces that carry its id.</summary>
/// <param name="Id">The id that the application chose.</param>
/// <param name="CreatedAt">When its first trace was received.</param>
/// <param name="Environment">The environment of its first trace.</param>
/// <param name="TraceCount">How many traces carry its id.</param>
[GenerateSerializer, Immutable, Alias("actors.SessionRecord")]
public sealed record SessionRecord(
    [property: Id(0)] string Id,
    [property: Id(1)] DateTimeOffset CreatedAt,
    [property: Id(2)] string Environment,
    [property: Id(3)] long TraceCount);
