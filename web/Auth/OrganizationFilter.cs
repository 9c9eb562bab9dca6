using Actors.Access;
using Actors.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Auth;

/// <summary>Lets only holders of an organization's own key pass, and tells the endpoint which organization it is.</summary>
internal sealed class OrganizationFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var outcome = await http.RequestServices.GetRequiredService<ProjectAuthenticator>().AuthenticateAsync(http);
        if (outcome.Problem is { } problem)
        {
            return Results.Json(new ErrorBody(problem), ContractsJsonContext.Wire.ErrorBody, statusCode: StatusCodes.Status401Unauthorized);
        }

        if (outcome.Organization is not { } organization)
        {
            return Results.Json(ProjectFilter.AccessDenied, ContractsJsonContext.Wire.ErrorBody, statusCode: StatusCodes.Status403Forbidden);
        }

        http.Features.Set(organization);
        return await next(context);
    }
}

/// <summary>Lets only whoever runs the server pass.</summary>
internal sealed class AdminFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var admin = context.HttpContext.RequestServices.GetRequiredService<AdminKey>();
        if (admin.IsShown(context.HttpContext.Request))
        {
            return await next(context);
        }

        var problem = admin.IsSet ? "Unauthorized" : "Set Actors:Admin:ApiKey (or ADMIN_API_KEY) to use the administration API";
        return Results.Json(
            new ErrorBody(problem, "UnauthorizedError"), ContractsJsonContext.Wire.ErrorBody, statusCode: StatusCodes.Status401Unauthorized);
    }
}

/// <summary>Reads what <see cref="OrganizationFilter"/> found.</summary>
internal static class OrganizationFilterExtensions
{
    /// <summary>The organization of the request. Throws where the filter did not run: an endpoint without it is a mistake of ours.</summary>
    public static OrganizationInfo GetOrganization(this HttpContext context) => context.Features.Get<OrganizationInfo>()
        ?? throw new InvalidOperationException($"The endpoint {context.GetEndpoint()?.DisplayName} is not behind {nameof(OrganizationFilter)}.");
}
