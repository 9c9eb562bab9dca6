using Actors.Comments;
using Actors.Contracts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>What people say.</summary>
internal static class AnnotationSubjects
{
    private static readonly string[] Commented = ["TRACE", "OBSERVATION", "SESSION", "PROMPT"];
    private static readonly string[] Annotated = ["TRACE", "OBSERVATION", "SESSION"];
    private static readonly string[] Statuses = ["PENDING", "COMPLETED"];

    private static readonly Field User = Text("userId", "a member of the organization").Required();

    public static ApiSubject Comments { get; } = new("Comments", "Notes of people on traces, observations, sessions and versions of prompts.")
    {
        Operations =
        [
            Get("/comments", "Lists comments")
                .Query([.. Paging(), Text("objectType").OneOf(Commented), Text("objectId", "needs objectType"), Text("authorUserId")])
                .Answer<PageBody<CommentBody>>(),
            Post("/comments", "Creates a comment")
                .Body(
                    Text("projectId", "the project of the key").Required(),
                    Text("objectType").OneOf(Commented).Required(),
                    Text("objectId").Required(),
                    Text("content", "Markdown").Between(1, CommentRecord.MaxContentLength).Required(),
                    Text("authorUserId", "a member of the organization"))
                .Answer<IdBody>().Refuse(404),
            Get("/comments/{commentId}", "Gets a comment").Answer<CommentBody>().Refuse(404),
        ],
    };

    public static ApiSubject Queues { get; } = new("Annotation queues", "What people should look at, and who.")
    {
        Operations =
        [
            Get("/annotation-queues", "Lists queues").Query(Paging()).Answer<PageBody<AnnotationQueueBody>>(),
            Post("/annotation-queues", "Creates a queue")
                .Body(
                    Text("name").Between(1, 500).Required(),
                    Text("description").UpTo(5000),
                    Texts("scoreConfigIds").Between(1, 100).Required())
                .Answer<AnnotationQueueBody>().Refuse(404, 409),
            Get("/annotation-queues/{queueId}", "Gets a queue").Answer<AnnotationQueueBody>().Refuse(404),
            Get("/annotation-queues/{queueId}/items", "Lists the items of a queue")
                .Query([.. Paging(), Text("status").OneOf(Statuses)]).Answer<PageBody<AnnotationItemBody>>().Refuse(404),
            Post("/annotation-queues/{queueId}/items", "Puts something into a queue")
                .Body(
                    Text("objectId").Required(),
                    Text("objectType").OneOf(Annotated).Required(),
                    Text("status").OneOf(Statuses).Default("PENDING"))
                .Answer<AnnotationItemBody>().Refuse(404),
            Get("/annotation-queues/{queueId}/items/{itemId}", "Gets an item").Answer<AnnotationItemBody>().Refuse(404),
            Patch("/annotation-queues/{queueId}/items/{itemId}", "Changes the status of an item")
                .Body(Text("status").OneOf(Statuses)).Answer<AnnotationItemBody>().Refuse(404),
            Delete("/annotation-queues/{queueId}/items/{itemId}", "Takes an item out of its queue").Answer<DeletedItemBody>().Refuse(404),
            Post("/annotation-queues/{queueId}/assignments", "Makes a person responsible for a queue")
                .Body(User).Answer<AnnotationAssignmentBody>().Refuse(404),
            Delete("/annotation-queues/{queueId}/assignments", "Makes a person no longer responsible").Body(User).Answer<SuccessBody>().Refuse(404),
        ],
    };
}
