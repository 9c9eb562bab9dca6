using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary><c>GET /projects</c> (langfuse-api §15): clients check their keys with it.</summary>
internal static class ProjectEndpoints
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/projects", GetAsync);

    private static Task GetAsync(HttpContext context)
    {
        var project = context.GetProjectAccess().Project;
        var body = new ProjectBody(
            project.Id.Value, project.Name, new OrganizationBody(project.OrganizationId, project.OrganizationName), RawJson.EmptyObject);
        return Respond.JsonAsync(context, 200, new ProjectsBody([body]), ContractsJsonContext.Wire.ProjectsBody);
    }
}
