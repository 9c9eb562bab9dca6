using Actors.Filtering;

namespace Actors.Queries;

/// <summary>What brings traces together.</summary>
public enum TraceGroupKind
{
    /// <summary>The session they name.</summary>
    Session,

    /// <summary>The user they name.</summary>
    User,
}

/// <summary>Which sessions or users, in which order, how much of them.</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceGroupQuery")]
public sealed record TraceGroupQuery
{
    /// <summary>The largest page.</summary>
    public const int MaxLimit = 200;

    /// <summary>Sessions or users.</summary>
    [Id(0)]
    public required TraceGroupKind Kind { get; init; }

    /// <summary>Skips this many.</summary>
    [Id(1)]
    public int Offset { get; init; }

    /// <summary>1 to <see cref="MaxLimit"/>.</summary>
    [Id(2)]
    public int Limit { get; init; } = 50;

    /// <summary>Conditions on the columns of <see cref="FilterCatalog.Of(TraceGroupKind)"/>: on the groups as they have been summed up.</summary>
    [Id(3)]
    public Filter Filter { get; init; } = Filter.Everything;

    /// <summary>Conditions on the columns of <see cref="FilterCatalog.Traces"/>: only such traces count.</summary>
    [Id(4)]
    public Filter Counted { get; init; } = Filter.Everything;

    /// <summary>
    /// Inclusive. Of users, traces that began earlier do not count. A session is not torn apart: it is wanted as a whole when it
    /// was not over before.
    /// </summary>
    [Id(5)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive. Of users, traces that began later do not count; a session is wanted as a whole when it began before.</summary>
    [Id(6)]
    public DateTimeOffset? To { get; init; }

    /// <summary>The order; ties are broken by id.</summary>
    [Id(7)]
    public TraceGroupOrder OrderBy { get; init; } = TraceGroupOrder.LastAt;

    /// <summary>Whether the largest come first.</summary>
    [Id(8)]
    public bool Descending { get; init; } = true;

    /// <summary>Only groups whose first row has a position above this one: «new since».</summary>
    [Id(9)]
    public long? FirstPositionAfter { get; init; }

    /// <summary>Only groups whose first row has a position at or below this one: a list that does not jump.</summary>
    [Id(10)]
    public long? FirstPositionUpTo { get; init; }

    /// <summary>Only groups with these ids; empty: all.</summary>
    [Id(11)]
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Whether the answer says how many there are over all pages.</summary>
    [Id(12)]
    public bool WithTotal { get; init; } = true;

    /// <summary>Whether those that stand out from all others are marked, which costs a look at all of them.</summary>
    [Id(13)]
    public bool WithOutliers { get; init; }
}

/// <summary>The columns that a list of sessions or users can be ordered by.</summary>
public enum TraceGroupOrder
{
    /// <summary>When its last trace began.</summary>
    LastAt,

    /// <summary>When its first trace began.</summary>
    FirstAt,

    /// <summary>Its id.</summary>
    Id,

    /// <summary>The number of traces.</summary>
    Traces,

    /// <summary>The number of observations.</summary>
    Observations,

    /// <summary>From the start of the first trace to the start of the last.</summary>
    Duration,

    /// <summary>Its cost.</summary>
    Cost,

    /// <summary>Its total tokens.</summary>
    Tokens,

    /// <summary>The number of errors.</summary>
    Errors,

    /// <summary>Those that stand out first, then by cost; needs <see cref="TraceGroupQuery.WithOutliers"/>.</summary>
    Outlier,
}

/// <summary>In what a session or user stands out from all others.</summary>
[Flags]
public enum TraceGroupOutlier
{
    /// <summary>In nothing.</summary>
    None = 0,

    /// <summary>Its cost is far above that of most others.</summary>
    Spend = 1,

    /// <summary>At least three of its traces failed, and their share is far above that of most others.</summary>
    Failure = 2,
}

/// <summary>What the traces of one session or user add up to.</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceGroup")]
public sealed record TraceGroup
{
    /// <summary>The most users, environments, tags and releases that are told of one.</summary>
    public const int MaxValues = 20;

    /// <summary>The most values of <see cref="Course"/>.</summary>
    public const int MaxCourse = 24;

    /// <summary>The session or the user, as the application calls it.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The traces that count.</summary>
    [Id(1)]
    public long Traces { get; init; }

