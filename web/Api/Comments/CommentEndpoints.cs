using Actors.Access;
using Actors.Comments;
using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Comments;

/// <summary><c>/comments</c> (langfuse-api §8).</summary>
internal static class CommentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/comments", ListAsync);
        routes.MapPost("/comments", AddAsync);
        routes.MapGet("/comments/{commentId}", GetAsync);
    }

    private static async Task AddAsync(HttpContext context, ICommentStore comments, CommentObjects objects, IUserStore users)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        body.RefuseOthers("projectId", "objectType", "objectId", "content", "authorUserId");
        var projectId = body.Text("projectId", required: true);
        var type = body.OneOf("objectType", CommentObjects.Parse, CommentObjects.Expected, required: true);
        var objectId = body.Text("objectId", required: true, min: 1);
        var content = body.Trimmed("content", min: 1, max: CommentRecord.MaxContentLength);
        var author = body.Text("authorUserId");
        if (await body.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        if (projectId != project.Value)
        {
            await Respond.InvalidAsync(context, "projectId is not the project of the API key");
        }
        else if (author is not null && await users.FindAsync(context.GetProjectAccess().Project.OrganizationId, author, context.RequestAborted) is null)
        {
            await Respond.InvalidAsync(context, "authorUserId is no member of the organization");
        }
        else if (!await objects.ExistsAsync(context, type!.Value, objectId!))
        {
            await Respond.NotFoundAsync(context, $"{CommentObjects.ToWire(type.Value)} {objectId} not found within authorized project");
        }
        else
        {
            var id = await comments.AddAsync(project, type.Value, objectId!, content!, author, context.RequestAborted);
            await Respond.JsonAsync(context, 200, new IdBody(id), ContractsJsonContext.Wire.IdBody);
        }
    }

    private static async Task ListAsync(HttpContext context, ICommentStore comments)
    {
        var reader = new QueryReader(context.Request.Query);
        reader.RefuseOthers("page", "limit", "objectType", "objectId", "authorUserId");
        var query = new CommentListQuery(
            reader.Page(),
            reader.OneOf("objectType", CommentObjects.Parse, CommentObjects.Expected),
            reader.Text("objectId"),
            reader.Text("authorUserId"));
        if (query.ObjectId is not null && reader.Text("objectType") is null)
        {
            reader.Refuse("custom", "objectType", "objectType is required when objectId is provided");
        }

        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        var found = await comments.ListAsync(project, query, context.RequestAborted);
        var items = new Slice<CommentBody>([.. found.Items.Select(c => ToWire(c, project))], found.TotalItems);
        await Respond.JsonAsync(context, 200, Respond.Page(items, query.Page), ContractsJsonContext.Wire.PageBodyCommentBody);
    }

    private static async Task GetAsync(HttpContext context, ICommentStore comments)
    {
        var project = context.GetProject();
        var comment = await comments.FindAsync(project, context.GetLastSegment(), context.RequestAborted);
        await (comment is null
            ? Respond.NotFoundAsync(context, "Comment not found within authorized project")
            : Respond.JsonAsync(context, 200, ToWire(comment, project), ContractsJsonContext.Wire.CommentBody));
    }

    private static CommentBody ToWire(CommentRecord comment, ProjectId project) => new(
        comment.Id,
        project.Value,
        comment.CreatedAt,
        comment.UpdatedAt,
        CommentObjects.ToWire(comment.ObjectType),
        comment.ObjectId,
        comment.Content,
        comment.AuthorUserId);
}
