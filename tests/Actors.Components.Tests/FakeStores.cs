using Actors.Annotation;
using Actors.Comments;
using Actors.Datasets;
using Actors.Media;
using Actors.Scoring;
using Actors.Tracing;

namespace Actors.Components;

/// <summary>The stores that actions on rows and traces write to, in lists.</summary>
public sealed class FakeStores : IScoreConfigStore, IScoreRules, ICommentStore, IDatasetStore, IDatasetItemStore, IAnnotationStore, IMediaRemoval
{
    private static readonly DateTimeOffset Now = Sample.T0;

    public List<ScoreConfigRecord> Configs { get; } = [];

    public List<CommentRecord> Comments { get; } = [];

    public List<string> Datasets { get; } = [];

    public List<DatasetItemDraft> Items { get; } = [];

    /// <summary>Says why an item does not fit; null: it does.</summary>
    public Func<DatasetItemDraft, string?> Fits { get; set; } = _ => null;

    public List<AnnotationQueueRecord> Queues { get; } = [new("q1", "Review", null, ["config"], Now, Now)];

    public List<string> Queued { get; } = [];

    public List<string> Removals { get; } = [];

    Task<Slice<ScoreConfigRecord>> IScoreConfigStore.ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
        Task.FromResult(new Slice<ScoreConfigRecord>([.. Configs], Configs.Count));

    public ValueTask<IReadOnlyDictionary<string, ScoreConfigRecord>> FindAsync(
        ProjectId project, IReadOnlyCollection<string> configIds, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyDictionary<string, ScoreConfigRecord>>(Configs.Where(c => configIds.Contains(c.Id)).ToDictionary(c => c.Id));

    public Task<ScoreConfigRecord> AddAsync(ProjectId project, ScoreConfigRecord config, CancellationToken cancellationToken)
    {
        Configs.Add(config with { Id = $"config-{Configs.Count}" });
        return Task.FromResult(Configs[^1]);
    }

    public Task<Outcome<ScoreConfigRecord>> ChangeAsync(ProjectId project, string configId, ScoreConfigChange change, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ScoreVerdict> CheckAsync(ProjectId project, ScoreEvent score, bool typeIsSaid, CancellationToken cancellationToken) =>
        ValueTask.FromResult(ScoreConfigRules.Apply(Configs.Find(c => c.Id == score.ConfigId), score, typeIsSaid));

    public Task<string> AddAsync(
        ProjectId project, CommentObject type, string objectId, string content, string? authorUserId, CancellationToken cancellationToken)
    {
        Comments.Insert(0, new CommentRecord { Id = $"c{Comments.Count}", ObjectType = type, ObjectId = objectId, Content = content, CreatedAt = Now, UpdatedAt = Now });
        return Task.FromResult(Comments[0].Id);
    }

    Task<Slice<CommentRecord>> ICommentStore.ListAsync(ProjectId project, CommentListQuery query, CancellationToken cancellationToken)
    {
        var found = Comments.Where(c => c.ObjectType == query.ObjectType && c.ObjectId == query.ObjectId).ToList();
        return Task.FromResult(new Slice<CommentRecord>(found, found.Count));
    }

    Task<CommentRecord?> ICommentStore.FindAsync(ProjectId project, string commentId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DatasetOutcome> SaveAsync(ProjectId project, DatasetDraft draft, CancellationToken cancellationToken)
    {
        Datasets.Add(draft.Name);
        return Task.FromResult(new DatasetOutcome(Dataset(draft.Name)));
    }

    Task<DatasetRecord?> IDatasetStore.FindAsync(ProjectId project, string name, CancellationToken cancellationToken) =>
        Task.FromResult(Datasets.Contains(name) ? Dataset(name) : null);

    public Task<DatasetRecord?> FindByIdAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<Slice<DatasetRecord>> IDatasetStore.ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
        Task.FromResult(new Slice<DatasetRecord>([.. Datasets.Select(Dataset)], Datasets.Count));

    public Task<IReadOnlyDictionary<string, DatasetContents>> ListContentsAsync(
        ProjectId project, IReadOnlyList<string> datasetIds, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<DatasetItemOutcome> SaveAsync(ProjectId project, DatasetItemDraft draft, CancellationToken cancellationToken)
    {
        if (Fits(draft) is { } why)
            return Task.FromResult(new DatasetItemOutcome(DatasetItemResult.DoesNotFit, Detail: why));
        Items.Add(draft);
        return Task.FromResult(new DatasetItemOutcome(DatasetItemResult.Saved));
    }

    Task<DatasetItemRecord?> IDatasetItemStore.FindAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Slice<DatasetItemRecord>> ListAsync(ProjectId project, DatasetItemQuery query, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(ProjectId project, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Slice<AnnotationQueueRecord>> ListQueuesAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken) =>
        Task.FromResult(new Slice<AnnotationQueueRecord>(Queues, Queues.Count));

    public Task<Outcome<AnnotationQueueRecord>> FindQueueAsync(ProjectId project, string queueId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Outcome<AnnotationQueueRecord>> AddQueueAsync(
        ProjectId project, string name, string? description, IReadOnlyList<string> scoreConfigIds, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Outcome<Slice<AnnotationItemRecord>>> ListItemsAsync(
        ProjectId project, string queueId, AnnotationStatus? status, PageRequest page, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Outcome<AnnotationItemRecord>> FindItemAsync(ProjectId project, string queueId, string itemId, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Outcome<AnnotationItemRecord>> AddItemAsync(
        ProjectId project, string queueId, AnnotationObject type, string objectId, AnnotationStatus status, CancellationToken cancellationToken)
    {
        if (Queues.TrueForAll(q => q.Id != queueId))
            return Task.FromResult<Outcome<AnnotationItemRecord>>(Refusal.NotFound("There is no such queue."));
        Queued.Add($"{queueId} {type} {objectId} {status}");
        return Task.FromResult<Outcome<AnnotationItemRecord>>(new AnnotationItemRecord("i", queueId, objectId, type, status, null, Now, Now));
    }

    public Task<Outcome<AnnotationItemRecord>> SetStatusAsync(
        ProjectId project, string queueId, string itemId, AnnotationStatus? status, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Refusal?> DeleteItemAsync(ProjectId project, string queueId, string itemId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Refusal?> AssignAsync(ProjectId project, string queueId, string userId, bool isAssigned, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string?> BeginAsync(ProjectId project, IReadOnlyCollection<string> traceIds, CancellationToken cancellationToken)
    {
        Removals.AddRange(traceIds);
        return Task.FromResult<string?>("removal");
    }

    public Task FinishAsync(ProjectId project, string removal, CancellationToken cancellationToken)
    {
        Removals.Add(removal);
        return Task.CompletedTask;
    }

    private static DatasetRecord Dataset(string name) => new() { Id = name, Name = name, CreatedAt = Now, UpdatedAt = Now };
}
