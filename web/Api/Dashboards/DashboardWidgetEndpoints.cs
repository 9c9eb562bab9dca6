using Actors.Contracts;
using Actors.Dashboards;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Dashboards;

/// <summary><c>/unstable/dashboard-widgets</c> (langfuse-api §19).</summary>
internal static class DashboardWidgetEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dashboard-widgets", ListAsync);
        routes.MapPost("/dashboard-widgets", AddAsync);
        routes.MapGet("/dashboard-widgets/{widgetId}", GetAsync);
        routes.MapPatch("/dashboard-widgets/{widgetId}", ChangeAsync);
        routes.MapDelete("/dashboard-widgets/{widgetId}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext context, IDashboardStore dashboards)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        if (await query.RefusedAsync(context))
        {
            return;
        }

        var found = await dashboards.ListWidgetsAsync(context.GetProject(), page, context.RequestAborted);
        var items = new Slice<WidgetBody>([.. found.Items.Select(w => w.ToWire())], found.TotalItems);
        await Respond.JsonAsync(context, 200, Respond.Page(items, page), ContractsJsonContext.Wire.PageBodyWidgetBody);
    }

    private static async Task AddAsync(HttpContext context, IDashboardStore dashboards)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        var draft = WidgetReader.Draft(body);
        if (!await body.RefusedAsync(context))
        {
            await AnswerAsync(context, await dashboards.AddWidgetAsync(context.GetProject(), draft!, context.RequestAborted));
        }
    }

    private static async Task GetAsync(HttpContext context, IDashboardStore dashboards) => await AnswerAsync(
        context, await dashboards.FindWidgetAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted));

    private static async Task ChangeAsync(HttpContext context, IDashboardStore dashboards)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        var change = WidgetReader.Change(body);
        if (!await body.RefusedAsync(context))
        {
            await AnswerAsync(
                context, await dashboards.ChangeWidgetAsync(context.GetProject(), context.GetLastSegment(), change, context.RequestAborted));
        }
    }

    private static async Task DeleteAsync(HttpContext context, IDashboardStore dashboards) => await Respond.DoneAsync(
        context,
        await dashboards.DeleteWidgetAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted),
        "Dashboard widget successfully deleted");

    private static Task AnswerAsync(HttpContext context, Outcome<WidgetRecord> outcome) => outcome.Value is { } widget
        ? Respond.JsonAsync(context, 200, widget.ToWire(), ContractsJsonContext.Wire.WidgetBody)
        : Respond.RefusalAsync(context, outcome.Refusal!);
}
