using Actors.Filtering;

namespace Actors.Queries;

/// <summary>Which experiments, as the observations within a time say. Empty lists match all.</summary>
[GenerateSerializer, Immutable, Alias("actors.ExperimentQuery")]
public sealed record ExperimentQuery
{
    /// <summary>1 to 1,000.</summary>
    [Id(0)]
    public int Limit { get; init; } = 50;

    /// <summary>Start of the observations, inclusive.</summary>
    [Id(1)]
    public required DateTimeOffset From { get; init; }

    /// <summary>Start of the observations, exclusive.</summary>
    [Id(2)]
    public DateTimeOffset? To { get; init; }

    /// <summary>Their ids.</summary>
    [Id(3)]
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Their names.</summary>
    [Id(4)]
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Their datasets.</summary>
    [Id(5)]
    public IReadOnlyList<string> DatasetIds { get; init; } = [];

    /// <summary>Conditions on the columns of <see cref="FilterCatalog.Experiments"/>.</summary>
    [Id(6)]
    public Filter Filter { get; init; } = Filter.Everything;

    /// <summary>Only what comes after this place of the order; null: from the beginning.</summary>
    [Id(7)]
    public ExperimentPlace? After { get; init; }
}

/// <summary>A place in the order of experiments.</summary>
/// <param name="LastActivity">The start of the newest observation.</param>
/// <param name="Id">The experiment.</param>
[GenerateSerializer, Immutable, Alias("actors.ExperimentPlace")]
public sealed record ExperimentPlace([property: Id(0)] DateTimeOffset LastActivity, [property: Id(1)] string Id);

/// <summary>An experiment as its observations say it; where they differ, the newest one counts.</summary>
[GenerateSerializer, Immutable, Alias("actors.ExperimentRecord")]
public sealed record ExperimentRecord
{
    /// <summary>Its id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    [Id(1)]
    public string? Name { get; init; }

    /// <summary>What it is about.</summary>
    [Id(2)]
    public string? Description { get; init; }

    /// <summary>The first start.</summary>
    [Id(3)]
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>The last end; what has not ended, or ended before it began, counts with its start.</summary>
    [Id(4)]
    public required DateTimeOffset EndTime { get; init; }

    /// <summary>The start of the newest observation.</summary>
    [Id(5)]
    public required DateTimeOffset LastActivity { get; init; }

    /// <summary>How many observations stand for an item: as many as <see cref="ExperimentItems"/> finds.</summary>
    [Id(6)]
    public required long ItemCount { get; init; }

    /// <summary>The dataset; null for data that the client brought.</summary>
    [Id(7)]
    public string? DatasetId { get; init; }

    /// <summary>JSON text of its metadata.</summary>
    [Id(8)]
    public string? Metadata { get; init; }
}
