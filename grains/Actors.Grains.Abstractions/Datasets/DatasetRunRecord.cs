namespace Actors.Datasets;

/// <summary>A run: one pass of an application over the items of a dataset.</summary>
public sealed record DatasetRunRecord
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxNameLength = 1000;

    /// <summary>The longest name in bytes of UTF-8: what an index of PostgreSQL has room for.</summary>
    public const int MaxNameBytes = 2400;

    /// <summary>Its id: the same project, dataset and name always give the same one.</summary>
    public required string Id { get; init; }

    /// <summary>Its name: one run of a dataset has it.</summary>
    public required string Name { get; init; }

    /// <summary>What was tried.</summary>
    public string? Description { get; init; }

    /// <summary>JSON text of any value.</summary>
    public string? Metadata { get; init; }

    /// <summary>The dataset.</summary>
    public required string DatasetId { get; init; }

    /// <summary>The name of the dataset.</summary>
    public required string DatasetName { get; init; }

    /// <summary>When its first item was linked.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last got another description or other metadata.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>What became of one item in a run.</summary>
public sealed record DatasetRunItemRecord
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The name of the run.</summary>
    public required string RunName { get; init; }

    /// <summary>The dataset.</summary>
    public required string DatasetId { get; init; }

    /// <summary>The item that was run.</summary>
    public required string ItemId { get; init; }

    /// <summary>The trace of the work on it.</summary>
    public required string TraceId { get; init; }

    /// <summary>The observation of the work on it; null: the whole trace.</summary>
    public string? ObservationId { get; init; }

    /// <summary>When it was linked, or when the client says it was.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was linked.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>Links a trace to an item in a run; the run is made when there is none of that name.</summary>
/// <param name="RunName">The run of the item's dataset.</param>
/// <param name="ItemId">The item, which must be active.</param>
/// <param name="TraceId">The trace; it need not exist yet.</param>
/// <param name="ObservationId">The observation; null: the whole trace.</param>
public sealed record DatasetRunItemDraft(string RunName, string ItemId, string TraceId, string? ObservationId)
{
    /// <summary>The description of the run; null keeps what it has.</summary>
    public string? RunDescription { get; init; }

    /// <summary>JSON text of the metadata of the run; null keeps what it has.</summary>
    public string? RunMetadata { get; init; }

    /// <summary>The moment whose items were run; it becomes <c>dataset_version</c> in the metadata of the run.</summary>
    public DateTimeOffset? DatasetVersion { get; init; }

    /// <summary>When it was linked; null: now.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}

/// <summary>The runs of datasets. Safe for concurrent callers; every call sees what was answered before it.</summary>
public interface IDatasetRunStore
{
    /// <summary>
    /// Links a trace to an item. The same link again changes nothing but the run's description and metadata, so a client may
    /// repeat a call whose answer it did not get.
    /// </summary>
    /// <returns>The link; null when there is no such item or it is archived.</returns>
    Task<DatasetRunItemRecord?> AddItemAsync(ProjectId project, DatasetRunItemDraft draft, CancellationToken cancellationToken);

    /// <summary>A page of the runs of a dataset, newest first.</summary>
    Task<Slice<DatasetRunRecord>> ListAsync(ProjectId project, string datasetId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>One run; null when the dataset has none of that name.</summary>
    Task<DatasetRunRecord?> FindAsync(ProjectId project, string datasetId, string name, CancellationToken cancellationToken);

    /// <summary>The runs with these ids that exist.</summary>
    Task<IReadOnlyList<DatasetRunRecord>> FindByIdAsync(ProjectId project, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>A page of the links of a run, newest first.</summary>
    Task<Slice<DatasetRunItemRecord>> ListItemsAsync(ProjectId project, string runId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Removes a run and its links; the traces stay.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(ProjectId project, string datasetId, string name, CancellationToken cancellationToken);
}
