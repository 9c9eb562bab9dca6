namespace Actors.Annotation;

/// <summary>What an item of a queue is about.</summary>
public enum AnnotationObject
{
    /// <summary>A trace.</summary>
    Trace,

    /// <summary>An observation.</summary>
    Observation,

    /// <summary>A session.</summary>
    Session,
}

/// <summary>How far the work on an item is.</summary>
public enum AnnotationStatus
{
    /// <summary>Somebody has to look at it.</summary>
    Pending,

    /// <summary>Somebody has.</summary>
    Completed,
}

/// <summary>Things for people to score.</summary>
/// <param name="Id">The queue's id.</param>
/// <param name="Name">Its name, unique in its project.</param>
/// <param name="Description">What to do; null: nobody said.</param>
/// <param name="ScoreConfigIds">What to score, in order; not empty.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record AnnotationQueueRecord(
    string Id,
    string Name,
    string? Description,
    IReadOnlyList<string> ScoreConfigIds,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);

/// <summary>One thing to score.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="QueueId">Its queue.</param>
/// <param name="ObjectId">The id of the thing.</param>
/// <param name="ObjectType">What kind of thing it is.</param>
/// <param name="Status">How far the work is.</param>
/// <param name="CompletedAt">When it was completed; null: it is pending.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="UpdatedAt">When it last changed.</param>
public sealed record AnnotationItemRecord(
    string Id,
    string QueueId,
    string ObjectId,
    AnnotationObject ObjectType,
    AnnotationStatus Status,
    DateTimeOffset? CompletedAt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt);
