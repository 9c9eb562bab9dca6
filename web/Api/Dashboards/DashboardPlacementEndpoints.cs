using Actors.Contracts;
using Actors.Dashboards;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Dashboards;

/// <summary><c>/unstable/dashboards/{dashboardId}/placements</c> (langfuse-api §19).</summary>
internal static class DashboardPlacementEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/dashboards/{dashboardId}/placements", PlaceAsync);
        routes.MapPatch("/dashboards/{dashboardId}/placements/{placementId}", MoveAsync);
        routes.MapDelete("/dashboards/{dashboardId}/placements/{placementId}", RemoveAsync);
    }

    private static async Task PlaceAsync(HttpContext context, IDashboardStore dashboards)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        var draft = DashboardReader.PlacementDraft(body);
        if (!await body.RefusedAsync(context))
        {
            await AnswerAsync(context, await dashboards.PlaceAsync(context.GetProject(), context.GetSegment(1), draft!, context.RequestAborted));
        }
    }

    private static async Task MoveAsync(HttpContext context, IDashboardStore dashboards)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        DashboardReader.RefuseEmpty(body);
        var move = DashboardReader.Move(body);
        if (!await body.RefusedAsync(context))
        {
            await AnswerAsync(context, await dashboards.MoveAsync(
                context.GetProject(), context.GetSegment(2), context.GetLastSegment(), move, context.RequestAborted));
        }
    }

    private static async Task RemoveAsync(HttpContext context, IDashboardStore dashboards) => await Respond.DoneAsync(
        context,
        await dashboards.RemoveAsync(context.GetProject(), context.GetSegment(2), context.GetLastSegment(), context.RequestAborted),
        "Dashboard placement successfully deleted");

    private static Task AnswerAsync(HttpContext context, Outcome<Placement> outcome) => outcome.Value is { } placement
        ? Respond.JsonAsync(context, 200, placement.ToWire(), ContractsJsonContext.Wire.PlacementBody)
        : Respond.RefusalAsync(context, outcome.Refusal!);
}
