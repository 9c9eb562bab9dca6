using Actors.Annotation;
using Actors.Contracts;

namespace Actors.Web.Api.Annotation;

/// <summary>Annotation queues in the shapes of the contract (langfuse-api §16).</summary>
internal static class AnnotationWire
{
    public const string Objects = "TRACE, OBSERVATION, SESSION";

    public const string Statuses = "PENDING, COMPLETED";

    public static AnnotationObject? ParseObject(string text) => text switch
    {
        "TRACE" => AnnotationObject.Trace,
        "OBSERVATION" => AnnotationObject.Observation,
        "SESSION" => AnnotationObject.Session,
        _ => null,
    };

    public static AnnotationStatus? ParseStatus(string text) => text switch
    {
        "PENDING" => AnnotationStatus.Pending,
        "COMPLETED" => AnnotationStatus.Completed,
        _ => null,
    };

    public static AnnotationQueueBody ToWire(this AnnotationQueueRecord queue) =>
        new(queue.Id, queue.Name, queue.Description, queue.ScoreConfigIds, queue.CreatedAt, queue.UpdatedAt);

    public static AnnotationItemBody ToWire(this AnnotationItemRecord item) => new(
        item.Id,
        item.QueueId,
        item.ObjectId,
        item.ObjectType switch
        {
            AnnotationObject.Trace => "TRACE",
            AnnotationObject.Observation => "OBSERVATION",
            _ => "SESSION",
        },
        item.Status == AnnotationStatus.Pending ? "PENDING" : "COMPLETED",
        item.CompletedAt,
        item.CreatedAt,
        item.UpdatedAt);
}