    /// <summary>Those of them with an observation of level ERROR.</summary>
    [Id(2)]
    public long FailedTraces { get; init; }

    /// <summary>Their observations.</summary>
    [Id(3)]
    public long Observations { get; init; }

    /// <summary>Observations that have begun and not ended.</summary>
    [Id(4)]
    public long Running { get; init; }

    /// <summary>Observations of level ERROR.</summary>
    [Id(5)]
    public long Errors { get; init; }

    /// <summary>Observations of level WARNING.</summary>
    [Id(6)]
    public long Warnings { get; init; }

    /// <summary>When the first trace began.</summary>
    [Id(7)]
    public DateTimeOffset FirstAt { get; init; }

    /// <summary>When the last trace began.</summary>
    [Id(8)]
    public DateTimeOffset LastAt { get; init; }

    /// <summary>When the newest row of any of the traces was received.</summary>
    [Id(9)]
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Units of usage whose key contains «input».</summary>
    [Id(10)]
    public long InputTokens { get; init; }

    /// <summary>Units of usage whose key contains «output».</summary>
    [Id(11)]
    public long OutputTokens { get; init; }

    /// <summary>The sum of the totals.</summary>
    [Id(12)]
    public long TotalTokens { get; init; }

    /// <summary>The sum of the costs that are known, in US dollars; null: none is known.</summary>
    [Id(13)]
    public decimal? CostUsd { get; init; }

    /// <summary>The part of <see cref="CostUsd"/> of kinds whose key contains «input»; null: none is known.</summary>
    [Id(14)]
    public decimal? InputCostUsd { get; init; }

    /// <summary>The part of <see cref="CostUsd"/> of kinds whose key contains «output»; null: none is known.</summary>
    [Id(15)]
    public decimal? OutputCostUsd { get; init; }

    /// <summary>How many sessions the traces name.</summary>
    [Id(16)]
    public long Sessions { get; init; }

    /// <summary>The users that the traces name, sorted; the first <see cref="MaxValues"/>.</summary>
    [Id(17)]
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Their environments, sorted; the first <see cref="MaxValues"/>.</summary>
    [Id(18)]
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Their tags, sorted; the first <see cref="MaxValues"/>.</summary>
    [Id(19)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Their releases, sorted; the first <see cref="MaxValues"/>.</summary>
    [Id(20)]
    public IReadOnlyList<string> Releases { get; init; } = [];

    /// <summary>Numeric and boolean scores by name, most given first: those of the traces, and of a session its own.</summary>
    [Id(21)]
    public IReadOnlyList<ScoreMean> Scores { get; init; } = [];

    /// <summary>
    /// The mean of the feedback: scores from 0 to 1 that came through the API, which is where applications and their users give
    /// them; null: there is none.
    /// </summary>
    [Id(22)]
    public double? Satisfaction { get; init; }

    /// <summary>
    /// Its course, oldest first: of a session the latency of its last traces in milliseconds, null where there is none; of a user
    /// the number of traces in equal steps of the time that was asked about.
    /// </summary>
    [Id(23)]
    public IReadOnlyList<double?> Course { get; init; } = [];

    /// <summary>In what it stands out.</summary>
    [Id(24)]
    public TraceGroupOutlier Outlier { get; init; }

    /// <summary>From the start of the first trace to the start of the last.</summary>
    public TimeSpan Duration => LastAt - FirstAt;

    /// <summary>The share of the traces that failed.</summary>
    public double FailedShare => Traces > 0 ? (double)FailedTraces / Traces : 0;
}

/// <summary>The mean of the scores of one name.</summary>
/// <param name="Name">What is scored.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Mean">Their mean; of boolean ones the share of those that are true.</param>
[GenerateSerializer, Immutable, Alias("actors.ScoreMean")]
public readonly record struct ScoreMean([property: Id(0)] string Name, [property: Id(1)] long Count, [property: Id(2)] double Mean);

/// <summary>Counts of sessions or users by facet value, most first, at most 20 values each.</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceGroupFacets")]
public sealed record TraceGroupFacets(
    [property: Id(0)] IReadOnlyList<FacetValue> Environments,
    [property: Id(1)] IReadOnlyList<FacetValue> Levels,
    [property: Id(2)] IReadOnlyList<FacetValue> Tags,
    [property: Id(3)] IReadOnlyList<FacetValue> Releases);
