using Actors.Contracts;
using Actors.Web.Feedback;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Auth;

/// <summary>
/// Lets holders of either key of a project pass, those of the public key alone as <see cref="FeedbackDoor"/> allows, and tells the
/// endpoint which project it is.
/// </summary>
internal sealed class ScoreKeyFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var outcome = await http.RequestServices.GetRequiredService<ProjectAuthenticator>().AuthenticateAsync(http);
        if (outcome.Organization is not null)
        {
            return Results.Json(ProjectFilter.OrganizationKey, ContractsJsonContext.Wire.ErrorBody, statusCode: StatusCodes.Status403Forbidden);
        }

        if (outcome.Access is not { } access)
        {
            return Results.Json(new ErrorBody(outcome.Problem!), ContractsJsonContext.Wire.ErrorBody, statusCode: StatusCodes.Status401Unauthorized);
        }

        if (await http.RequestServices.GetRequiredService<FeedbackDoor>().RefusedAsync(http, access))
        {
            return Results.Empty;
        }

        http.Features.Set(access);
        return await next(context);
    }
}
