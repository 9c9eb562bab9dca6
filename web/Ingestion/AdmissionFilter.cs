using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>Lets requests in that store one event, and holds their bytes until they are answered. Runs behind the filter that knows the project.</summary>
internal sealed class AdmissionFilter(IngestDoor door) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var admission = http.RequestServices.GetRequiredService<Admission>();
        var max = http.RequestServices.GetRequiredService<IOptions<IngestionOptions>>().Value.MaxBatchBytes;
        using var admitted = admission.TryEnter(door, http.GetProject(), RequestBody.Expect(http.Request, max), out var reason);
        if (admitted is null)
        {
            await admission.RefuseAsync(http, reason);
            return Results.Empty;
        }

        http.Features.Set(admitted);
        return await next(context);
    }
}
