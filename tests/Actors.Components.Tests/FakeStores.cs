using Actors.Annotation;
using Actors.Datasets;
using Actors.Media;

namespace Actors.Components;

/// <summary>The stores that the actions on rows write to, in memory and only as far as they are asked.</summary>
public sealed class FakeStores : IDatasetStore, IDatasetItemStore, IAnnotationStore, IMediaRemoval
{
    public List<string> Datasets { get; } = [];

    public List<DatasetItemDraft> Items { get; } = [];

    public List<AnnotationQueueRecord> Queues { get; } = [];

    public List<(string Queue, AnnotationObject Type, string Id)> Queued { get; } = [];

    public List<string> Removals { get; } = [];

    /// <summary>Says why an item does not fit; null: it does.</summary>
    public Func<DatasetItemDraft, string?> Fits { get; set; } = _ => null;

    public Task<DatasetOutcome> SaveAsync(ProjectId project, DatasetDraft draft, CancellationToken cancellationToken)
    {
        Datasets.Add(draft.Name);
        return Task.FromResult(new DatasetOutcome(Dataset(draft.Name)));
    }

    public Task<DatasetRecord?> FindAsync(ProjectId project, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Datasets.Contains(name) ? Dataset(name) : null);

    public Task<Slice<DatasetRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
        Task.FromResult(new Slice<DatasetRecord>([.. Datasets.Select(Dataset)], Datasets.Count));

    public Task<DatasetItemOutcome> SaveAsync(ProjectId project, DatasetItemDraft draft, CancellationToken cancellationToken)
    {
        if (Fits(draft) is { } why)
            return Task.FromResult(new DatasetItemOutcome(DatasetItemResult.DoesNotFit, Detail: why));
        Items.Add(draft);
        return Task.FromResult(new DatasetItemOutcome(DatasetItemResult.Saved));
    }

    public Task<Slice<AnnotationQueueRecord>> ListQueuesAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
        Task.FromResult(new Slice<AnnotationQueueRecord>(Queues, Queues.Count));

    public Task<Outcome<AnnotationItemRecord>> AddItemAsync(
        ProjectId project, string queueId, AnnotationObject type, string objectId, AnnotationStatus status, CancellationToken cancellationToken)
    {
        if (Queues.TrueForAll(q => q.Id != queueId))
            return Task.FromResult<Outcome<AnnotationItemRecord>>(Refusal.NotFound("There is no such queue."));
        Queued.Add((queueId, type, objectId));
        return Task.FromResult<Outcome<AnnotationItemRecord>>(new AnnotationItemRecord("i", queueId, objectId, type, status, null, Sample.T0, Sample.T0));
    }

    public Task<string?> BeginAsync(ProjectId project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken) =>
        Task.FromResult<string?>(string.Join(',', traceIds));

    public Task FinishAsync(ProjectId project, string removal, CancellationToken cancellationToken)
    {
        Removals.Add(removal);
        return Task.CompletedTask;
    }

    Task<DatasetItemRecord?> IDatasetItemStore.FindAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DatasetRecord?> FindByIdAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyDictionary<string, DatasetContents>> ListContentsAsync(
        ProjectId project, IReadOnlyList<string> datasetIds, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Slice<DatasetItemRecord>> ListAsync(ProjectId project, DatasetItemQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<AnnotationQueueRecord>> FindQueueAsync(ProjectId project, string queueId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<AnnotationQueueRecord>> AddQueueAsync(
        ProjectId project, string name, string? description, IReadOnlyList<string> scoreConfigIds, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<Slice<AnnotationItemRecord>>> ListItemsAsync(
        ProjectId project, string queueId, AnnotationStatus? status, PageRequest page, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<AnnotationItemRecord>> FindItemAsync(ProjectId project, string queueId, string itemId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Outcome<AnnotationItemRecord>> SetStatusAsync(
        ProjectId project, string queueId, string itemId, AnnotationStatus? status, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Refusal?> DeleteItemAsync(ProjectId project, string queueId, string itemId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Refusal?> AssignAsync(ProjectId project, string queueId, string userId, bool isAssigned, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private static DatasetRecord Dataset(string name) => new() { Id = name, Name = name, CreatedAt = Sample.T0, UpdatedAt = Sample.T0 };
}
