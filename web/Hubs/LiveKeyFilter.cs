using Actors.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Hubs;

/// <summary>Lets holders of a project's secret key or of a live token pass, and tells the endpoint what they may see.</summary>
internal sealed class LiveKeyFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var (access, status, problem) = await http.RequestServices.GetRequiredService<LiveAuthenticator>().AuthenticateAsync(http);
        if (access is null)
        {
            return Results.Json(problem!, ContractsJsonContext.Wire.ErrorBody, statusCode: status);
        }

        http.Features.Set(access);
        return await next(context);
    }
}
