namespace Actors.Contracts;

/// <summary>A comment.</summary>
/// <param name="Id">The comment's id.</param>
/// <param name="ProjectId">Its project.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="UpdatedAt">When it last changed.</param>
/// <param name="ObjectType"><c>TRACE</c>, <c>OBSERVATION</c>, <c>SESSION</c> or <c>PROMPT</c>.</param>
/// <param name="ObjectId">The id of what it is about.</param>
/// <param name="Content">Markdown.</param>
/// <param name="AuthorUserId">Who wrote it; null: an application.</param>
public sealed record CommentBody(
    string Id,
    string ProjectId,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string ObjectType,
    string ObjectId,
    string Content,
    string? AuthorUserId);
