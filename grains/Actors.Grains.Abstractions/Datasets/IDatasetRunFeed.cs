namespace Actors.Datasets;

/// <summary>
/// The links of all runs of a project in the order of their times: a run is read here as an experiment, whatever dataset it
/// is over. Safe for concurrent callers; every call sees what was answered before it.
/// </summary>
public interface IDatasetRunFeed
{
    /// <summary>Runs with links that are wanted, the newest such link first, then by the run's id, the last first.</summary>
    Task<IReadOnlyList<DatasetRunActivity>> ListRunsAsync(ProjectId project, RunLinkQuery query, CancellationToken cancellationToken);

    /// <summary>Links that are wanted, newest first, then by id, the last first.</summary>
    Task<IReadOnlyList<DatasetRunLink>> ListLinksAsync(ProjectId project, RunLinkQuery query, CancellationToken cancellationToken);

    /// <summary>The items of some links, by the ids of the links, as they were when they were linked.</summary>
    Task<IReadOnlyDictionary<string, DatasetItemRecord>> FindItemsAsync(
        ProjectId project, IReadOnlyList<string> linkIds, CancellationToken cancellationToken);
}

/// <summary>Which links of which runs. Empty lists match all.</summary>
/// <param name="Limit">The most answers; at least 1.</param>
/// <param name="From">When they were linked, inclusive.</param>
/// <param name="To">When they were linked, exclusive; null: no matter how late.</param>
public sealed record RunLinkQuery(int Limit, DateTimeOffset From, DateTimeOffset? To)
{
    /// <summary>The runs.</summary>
    public IReadOnlyList<string> RunIds { get; init; } = [];

    /// <summary>The names of the runs.</summary>
    public IReadOnlyList<string> RunNames { get; init; } = [];

    /// <summary>The datasets.</summary>
    public IReadOnlyList<string> DatasetIds { get; init; } = [];

    /// <summary>The items that were run.</summary>
    public IReadOnlyList<string> ItemIds { get; init; } = [];

    /// <summary>Runs that are not wanted; here an empty list leaves none out.</summary>
    public IReadOnlyList<string> ExceptRunIds { get; init; } = [];

    /// <summary>Only what comes after this place of the order; null: from the beginning.</summary>
    public RunLinkPlace? After { get; init; }
}

/// <summary>A place in the order of links or of runs.</summary>
/// <param name="Time">The time of the link there, of a run its newest one.</param>
/// <param name="Id">Its id; null: the place before everything of that time.</param>
public sealed record RunLinkPlace(DateTimeOffset Time, string? Id);

/// <summary>What is listed: a run or a link.</summary>
public interface IDatasetRunFeedEntry
{
    /// <summary>The run, or that of the link.</summary>
    DatasetRunRecord Run { get; }

    /// <summary>Where it is in its order.</summary>
    RunLinkPlace Place { get; }
}

/// <summary>A run with what its links add up to, those alone that were asked for.</summary>
/// <param name="Run">The run.</param>
/// <param name="First">The time of the oldest link.</param>
/// <param name="Last">The time of the newest link.</param>
/// <param name="Links">How many there are.</param>
public sealed record DatasetRunActivity(DatasetRunRecord Run, DateTimeOffset First, DateTimeOffset Last, long Links) : IDatasetRunFeedEntry
{
    /// <inheritdoc/>
    public RunLinkPlace Place => new(Last, Run.Id);
}

/// <summary>A link with its run.</summary>
/// <param name="Link">The link.</param>
/// <param name="Run">Its run.</param>
public sealed record DatasetRunLink(DatasetRunItemRecord Link, DatasetRunRecord Run) : IDatasetRunFeedEntry
{
    /// <inheritdoc/>
    public RunLinkPlace Place => new(Link.CreatedAt, Link.Id);
}
