namespace Actors.Datasets;

/// <summary>The datasets of all projects. Safe for concurrent callers; every call sees what was answered before it.</summary>
public interface IDatasetStore
{
    /// <summary>
    /// Makes or changes the dataset of a name. A schema that is set is checked against every item there is: either all fit
    /// it and from then on all do, or nothing is saved.
    /// </summary>
    Task<DatasetOutcome> SaveAsync(ProjectId project, DatasetDraft draft, CancellationToken cancellationToken);

    /// <summary>One dataset; null when there is none of that name.</summary>
    Task<DatasetRecord?> FindAsync(ProjectId project, string name, CancellationToken cancellationToken);

    /// <summary>One dataset; null when there is none with that id.</summary>
    Task<DatasetRecord?> FindByIdAsync(ProjectId project, string id, CancellationToken cancellationToken);

    /// <summary>A page of datasets, newest first.</summary>
    Task<Slice<DatasetRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken);

    /// <summary>What is in some datasets, by their ids; up to <paramref name="limit"/> names of each kind and dataset.</summary>
    Task<IReadOnlyDictionary<string, DatasetContents>> ListContentsAsync(
        ProjectId project, IReadOnlyList<string> datasetIds, int limit, CancellationToken cancellationToken);
}

/// <summary>
/// The items of datasets. Every write makes a new version and keeps the old ones, so that a dataset can be read as it was at
/// any moment. Safe for concurrent callers; every call sees what was answered before it.
/// </summary>
public interface IDatasetItemStore
{
    /// <summary>Makes or changes an item, as a new version of it.</summary>
    Task<DatasetItemOutcome> SaveAsync(ProjectId project, DatasetItemDraft draft, CancellationToken cancellationToken);

    /// <summary>The newest version of an item, archived ones too; null when there is none or it was deleted.</summary>
    Task<DatasetItemRecord?> FindAsync(ProjectId project, string id, CancellationToken cancellationToken);

    /// <summary>A page of active items, newest first, those of the same millisecond by id.</summary>
    Task<Slice<DatasetItemRecord>> ListAsync(ProjectId project, DatasetItemQuery query, CancellationToken cancellationToken);

    /// <summary>Ends the life of an item; earlier versions of its dataset keep it.</summary>
    /// <returns>Whether there was one.</returns>
    Task<bool> DeleteAsync(ProjectId project, string id, CancellationToken cancellationToken);
}
