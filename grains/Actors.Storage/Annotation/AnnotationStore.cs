using Actors.Annotation;
using Actors.Storage.Control;
using Actors.Storage.Scoring;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Annotation;

/// <summary>The annotation queues in the control plane.</summary>
internal sealed class AnnotationStore(ControlDatabase database, TimeProvider time) : IAnnotationStore
{
    private static readonly Refusal NoQueue = Refusal.NotFound("Annotation queue not found");

    private static readonly Refusal NoItem = Refusal.NotFound("Annotation queue item not found");

    public async Task<Slice<AnnotationQueueRecord>> ListQueuesAsync(
        ProjectId project, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var queues = context.Set<AnnotationQueue>().AsNoTracking().Where(q => q.ProjectId == project.Value);
        var items = await queues
            .OrderByDescending(q => q.CreatedAt).ThenByDescending(q => q.Id)
            .Skip(page.Offset).Take(page.Limit)
            .ToListAsync(cancellationToken);
        return new Slice<AnnotationQueueRecord>([.. items.Select(q => q.ToRecord())], await queues.CountAsync(cancellationToken));
    }

    public async Task<Outcome<AnnotationQueueRecord>> FindQueueAsync(ProjectId project, string queueId, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await FindAsync(context, project, queueId, cancellationToken) is { } queue ? queue.ToRecord() : NoQueue;
    }

    public Task<Outcome<AnnotationQueueRecord>> AddQueueAsync(
        ProjectId project, string name, string? description, IReadOnlyList<string> scoreConfigIds, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<AnnotationQueueRecord>>(
            async context =>
            {
                if (await context.Set<AnnotationQueue>().AnyAsync(q => q.ProjectId == project.Value && q.Name == name, cancellationToken))
                {
                    return Refusal.Conflict("A queue with this name already exists.");
                }

                string[] ids = [.. scoreConfigIds.Distinct()];
                var known = await context.Set<ScoreConfig>()
                    .CountAsync(c => c.ProjectId == project.Value && ids.Contains(c.Id), cancellationToken);
                if (known < ids.Length)
                {
                    return Refusal.Invalid("At least one of the score config IDs cannot be found for the given project.");
                }

                var now = time.GetUtcNow();
                var queue = new AnnotationQueue
                {
                    Id = EntityId.New(),
                    ProjectId = project.Value,
                    Name = name,
                    Description = description,
                    ScoreConfigIds = [.. ids],
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                context.Add(queue);
                return queue.ToRecord();
            },
            cancellationToken);

    public async Task<Outcome<Slice<AnnotationItemRecord>>> ListItemsAsync(
        ProjectId project, string queueId, AnnotationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        if (await FindAsync(context, project, queueId, cancellationToken) is null)
        {
            return NoQueue;
        }

        var items = context.Set<AnnotationItem>().AsNoTracking()
            .Where(i => i.QueueId == queueId && (status == null || i.Status == status));
        var found = await items
            .OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id)
            .Skip(page.Offset).Take(page.Limit)
            .ToListAsync(cancellationToken);
        return new Slice<AnnotationItemRecord>([.. found.Select(i => i.ToRecord())], await items.CountAsync(cancellationToken));
    }

    public async Task<Outcome<AnnotationItemRecord>> FindItemAsync(
        ProjectId project, string queueId, string itemId, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var (item, refusal) = await FindAsync(context, project, queueId, itemId, cancellationToken);
        return item is null ? refusal! : item.ToRecord();
    }

    public Task<Outcome<AnnotationItemRecord>> AddItemAsync(
        ProjectId project, string queueId, AnnotationObject type, string objectId, AnnotationStatus status, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<AnnotationItemRecord>>(
            async context =>
            {
                if (await FindAsync(context, project, queueId, cancellationToken) is null)
                {
                    return NoQueue;
                }

                var now = time.GetUtcNow();
                var item = new AnnotationItem
                {
                    Id = EntityId.New(),
                    QueueId = queueId,
                    ObjectId = objectId,
                    ObjectType = type,
                    Status = status,
                    CompletedAt = status == AnnotationStatus.Completed ? now : null,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                context.Add(item);
                return item.ToRecord();
            },
            cancellationToken);

    public Task<Outcome<AnnotationItemRecord>> SetStatusAsync(
        ProjectId project, string queueId, string itemId, AnnotationStatus? status, CancellationToken cancellationToken) =>
        database.WriteAsync<Outcome<AnnotationItemRecord>>(
            async context =>
            {
                var (item, refusal) = await FindAsync(context, project, queueId, itemId, cancellationToken);
                if (item is null)
                {
                    return refusal!;
                }

                if (status is { } said && said != item.Status)
                {
                    var now = time.GetUtcNow();
                    item.Status = said;
                    item.CompletedAt = said == AnnotationStatus.Completed ? now : null;
                    item.UpdatedAt = now;
                }

                return item.ToRecord();
            },
            cancellationToken);

    public Task<Refusal?> DeleteItemAsync(ProjectId project, string queueId, string itemId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                var (item, refusal) = await FindAsync(context, project, queueId, itemId, cancellationToken);
                if (item is not null)
                {
                    context.Remove(item);
                }

                return refusal;
            },
            cancellationToken);

    public Task<Refusal?> AssignAsync(
        ProjectId project, string queueId, string userId, bool isAssigned, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (await FindAsync(context, project, queueId, cancellationToken) is null)
                {
                    return NoQueue;
                }

                var assignment = await context.Set<AnnotationAssignment>().FindAsync([queueId, userId], cancellationToken);
                if (isAssigned && assignment is null)
                {
                    context.Add(new AnnotationAssignment { QueueId = queueId, UserId = userId, CreatedAt = time.GetUtcNow() });
                }
                else if (!isAssigned && assignment is not null)
                {
                    context.Remove(assignment);
                }

                return null;
            },
            cancellationToken);

    private static Task<AnnotationQueue?> FindAsync(
        ControlDbContext context, ProjectId project, string queueId, CancellationToken cancellationToken) =>
        context.Set<AnnotationQueue>().FirstOrDefaultAsync(q => q.Id == queueId && q.ProjectId == project.Value, cancellationToken);

    private static async Task<(AnnotationItem? Item, Refusal? Refusal)> FindAsync(
        ControlDbContext context, ProjectId project, string queueId, string itemId, CancellationToken cancellationToken)
    {
        if (await FindAsync(context, project, queueId, cancellationToken) is null)
        {
            return (null, NoQueue);
        }

        var item = await context.Set<AnnotationItem>().FirstOrDefaultAsync(i => i.Id == itemId && i.QueueId == queueId, cancellationToken);
        return (item, item is null ? NoItem : null);
    }
}
