using Actors.Contracts;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary><c>GET /sessions</c> and <c>GET /sessions/{id}</c> (langfuse-api §5).</summary>
internal static class SessionEndpoints
{
    // The contract answers all traces of a session at once; beyond this many the list of traces is the way to page.
    private const int MaxTraces = TraceQuery.MaxLimit;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sessions", ListAsync);
        routes.MapGet("/sessions/{sessionId}", GetAsync);
    }

    private static async Task GetAsync(HttpContext context, IGrainFactory grains)
    {
        var sessionId = context.GetLastSegment();
        var project = context.GetProject();
        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        var session = StreamId.IsValidId(sessionId)
            ? await analytics.ReadAsync(a => a.GetSessionAsync(sessionId), context)
            : null;
        if (session is null)
        {
            await Respond.NotFoundAsync(context, "Session not found within authorized project");
            return;
        }

        var query = new TraceQuery { Filter = Filter.Equal("sessionId", sessionId), Limit = MaxTraces, Descending = false, WithTotal = false };
        var traces = await analytics.ReadAsync(a => a.ListTracesAsync(query), context);
        SessionTraceBody[] items = [.. traces.Items.Select(t => t.ToSessionTrace(project))];
        await Respond.JsonAsync(
            context,
            200,
            new SessionDetailBody(session.Id, session.CreatedAt, project.Value, session.Environment, items),
            ContractsJsonContext.Wire.SessionDetailBody);
    }

    private static async Task ListAsync(HttpContext context, IGrainFactory grains)
    {
        var project = context.GetProject();
        var reader = new QueryReader(context.Request.Query);
        var slice = reader.Page();
        var query = new SessionQuery
        {
            Page = slice.Page,
            Limit = slice.Limit,
            From = reader.Time("fromTimestamp"),
            To = reader.Time("toTimestamp"),
            Environments = reader.List("environment"),
        };
        if (reader.Problem is { } problem)
        {
            await Respond.JsonAsync(context, 400, problem, ContractsJsonContext.Wire.InvalidRequestBody);
            return;
        }

        var page = await grains.GetGrain<IAnalyticsGrain>(project.Value).ReadAsync(a => a.ListSessionsAsync(query), context);
        SessionBody[] items = [.. page.Items.Select(s => new SessionBody(s.Id, s.CreatedAt, project.Value, s.Environment))];
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, query.Page, query.Limit, page.TotalItems), ContractsJsonContext.Wire.PageBodySessionBody);
    }
}
