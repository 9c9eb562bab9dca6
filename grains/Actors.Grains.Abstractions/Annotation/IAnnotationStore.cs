namespace Actors.Annotation;

/// <summary>
/// The annotation queues of all projects. A queue or an item that is not found is a refusal that says so. Safe for concurrent
/// callers.
/// </summary>
public interface IAnnotationStore
{
    /// <summary>A page of the queues, the newest first.</summary>
    Task<Slice<AnnotationQueueRecord>> ListQueuesAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken);

    /// <summary>One queue.</summary>
    Task<Outcome<AnnotationQueueRecord>> FindQueueAsync(ProjectId project, string queueId, CancellationToken cancellationToken);

    /// <summary>Adds a queue. Refusals: conflict, when the name is taken; invalid, when a score config does not exist.</summary>
    Task<Outcome<AnnotationQueueRecord>> AddQueueAsync(
        ProjectId project, string name, string? description, IReadOnlyList<string> scoreConfigIds, CancellationToken cancellationToken);

    /// <summary>A page of the items of a queue, the newest first.</summary>
    /// <param name="project">Whose queue.</param>
    /// <param name="queueId">The queue.</param>
    /// <param name="status">Only items of this status; null: all.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Outcome<Slice<AnnotationItemRecord>>> ListItemsAsync(
        ProjectId project, string queueId, AnnotationStatus? status, PageRequest page, CancellationToken cancellationToken);

    /// <summary>One item.</summary>
    Task<Outcome<AnnotationItemRecord>> FindItemAsync(
        ProjectId project, string queueId, string itemId, CancellationToken cancellationToken);

    /// <summary>Adds an item. Its object need not exist yet: it may still be on its way.</summary>
    Task<Outcome<AnnotationItemRecord>> AddItemAsync(
        ProjectId project, string queueId, AnnotationObject type, string objectId, AnnotationStatus status, CancellationToken cancellationToken);

    /// <summary>Sets how far the work on an item is; null: it stays as it is.</summary>
    Task<Outcome<AnnotationItemRecord>> SetStatusAsync(
        ProjectId project, string queueId, string itemId, AnnotationStatus? status, CancellationToken cancellationToken);

    /// <summary>Takes an item out of its queue.</summary>
    /// <returns>Null when it is done.</returns>
    Task<Refusal?> DeleteItemAsync(ProjectId project, string queueId, string itemId, CancellationToken cancellationToken);

    /// <summary>Makes a person responsible for a queue, or no longer. Idempotent. The caller has checked the person.</summary>
    /// <returns>Null when it is done.</returns>
    Task<Refusal?> AssignAsync(
        ProjectId project, string queueId, string userId, bool isAssigned, CancellationToken cancellationToken);
}
