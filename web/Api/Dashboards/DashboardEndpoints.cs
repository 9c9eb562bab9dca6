using Actors.Contracts;
using Actors.Dashboards;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Dashboards;

/// <summary><c>/unstable/dashboards</c> (langfuse-api §19).</summary>
internal static class DashboardEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dashboards", ListAsync);
        routes.MapPost("/dashboards", AddAsync);
        routes.MapGet("/dashboards/{dashboardId}", GetAsync);
        routes.MapPatch("/dashboards/{dashboardId}", ChangeAsync);
        routes.MapDelete("/dashboards/{dashboardId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext context, IDashboardStore dashboards)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        if (await query.RefusedAsync(context))
        {
            return;
        }

        var found = await dashboards.ListAsync(context.GetProject(), page, context.RequestAborted);
        var items = new Slice<DashboardBody>([.. found.Items.Select(d => d.ToWire())], found.TotalItems);
        await Respond.JsonAsync(context, 200, Respond.Page(items, page), ContractsJsonContext.Wire.PageBodyDashboardBody);
    }

    private static async Task AddAsync(HttpContext context, IDashboardStore dashboards)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        var draft = DashboardReader.Draft(body);
        if (!await body.RefusedAsync(context))
        {
            await AnswerAsync(context, await dashboards.AddAsync(context.GetProject(), draft, context.RequestAborted));
        }
    }

    private static async Task GetAsync(HttpContext context, IDashboardStore dashboards) =>
        await AnswerAsync(context, await dashboards.FindAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted));

    private static async Task ChangeAsync(HttpContext context, IDashboardStore dashboards)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        var change = DashboardReader.Change(body);
        if (!await body.RefusedAsync(context))
        {
            await AnswerAsync(
                context, await dashboards.ChangeAsync(context.GetProject(), context.GetLastSegment(), change, context.RequestAborted));
        }
    }

    private static async Task DeleteAsync(HttpContext context, IDashboardStore dashboards) => await Respond.DoneAsync(
        context,
        await dashboards.DeleteAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted),
        "Dashboard successfully deleted");

    private static Task AnswerAsync(HttpContext context, Outcome<DashboardRecord> outcome) => outcome.Value is { } dashboard
        ? Respond.JsonAsync(context, 200, dashboard.ToWire(), ContractsJsonContext.Wire.DashboardBody)
        : Respond.RefusalAsync(context, outcome.Refusal!);
}
