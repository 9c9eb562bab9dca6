using Actors.Contracts;
using Actors.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Auth;

/// <summary>Lets only holders of a project's secret key pass, and tells the endpoint which project it is.</summary>
internal sealed class ProjectFilter : IEndpointFilter
{
    /// <summary>The answer to a key that may not do this.</summary>
    public static ErrorBody AccessDenied { get; } = new("Access denied - insufficient permissions for this endpoint");

    /// <summary>The answer to an organization's key.</summary>
    public static ErrorBody OrganizationKey { get; } = new("Project ID not found for API token. Are you using an organization key?");

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var outcome = await http.RequestServices.GetRequiredService<ProjectAuthenticator>().AuthenticateAsync(http);
        if (outcome.Organization is not null)
        {
            return await RefuseAsync(http, StatusCodes.Status403Forbidden, OrganizationKey.Message);
        }

        if (outcome.Access is not { } access)
        {
            return await RefuseAsync(http, StatusCodes.Status401Unauthorized, outcome.Problem!);
        }

        if (access.Key != KeyKind.Secret)
        {
            return await RefuseAsync(http, StatusCodes.Status403Forbidden, AccessDenied.Message);
        }

        http.Features.Set(access);
        return await next(context);
    }

    private static async Task<IResult> RefuseAsync(HttpContext context, int status, string message)
    {
        await Respond.ErrorAsync(context, status, message, error: null);
        return Results.Empty;
    }
}

/// <summary>Reads what <see cref="ProjectFilter"/> found.</summary>
internal static class ProjectFilterExtensions
{
    /// <summary>The project of the request. Throws where the filter did not run: an endpoint without it is a mistake of ours.</summary>
    public static ProjectId GetProject(this HttpContext context) => context.GetProjectAccess().Project.Id;

    public static ProjectAccess GetProjectAccess(this HttpContext context) => context.Features.Get<ProjectAccess>()
        ?? throw new InvalidOperationException($"The endpoint {context.GetEndpoint()?.DisplayName} is not behind {nameof(ProjectFilter)}.");
}
