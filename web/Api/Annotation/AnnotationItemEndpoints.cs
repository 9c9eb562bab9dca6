using Actors.Annotation;
using Actors.Contracts;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Annotation;

/// <summary><c>/annotation-queues/{queueId}/items</c> (langfuse-api §16).</summary>
internal static class AnnotationItemEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/annotation-queues/{queueId}/items", ListAsync);
        routes.MapPost("/annotation-queues/{queueId}/items", AddAsync);
        routes.MapGet("/annotation-queues/{queueId}/items/{itemId}", GetAsync);
        routes.MapPatch("/annotation-queues/{queueId}/items/{itemId}", ChangeAsync);
        routes.MapDelete("/annotation-queues/{queueId}/items/{itemId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext context, IAnnotationStore annotations)
    {
        var query = new QueryReader(context.Request.Query);
        query.RefuseOthers("page", "limit", "status");
        var page = query.Page();
        var status = query.OneOf("status", AnnotationWire.ParseStatus, AnnotationWire.Statuses);
        if (await query.RefusedAsync(context))
        {
            return;
        }

        var outcome = await annotations.ListItemsAsync(context.GetProject(), context.GetSegment(1), status, page, context.RequestAborted);
        if (outcome.Value is not { } found)
        {
            await Respond.RefusalAsync(context, outcome.Refusal!);
            return;
        }

        var items = new Slice<AnnotationItemBody>([.. found.Items.Select(i => i.ToWire())], found.TotalItems);
        await Respond.JsonAsync(context, 200, Respond.Page(items, page), ContractsJsonContext.Wire.PageBodyAnnotationItemBody);
    }

    private static async Task AddAsync(HttpContext context, IAnnotationStore annotations)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        body.RefuseOthers("objectId", "objectType", "status");
        var objectId = body.Text("objectId", required: true, min: 1);
        var type = body.OneOf("objectType", AnnotationWire.ParseObject, AnnotationWire.Objects, required: true);
        var status = body.OneOf("status", AnnotationWire.ParseStatus, AnnotationWire.Statuses);
        if (objectId is not null && !StreamId.IsValidId(objectId))
        {
            body.Refuse("custom", "objectId", "Invalid input: no object can have this id");
        }

        if (await body.RefusedAsync(context))
        {
            return;
        }

        await AnswerAsync(context, await annotations.AddItemAsync(
            context.GetProject(), context.GetSegment(1), type!.Value, objectId!, status ?? AnnotationStatus.Pending, context.RequestAborted));
    }

    private static async Task GetAsync(HttpContext context, IAnnotationStore annotations) => await AnswerAsync(
        context,
        await annotations.FindItemAsync(context.GetProject(), context.GetSegment(2), context.GetLastSegment(), context.RequestAborted));

    private static async Task ChangeAsync(HttpContext context, IAnnotationStore annotations)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        body.RefuseOthers("status");
        var status = body.OneOf("status", AnnotationWire.ParseStatus, AnnotationWire.Statuses);
        if (await body.RefusedAsync(context))
        {
            return;
        }

        await AnswerAsync(context, await annotations.SetStatusAsync(
            context.GetProject(), context.GetSegment(2), context.GetLastSegment(), status, context.RequestAborted));
    }

    private static async Task DeleteAsync(HttpContext context, IAnnotationStore annotations)
    {
        var refusal = await annotations.DeleteItemAsync(
            context.GetProject(), context.GetSegment(2), context.GetLastSegment(), context.RequestAborted);
        await (refusal is not null
            ? Respond.RefusalAsync(context, refusal)
            : Respond.JsonAsync(
                context,
                200,
                new DeletedItemBody(true, "Annotation queue item deleted successfully"),
                ContractsJsonContext.Wire.DeletedItemBody));
    }

    private static Task AnswerAsync(HttpContext context, Outcome<AnnotationItemRecord> outcome) => outcome.Value is { } item
        ? Respond.JsonAsync(context, 200, item.ToWire(), ContractsJsonContext.Wire.AnnotationItemBody)
        : Respond.RefusalAsync(context, outcome.Refusal!);
}
