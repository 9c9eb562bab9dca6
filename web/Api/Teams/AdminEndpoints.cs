using Actors.Access;
using Actors.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Teams;

/// <summary>All organizations and their keys, for whoever runs the server: <c>/api/admin/organizations</c> (langfuse-api §15).</summary>
internal static class AdminEndpoints
{
    private const int MaxNameLength = 100;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/organizations", ListAsync);
        routes.MapPost("/organizations", CreateAsync);
        routes.MapGet("/organizations/{organizationId}", GetAsync);
        routes.MapPut("/organizations/{organizationId}", UpdateAsync);
        routes.MapDelete("/organizations/{organizationId}", DeleteAsync);
        routes.MapGet("/organizations/{organizationId}/apiKeys", static (HttpContext c, string organizationId, IOrganizationStore o, IApiKeyStore k) =>
            ForOrganizationAsync(c, organizationId, o, scope => ApiKeyEndpoints.ListAsync(c, scope, k)));
        routes.MapPost("/organizations/{organizationId}/apiKeys", static (HttpContext c, string organizationId, IOrganizationStore o, IApiKeyStore k) =>
            ForOrganizationAsync(c, organizationId, o, scope => ApiKeyEndpoints.CreateAsync(c, scope, k)));
        routes.MapDelete(
            "/organizations/{organizationId}/apiKeys/{keyId}",
            static (HttpContext c, string organizationId, string keyId, IOrganizationStore o, IApiKeyStore k) =>
                ForOrganizationAsync(c, organizationId, o, scope => ApiKeyEndpoints.DeleteAsync(c, scope, keyId, k)));
    }

    private static async Task ListAsync(HttpContext context, IOrganizationStore organizations)
    {
        var all = await organizations.ListAsync(context.RequestAborted);
        await Respond.JsonAsync(context, 200, new OrganizationsBody([.. all.Select(ToBody)]), ContractsJsonContext.Wire.OrganizationsBody);
    }

    private static async Task GetAsync(HttpContext context, string organizationId, IOrganizationStore organizations) =>
        await AnswerAsync(context, 200, await organizations.FindAsync(organizationId, context.RequestAborted));

    private static async Task CreateAsync(HttpContext context, IOrganizationStore organizations)
    {
        if (await ReadAsync(context) is { } content)
        {
            await AnswerAsync(context, 201, await organizations.CreateAsync(content.Name, content.Metadata, context.RequestAborted));
        }
    }

    private static async Task UpdateAsync(HttpContext context, string organizationId, IOrganizationStore organizations)
    {
        if (await ReadAsync(context) is { } content)
        {
            await AnswerAsync(
                context, 200, await organizations.UpdateAsync(organizationId, content.Name, content.Metadata, context.RequestAborted));
        }
    }

    private static async Task DeleteAsync(HttpContext context, string organizationId, IOrganizationStore organizations) =>
        await (await organizations.DeleteAsync(organizationId, context.RequestAborted) switch
        {
            OrganizationDeletion.Deleted => Respond.JsonAsync(context, 200, new SuccessBody(true), ContractsJsonContext.Wire.SuccessBody),
            OrganizationDeletion.HasProjects => Respond.ErrorAsync(
                context, 400, "Cannot delete an organization with projects: delete its projects first", "InvalidRequestError"),
            _ => NotFoundAsync(context),
        });

    private static async Task ForOrganizationAsync(
        HttpContext context, string organizationId, IOrganizationStore organizations, Func<TeamScope, Task> run)
    {
        if (await organizations.FindAsync(organizationId, context.RequestAborted) is { } organization)
        {
            await run(new TeamScope(organization.Id, null));
        }
        else
        {
            await NotFoundAsync(context);
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, OrganizationRecord? organization) => organization is null
        ? NotFoundAsync(context)
        : Respond.JsonAsync(context, status, ToBody(organization), ContractsJsonContext.Wire.ManagedOrganizationBody);

    private static Task NotFoundAsync(HttpContext context) => Respond.NotFoundAsync(context, "Organization not found");

    private static ManagedOrganizationBody ToBody(OrganizationRecord o) =>
        new(o.Id, o.Name, new RawJson(o.Metadata), o.CreatedAt, [.. o.Projects.Select(ManagedProjectEndpoints.ToListItem)]);

    // Null: the body was wrong, which has been answered.
    private static async Task<(string Name, string? Metadata)?> ReadAsync(HttpContext context)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return null;
        }

        var reader = new BodyReader(body.RootElement);
        var name = reader.Text("name", required: true, min: 1, max: MaxNameLength);
        var metadata = reader.Object("metadata") is null ? null : reader.Json("metadata");
        return await reader.RefusedAsync(context) ? null : (name!, metadata);
    }
}
