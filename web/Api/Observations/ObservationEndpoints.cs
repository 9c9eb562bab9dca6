using Actors.Contracts;
using Actors.Prompts;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Api.Prompts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Observations;

/// <summary><c>GET /observations</c> and <c>GET /observations/{id}</c> (langfuse-api §4.1).</summary>
internal static class ObservationEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/observations", ListAsync);
        routes.MapGet("/observations/{observationId}", GetAsync);
    }

    private static async Task GetAsync(HttpContext context, IGrainFactory grains, IPromptStore prompts)
    {
        var observationId = context.GetLastSegment();
        var project = context.GetProject();
        var observation = StreamId.IsValidId(observationId)
            ? await grains.GetGrain<IAnalyticsGrain>(project.Value).ReadAsync(a => a.GetObservationAsync(observationId), context)
            : null;
        if (observation is null)
        {
            await Respond.NotFoundAsync(context, "Observation not found within authorized project");
            return;
        }

        var body = (await prompts.LinkAsync(context, [observation.ToWire(project)]))[0];
        await Respond.JsonAsync(context, 200, body, ContractsJsonContext.Wire.ObservationBody);
    }

    private static async Task ListAsync(HttpContext context, IGrainFactory grains, IPromptStore prompts)
    {
        var project = context.GetProject();
        var reader = new QueryReader(context.Request.Query);
        var slice = reader.Page();
        var query = ObservationParameters.Read(reader, new SingleConditions(FilterCatalog.Observations)) with { Page = slice.Page, Limit = slice.Limit };
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var page = await grains.GetGrain<IAnalyticsGrain>(project.Value).ReadAsync(a => a.ListObservationsAsync(query), context);
        var items = await prompts.LinkAsync(context, [.. page.Items.Select(o => o.ToWire(project))]);
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, query.Page, query.Limit, page.TotalItems), ContractsJsonContext.Wire.PageBodyObservationBody);
    }
}
