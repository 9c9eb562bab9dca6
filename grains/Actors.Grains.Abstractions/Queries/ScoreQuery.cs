using Actors.Filtering;
using Actors.Tracing;

namespace Actors.Queries;

/// <summary>Which scores, newest first. Null and empty filters match all; several values of one filter match any of them.</summary>
[GenerateSerializer, Immutable, Alias("actors.ScoreQuery")]
public sealed record ScoreQuery
{
    /// <summary>From 1; of no meaning beside <see cref="After"/>.</summary>
    [Id(0)]
    public int Page { get; init; } = 1;

    /// <summary>1 to 1,000.</summary>
    [Id(1)]
    public int Limit { get; init; } = 50;

    /// <summary>The last score of the page before; null: from the newest on, or by <see cref="Page"/>.</summary>
    [Id(2)]
    public ScoreCursor? After { get; init; }

    /// <summary>Whether the scores over all pages are counted.</summary>
    [Id(3)]
    public bool WithTotal { get; init; } = true;

    /// <summary>Whether only scores of traces and observations are meant, and no corrections (the contract's first version).</summary>
    [Id(4)]
    public bool TraceScoresOnly { get; init; }

    /// <summary>Score ids.</summary>
    [Id(5)]
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Exact names.</summary>
    [Id(6)]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Sources.</summary>
    [Id(7)]
    public IReadOnlyList<ScoreSource> Sources { get; init; } = [];

    /// <summary>Types of the value.</summary>
    [Id(8)]
    public IReadOnlyList<ScoreDataType> DataTypes { get; init; } = [];

    /// <summary>Environments of the scores.</summary>
    [Id(9)]
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Score configs.</summary>
    [Id(10)]
    public IReadOnlyList<string> ConfigIds { get; init; } = [];

    /// <summary>Annotation queues.</summary>
    [Id(11)]
    public IReadOnlyList<string> QueueIds { get; init; } = [];

    /// <summary>People who gave them.</summary>
    [Id(12)]
    public IReadOnlyList<string> AuthorUserIds { get; init; } = [];

    /// <summary>Traces that are scored, themselves or by their observations.</summary>
    [Id(13)]
    public IReadOnlyList<string> TraceIds { get; init; } = [];

    /// <summary>Observations that are scored.</summary>
    [Id(14)]
    public IReadOnlyList<string> ObservationIds { get; init; } = [];

    /// <summary>Sessions that are scored.</summary>
    [Id(15)]
    public IReadOnlyList<string> SessionIds { get; init; } = [];

    /// <summary>Dataset runs that are scored.</summary>
    [Id(16)]
    public IReadOnlyList<string> DatasetRunIds { get; init; } = [];

    /// <summary>Comparisons with the number; all of them hold. A score without a number matches none.</summary>
    [Id(17)]
    public IReadOnlyList<ScoreValueTest> ValueTests { get; init; } = [];

    /// <summary>Exact numbers.</summary>
    [Id(18)]
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>Exact labels.</summary>
    [Id(19)]
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Timestamp, inclusive.</summary>
    [Id(20)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Timestamp, exclusive.</summary>
    [Id(21)]
    public DateTimeOffset? To { get; init; }

    /// <summary>The user of the scored trace.</summary>
    [Id(22)]
    public string? UserId { get; init; }

    /// <summary>Tags that the scored trace has, all of them.</summary>
    [Id(23)]
    public IReadOnlyList<string> TraceTags { get; init; } = [];

    /// <summary>A filter over the columns of <see cref="FilterCatalog.Scores"/> that must hold as well.</summary>
    [Id(24)]
    public Filter Filter { get; init; } = Filter.Everything;
}

/// <summary>A place in the order of scores, newest first.</summary>
/// <param name="Timestamp">The timestamp of the score before the place.</param>
/// <param name="Id">The id of that score.</param>
[GenerateSerializer, Immutable, Alias("actors.ScoreCursor")]
public readonly record struct ScoreCursor([property: Id(0)] DateTimeOffset Timestamp, [property: Id(1)] string Id);

/// <summary>A comparison with the number of a score.</summary>
/// <param name="Comparison">How.</param>
/// <param name="Value">With what.</param>
[GenerateSerializer, Immutable, Alias("actors.ScoreValueTest")]
public readonly record struct ScoreValueTest([property: Id(0)] ScoreComparison Comparison, [property: Id(1)] double Value);

/// <summary>How a number is compared.</summary>
public enum ScoreComparison
{
    /// <summary>The same number.</summary>
    Equal,

    /// <summary>Another number.</summary>
    NotEqual,

    /// <summary>A smaller number.</summary>
    Less,

    /// <summary>A smaller or the same number.</summary>
    LessOrEqual,

    /// <summary>A greater number.</summary>
    Greater,

    /// <summary>A greater or the same number.</summary>
    GreaterOrEqual,
}

/// <summary>A score of a list.</summary>
/// <param name="Score">The score.</param>
/// <param name="Trace">The trace it belongs to; null: none, or one that has only scores.</param>
[GenerateSerializer, Immutable, Alias("actors.ScoreItem")]
public sealed record ScoreItem([property: Id(0)] ScoreRecord Score, [property: Id(1)] ScoredTrace? Trace);

/// <summary>What lists of scores say about the scored trace.</summary>
/// <param name="UserId">The application's user.</param>
/// <param name="Tags">Sorted.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="SessionId">The session.</param>
[GenerateSerializer, Immutable, Alias("actors.ScoredTrace")]
public sealed record ScoredTrace(
    [property: Id(0)] string? UserId, [property: Id(1)] IReadOnlyList<string> Tags,
    [property: Id(2)] string Environment, [property: Id(3)] string? SessionId);
