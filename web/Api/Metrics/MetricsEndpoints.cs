using Actors.Contracts;
using Actors.Queries;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Metrics;

/// <summary><c>GET /metrics</c>, <c>GET /v2/metrics</c> and <c>GET /metrics/daily</c> (langfuse-api §13).</summary>
internal static class MetricsEndpoints
{
    private static readonly MetricsQueryParser First = new(isSecond: false);
    private static readonly MetricsQueryParser Second = new(isSecond: true);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/metrics", (HttpContext context, IGrainFactory grains) => QueryAsync(context, grains, First));
        routes.MapGet("/v2/metrics", (HttpContext context, IGrainFactory grains) => QueryAsync(context, grains, Second));
        routes.MapGet("/metrics/daily", DailyAsync);
    }

    private static async Task QueryAsync(HttpContext context, IGrainFactory grains, MetricsQueryParser parser)
    {
        var (query, problem) = parser.Parse(new QueryReader(context.Request.Query).Text("query"));
        if (query is null)
        {
            await Respond.JsonAsync(context, 400, problem!, ContractsJsonContext.Wire.InvalidRequestBody);
            return;
        }

        var project = context.GetProject();
        var answer = await grains.GetGrain<IAnalyticsGrain>(project.Value).ReadAsync(a => a.QueryMetricsAsync(query), context);
        await Respond.JsonAsync(context, 200, answer.ToWire(), ContractsJsonContext.Wire.MetricsBody);
    }

    private static async Task DailyAsync(HttpContext context, IGrainFactory grains)
    {
        var reader = new QueryReader(context.Request.Query);
        var page = reader.Page();
        var query = new DailyMetricsQuery
        {
            Page = page.Page,
            Limit = page.Limit,
            TraceName = reader.Text("traceName"),
            UserId = reader.Text("userId"),
            Tags = reader.List("tags"),
            Environments = [.. reader.List("environment"), .. reader.List("traceEnvironment")],
            From = reader.Time("fromTimestamp"),
            To = reader.Time("toTimestamp"),
        };
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        var days = await grains.GetGrain<IAnalyticsGrain>(project.Value).ReadAsync(a => a.GetDailyMetricsAsync(query), context);
        DailyMetricsBody[] items = [.. days.Items.Select(day => day.ToWire())];
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, query.Page, query.Limit, days.TotalItems), ContractsJsonContext.Wire.PageBodyDailyMetricsBody);
    }
}
