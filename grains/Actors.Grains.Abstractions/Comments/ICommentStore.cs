namespace Actors.Comments;

/// <summary>What a comment is about.</summary>
public enum CommentObject
{
    /// <summary>A trace.</summary>
    Trace,

    /// <summary>An observation.</summary>
    Observation,

    /// <summary>A session.</summary>
    Session,

    /// <summary>A version of a prompt.</summary>
    Prompt,
}

/// <summary>A comment.</summary>
public sealed record CommentRecord
{
    /// <summary>The longest comment, in characters.</summary>
    public const int MaxContentLength = 5000;

    /// <summary>The comment's id.</summary>
    public required string Id { get; init; }

    /// <summary>What kind of thing it is about.</summary>
    public required CommentObject ObjectType { get; init; }

    /// <summary>The id of that thing.</summary>
    public required string ObjectId { get; init; }

    /// <summary>Markdown of 1 to <see cref="MaxContentLength"/> characters.</summary>
    public required string Content { get; init; }

    /// <summary>Who wrote it; null: an application.</summary>
    public string? AuthorUserId { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A question for comments: those that fit everything that is not null.</summary>
/// <param name="Page">Which page.</param>
/// <param name="ObjectType">What kind of thing they are about.</param>
/// <param name="ObjectId">The id of that thing.</param>
/// <param name="AuthorUserId">Who wrote them.</param>
public sealed record CommentListQuery(
    PageRequest Page, CommentObject? ObjectType = null, string? ObjectId = null, string? AuthorUserId = null);

/// <summary>The comments of all projects. Safe for concurrent callers.</summary>
public interface ICommentStore
{
    /// <summary>Adds a comment. The caller has checked that its object exists.</summary>
    /// <returns>The comment's id.</returns>
    Task<string> AddAsync(
        ProjectId project, CommentObject type, string objectId, string content, string? authorUserId, CancellationToken cancellationToken);

    /// <summary>A page of comments, the newest first.</summary>
    Task<Slice<CommentRecord>> ListAsync(ProjectId project, CommentListQuery query, CancellationToken cancellationToken);

    /// <summary>One comment; null: there is none with this id.</summary>
    Task<CommentRecord?> FindAsync(ProjectId project, string commentId, CancellationToken cancellationToken);
}
