using Actors.Access;
using Actors.Annotation;
using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Annotation;

/// <summary><c>/annotation-queues</c> and who is responsible for them (langfuse-api §16).</summary>
internal static class AnnotationQueueEndpoints
{
    private const int MaxNameLength = 500;
    private const int MaxDescriptionLength = 5000;
    private const int MaxConfigs = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/annotation-queues", ListAsync);
        routes.MapPost("/annotation-queues", AddAsync);
        routes.MapGet("/annotation-queues/{queueId}", GetAsync);
        routes.MapPost("/annotation-queues/{queueId}/assignments", AssignAsync);
        routes.MapDelete("/annotation-queues/{queueId}/assignments", UnassignAsync);
    }

    private static async Task ListAsync(HttpContext context, IAnnotationStore annotations)
    {
        var query = new QueryReader(context.Request.Query);
        query.RefuseOthers("page", "limit");
        var page = query.Page();
        if (await query.RefusedAsync(context))
        {
            return;
        }

        var found = await annotations.ListQueuesAsync(context.GetProject(), page, context.RequestAborted);
        var items = new Slice<AnnotationQueueBody>([.. found.Items.Select(q => q.ToWire())], found.TotalItems);
        await Respond.JsonAsync(context, 200, Respond.Page(items, page), ContractsJsonContext.Wire.PageBodyAnnotationQueueBody);
    }

    private static async Task AddAsync(HttpContext context, IAnnotationStore annotations)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        body.RefuseOthers("name", "description", "scoreConfigIds");
        var name = body.Text("name", required: true, min: 1, max: MaxNameLength);
        var description = body.Text("description", max: MaxDescriptionLength);
        var configs = body.Texts("scoreConfigIds", required: true, MaxConfigs);
        if (configs is { Count: 0 })
        {
            body.Refuse("too_small", "scoreConfigIds", "Too small: expected array to have >=1 items");
        }

        if (await body.RefusedAsync(context))
        {
            return;
        }

        await AnswerAsync(
            context, await annotations.AddQueueAsync(context.GetProject(), name!, description, configs!, context.RequestAborted));
    }

    private static async Task GetAsync(HttpContext context, IAnnotationStore annotations) => await AnswerAsync(
        context, await annotations.FindQueueAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted));

    private static async Task AssignAsync(HttpContext context, IAnnotationStore annotations, IUserStore users)
    {
        if (await ReadUserAsync(context) is not { } user)
        {
            return;
        }

        var (project, queueId) = (context.GetProject(), context.GetSegment(1));
        if ((await annotations.FindQueueAsync(project, queueId, context.RequestAborted)).Refusal is { } unknown)
        {
            await Respond.RefusalAsync(context, unknown);
        }
        else if (await users.FindAsync(context.GetProjectAccess().Project.OrganizationId, user, context.RequestAborted) is null)
        {
            await Respond.NotFoundAsync(context, "User not found or not authorized for this project");
        }
        else if (await annotations.AssignAsync(project, queueId, user, isAssigned: true, context.RequestAborted) is { } refusal)
        {
            await Respond.RefusalAsync(context, refusal);
        }
        else
        {
            await Respond.JsonAsync(
                context, 200, new AnnotationAssignmentBody(user, queueId, project.Value), ContractsJsonContext.Wire.AnnotationAssignmentBody);
        }
    }

    private static async Task UnassignAsync(HttpContext context, IAnnotationStore annotations)
    {
        if (await ReadUserAsync(context) is not { } user)
        {
            return;
        }

        var refusal = await annotations.AssignAsync(
            context.GetProject(), context.GetSegment(1), user, isAssigned: false, context.RequestAborted);
        await (refusal is not null
            ? Respond.RefusalAsync(context, refusal)
            : Respond.JsonAsync(context, 200, new SuccessBody(true), ContractsJsonContext.Wire.SuccessBody));
    }

    private static async Task<string?> ReadUserAsync(HttpContext context)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return null;
        }

        var body = new BodyReader(json.RootElement);
        body.RefuseOthers("userId");
        var user = body.Text("userId", required: true, min: 1);
        return await body.RefusedAsync(context) ? null : user;
    }

    private static Task AnswerAsync(HttpContext context, Outcome<AnnotationQueueRecord> outcome) => outcome.Value is { } queue
        ? Respond.JsonAsync(context, 200, queue.ToWire(), ContractsJsonContext.Wire.AnnotationQueueBody)
        : Respond.RefusalAsync(context, outcome.Refusal!);
}
