using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>Lets requests in that store one event, and holds their bytes until they are answered. Runs behind the filter that knows the project.</summary>
internal sealed class AdmissionFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var admission = http.RequestServices.GetRequiredService<Admission>();
        var max = http.RequestServices.GetRequiredService<IOptions<IngestionOptions>>().Value.MaxBatchBytes;
        using var lease = admission.TryEnter(http.GetProject(), RequestBody.Expect(http.Request, max), out var reason);
        if (lease is null)
        {
            await admission.RefuseAsync(http, reason);
            return Results.Empty;
        }

        http.Features.Set(lease);
        return await next(context);
    }
}
