namespace Actors.Contracts;

/// <summary>A queue of things for people to score.</summary>
/// <param name="Id">The queue's id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What to do.</param>
/// <param name="ScoreConfigIds">What to score.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record AnnotationQueueBody(
    string Id,
    string Name,
    string? Description,
    IReadOnlyList<string> ScoreConfigIds,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>A thing to score.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="QueueId">Its queue.</param>
/// <param name="ObjectId">The id of the thing.</param>
/// <param name="ObjectType"><c>TRACE</c>, <c>OBSERVATION</c> or <c>SESSION</c>.</param>
/// <param name="Status"><c>PENDING</c> or <c>COMPLETED</c>.</param>
/// <param name="CompletedAt">When it was completed.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record AnnotationItemBody(
    string Id,
    string QueueId,
    string ObjectId,
    string ObjectType,
    string Status,
    DateTimeOffset? CompletedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>Who is responsible for a queue.</summary>
/// <param name="UserId">The person.</param>
/// <param name="QueueId">The queue.</param>
/// <param name="ProjectId">Its project.</param>
public sealed record AnnotationAssignmentBody(string UserId, string QueueId, string ProjectId);

/// <summary>The answer to a deletion.</summary>
/// <param name="Success">Always true.</param>
/// <param name="Message">What was done.</param>
public sealed record DeletedItemBody(bool Success, string Message);
