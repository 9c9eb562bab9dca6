using Actors.Comments;
using Actors.Storage.Control;
using Microsoft.EntityFrameworkCore;

namespace Actors.Storage.Comments;

/// <summary>The comments in the control plane.</summary>
internal sealed class CommentStore(ControlDatabase database, TimeProvider time) : ICommentStore
{
    public Task<string> AddAsync(
        ProjectId project, CommentObject type, string objectId, string content, string? authorUserId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return database.WriteAsync(
            context =>
            {
                var comment = new Comment
                {
                    Id = EntityId.New(),
                    ProjectId = project.Value,
                    ObjectType = type,
                    ObjectId = objectId,
                    Content = content,
                    AuthorUserId = authorUserId,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                context.Add(comment);
                return Task.FromResult(comment.Id);
            },
            cancellationToken);
    }

    public async Task<Slice<CommentRecord>> ListAsync(ProjectId project, CommentListQuery query, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        var comments = context.Set<Comment>().AsNoTracking().Where(c =>
            c.ProjectId == project.Value
            && (query.ObjectType == null || c.ObjectType == query.ObjectType)
            && (query.ObjectId == null || c.ObjectId == query.ObjectId)
            && (query.AuthorUserId == null || c.AuthorUserId == query.AuthorUserId));
        var items = await comments
            .OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id)
            .Skip(query.Page.Offset).Take(query.Page.Limit)
            .Select(Comment.Record)
            .ToListAsync(cancellationToken);
        return new Slice<CommentRecord>(items, await comments.CountAsync(cancellationToken));
    }

    public async Task<CommentRecord?> FindAsync(ProjectId project, string commentId, CancellationToken cancellationToken)
    {
        await using var context = database.CreateDbContext();
        return await context.Set<Comment>().AsNoTracking()
            .Where(c => c.Id == commentId && c.ProjectId == project.Value)
            .Select(Comment.Record)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
