using Actors.Filtering;

namespace Actors.Queries;

/// <summary>Which observations, how much of them.</summary>
[GenerateSerializer, Immutable, Alias("actors.ObservationQuery")]
public sealed record ObservationQuery
{
    /// <summary>The largest page: one more than the contract's, to see whether another follows.</summary>
    public const int MaxLimit = 1001;

    /// <summary>From 1.</summary>
    [Id(0)]
    public int Page { get; init; } = 1;

    /// <summary>1 to <see cref="MaxLimit"/>.</summary>
    [Id(1)]
    public int Limit { get; init; } = 50;

    /// <summary>Conditions on the columns of <see cref="FilterCatalog.Observations"/>.</summary>
    [Id(2)]
    public Filter Filter { get; init; } = Filter.Everything;

    /// <summary>Start time, inclusive.</summary>
    [Id(3)]
    public DateTimeOffset? From { get; init; }

    /// <summary>Start time, exclusive.</summary>
    [Id(4)]
    public DateTimeOffset? To { get; init; }

    /// <summary>Only what comes after this place of the order; null: from the beginning.</summary>
    [Id(5)]
    public ObservationPlace? After { get; init; }

    /// <summary>Whether input and output are wanted.</summary>
    [Id(6)]
    public bool WithIo { get; init; } = true;

    /// <summary>Whether metadata is wanted.</summary>
    [Id(7)]
    public bool WithMetadata { get; init; } = true;

    /// <summary>Whether the answer says how many there are over all pages, which costs a second look at all of them.</summary>
    [Id(8)]
    public bool WithTotal { get; init; } = true;

    /// <summary>Only observations that stand for an item of these experiments; null: no matter what they stand for.</summary>
    [Id(9)]
    public ExperimentItems? ExperimentItems { get; init; }

    /// <summary>Skips this many observations on top of the pages, for virtualized lists.</summary>
    [Id(10)]
    public int Offset { get; init; }

    /// <summary>The order; ties are broken by trace and id. <see cref="After"/> is a place in the usual one.</summary>
    [Id(11)]
    public ObservationOrder OrderBy { get; init; } = ObservationOrder.StartTime;

    /// <summary>Whether the largest come first.</summary>
    [Id(12)]
    public bool Descending { get; init; } = true;

    /// <summary>How many characters of input, output and metadata are wanted, where they are; null: all.</summary>
    [Id(13)]
    public int? TextLimit { get; init; }

    /// <summary>Only observations of which the first row was received after this moment: «new since».</summary>
    [Id(14)]
    public DateTimeOffset? ReceivedAfter { get; init; }

    /// <summary>Only observations of which the first row was received up to this moment: a list that does not jump.</summary>
    [Id(15)]
    public DateTimeOffset? ReceivedUpTo { get; init; }
}

/// <summary>The columns that a list of observations can be ordered by.</summary>
public enum ObservationOrder
{
    /// <summary>When it began.</summary>
    StartTime,

    /// <summary>When it ended.</summary>
    EndTime,

    /// <summary>Its name.</summary>
    Name,

    /// <summary>Its kind.</summary>
    Type,

    /// <summary>Its level.</summary>
    Level,

    /// <summary>Its model.</summary>
    Model,

    /// <summary>Its environment.</summary>
    Environment,

    /// <summary>Its latency.</summary>
    Latency,

    /// <summary>The time to its first token.</summary>
    TimeToFirstToken,

    /// <summary>Its output tokens per second.</summary>
    TokensPerSecond,

    /// <summary>Its input tokens.</summary>
    InputTokens,

    /// <summary>Its output tokens.</summary>
    OutputTokens,

    /// <summary>Its total tokens.</summary>
    TotalTokens,

    /// <summary>Its cost.</summary>
    Cost,
}

/// <summary>Which items of which experiments. Empty lists match all.</summary>
[GenerateSerializer, Immutable, Alias("actors.ExperimentItems")]
public sealed record ExperimentItems
{
    /// <summary>The ids of the experiments.</summary>
    [Id(0)]
    public IReadOnlyList<string> ExperimentIds { get; init; } = [];

    /// <summary>The names of the experiments.</summary>
    [Id(1)]
    public IReadOnlyList<string> ExperimentNames { get; init; } = [];

    /// <summary>The ids of the items.</summary>
    [Id(2)]
    public IReadOnlyList<string> ItemIds { get; init; } = [];

    /// <summary>The datasets of the items.</summary>
    [Id(3)]
    public IReadOnlyList<string> DatasetIds { get; init; } = [];

    /// <summary>Conditions on the columns of <see cref="FilterCatalog.ExperimentItems"/>.</summary>
    [Id(4)]
    public Filter Filter { get; init; } = Filter.Everything;
}

/// <summary>A place in the order of observations.</summary>
/// <param name="StartTime">The start of the observation there.</param>
/// <param name="TraceId">Its trace.</param>
/// <param name="Id">Its id.</param>
[GenerateSerializer, Immutable, Alias("actors.ObservationPlace")]
public sealed record ObservationPlace(
    [property: Id(0)] DateTimeOffset StartTime, [property: Id(1)] string TraceId, [property: Id(2)] string Id);
