using Actors.Access;
using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Teams;

/// <summary>Projects of an organization: made, changed and deleted with the organization's key (langfuse-api §15).</summary>
internal static class ManagedProjectEndpoints
{
    private const int MaxNameLength = 100;
    private const int MinRetentionDays = 3;
    private const string NameTaken = "A project with this name already exists in your organization";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/projects", CreateAsync);
        routes.MapPut("/projects/{projectId}", UpdateAsync);
        routes.MapDelete("/projects/{projectId}", DeleteAsync);
        routes.MapGet("/organizations/projects", ListAsync);
    }

    /// <summary>Answers for a project that is unknown or another organization's.</summary>
    public static Task NotFoundAsync(HttpContext context) => Respond.NotFoundAsync(context, "Project not found");

    /// <summary>A project in the list of its organization.</summary>
    public static OrganizationProjectBody ToListItem(ProjectRecord project) =>
        new(project.Id.Value, project.Name, new RawJson(project.Metadata), project.CreatedAt, project.UpdatedAt);

    private static async Task ListAsync(HttpContext context, IProjectStore projects)
    {
        var all = await projects.ListAsync(context.GetOrganization().Id, context.RequestAborted);
        await Respond.JsonAsync(
            context, 200, new OrganizationProjectsBody([.. all.Select(ToListItem)]), ContractsJsonContext.Wire.OrganizationProjectsBody);
    }

    private static async Task CreateAsync(HttpContext context, IProjectStore projects)
    {
        if (await ReadAsync(context) is not { } content)
        {
            return;
        }

        if (await projects.CreateAsync(context.GetOrganization().Id, content, context.RequestAborted) is { } project)
        {
            await AnswerAsync(context, 201, project);
        }
        else
        {
            await Respond.ErrorAsync(context, 409, NameTaken, "LangfuseConflictError");
        }
    }

    private static async Task UpdateAsync(HttpContext context, string projectId, IProjectStore projects)
    {
        if (await ReadAsync(context) is not { } content)
        {
            return;
        }

        var update = await projects.UpdateAsync(context.GetOrganization().Id, projectId, content, context.RequestAborted);
        await (update switch
        {
            { Project: { } project } => AnswerAsync(context, 200, project),
            { IsNameTaken: true } => Respond.ErrorAsync(context, 409, NameTaken, "LangfuseConflictError"),
            _ => NotFoundAsync(context),
        });
    }

    private static async Task DeleteAsync(HttpContext context, string projectId, IProjectStore projects)
    {
        if (!await projects.DeleteAsync(context.GetOrganization().Id, projectId, context.RequestAborted))
        {
            await NotFoundAsync(context);
            return;
        }

        const string message = "Project deletion has been initiated and is being processed asynchronously.";
        await Respond.JsonAsync(context, 202, new ProjectDeletionBody(true, message), ContractsJsonContext.Wire.ProjectDeletionBody);
    }

    private static Task AnswerAsync(HttpContext context, int status, ProjectRecord project) => Respond.JsonAsync(
        context,
        status,
        new ManagedProjectBody(project.Id.Value, project.Name, new RawJson(project.Metadata), project.RetentionDays),
        ContractsJsonContext.Wire.ManagedProjectBody);

    // Null: the body was wrong, which has been answered.
    private static async Task<ProjectContent?> ReadAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return null;
        }

        var reader = new BodyReader(body.RootElement);
        var name = reader.Text("name", required: true, min: 1, max: MaxNameLength);
        var retention = reader.Integer("retention", min: 0, max: 100_000);
        if (retention is > 0 and < MinRetentionDays)
        {
            reader.Refuse("custom", "retention", $"Invalid input: expected 0 (for ever) or at least {MinRetentionDays} days");
        }

        var metadata = reader.Object("metadata") is null ? null : reader.Json("metadata");
        return await reader.RefusedAsync(context) ? null : new ProjectContent(name!, metadata, retention);
    }
}
