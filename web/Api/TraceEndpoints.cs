using System.Collections.Frozen;
using Actors.Contracts;
using Actors.Prompts;
using Actors.Filtering;
using Actors.Queries;
using Actors.Scoring;
using Actors.Tracing;
using Actors.Web.Api.Prompts;
using Actors.Web.Api.Scores;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary><c>GET /traces</c> and <c>GET /traces/{id}</c> (langfuse-api §3).</summary>
internal static class TraceEndpoints
{
    private const string OrderFields = "id, timestamp, name, userId, release, version, public, bookmarked, sessionId, each with .asc or .desc";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/traces", ListAsync);
        routes.MapGet("/traces/{traceId}", GetAsync);
    }

    private static async Task GetAsync(HttpContext context, IGrainFactory grains, IPromptStore prompts, IScoreConfigStore configs)
    {
        var traceId = context.GetLastSegment();
        var project = context.GetProject();
        var groups = TraceFieldGroupsParser.Parse(context.Request.Query["fields"]);
        var document = StreamId.IsValidId(traceId)
            ? await GrainCalls.ReadAsync(() =>
                grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, StreamId.ForTrace(traceId))).ReadAsync(), context)
            : null;
        if (document?.Trace is not { } trace)
        {
            await Respond.NotFoundAsync(context, $"Trace {traceId} not found within authorized project");
            return;
        }

        var body = document.ToDetail(trace, project, groups);
        body = body with
        {
            Observations = await prompts.LinkAsync(context, body.Observations), Scores = await configs.FillAsync(context, body.Scores),
        };
        await Respond.JsonAsync(context, 200, body, ContractsJsonContext.Wire.TraceDetailBody);
    }

    private static async Task ListAsync(HttpContext context, IGrainFactory grains)
    {
        var project = context.GetProject();
        var groups = TraceFieldGroupsParser.Parse(context.Request.Query["fields"]);
        var reader = new QueryReader(context.Request.Query);
        var query = ReadQuery(reader, groups);
        if (reader.Problem is { } problem)
        {
            await Respond.JsonAsync(context, 400, problem, ContractsJsonContext.Wire.InvalidRequestBody);
            return;
        }

        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        var (page, children) = (groups & (TraceFieldGroups.Observations | TraceFieldGroups.Scores)) != 0
            ? await analytics.ReadAsync(a => a.ListTracesWithChildrenAsync(query), context)
            : new TracesWithChildren(await analytics.ReadAsync(a => a.ListTracesAsync(query), context), FrozenDictionary<string, TraceChildren>.Empty);
        TraceBody[] items = [.. page.Items.Select(t => t.ToListItem(project, children.GetValueOrDefault(t.Id), groups))];
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, query.Page, query.Limit, page.TotalItems), ContractsJsonContext.Wire.PageBodyTraceBody);
    }

    private static TraceQuery ReadQuery(QueryReader reader, TraceFieldGroups groups)
    {
        var order = reader.OneOf("orderBy", ParseOrder, OrderFields);
        var page = reader.Page();
        var query = new TraceQuery
        {
            Page = page.Page,
            Limit = page.Limit,
            Filter = ReadConditions(reader),
            From = reader.Time("fromTimestamp"),
            To = reader.Time("toTimestamp"),
            OrderBy = order?.Field ?? TraceOrder.Timestamp,
            Descending = order?.Descending ?? true,
            TextLimit = groups.HasFlag(TraceFieldGroups.Io) ? null : 0,
        };

        // The filter replaces the single parameters, the times among them.
        return reader.Filter(FilterCatalog.Traces) is { } filter ? query with { Filter = filter, From = null, To = null } : query;
    }

    private static Filter ReadConditions(QueryReader reader)
    {
        var conditions = new SingleConditions(FilterCatalog.Traces)
            .Equal("userId", reader.Text("userId"))
            .Equal("name", reader.Text("name"))
            .Equal("sessionId", reader.Text("sessionId"))
            .Equal("version", reader.Text("version"))
            .Equal("release", reader.Text("release"))
            .OneOf("environment", reader.List("environment"));
        foreach (var tag in reader.List("tags"))
        {
            conditions.OneOf("tags", [tag]);
        }

        return conditions.All;
    }

    private static (TraceOrder Field, bool Descending)? ParseOrder(string text)
    {
        var dot = text.LastIndexOf('.');
        TraceOrder? field = dot < 0 ? null : text[..dot] switch
        {
            "timestamp" => TraceOrder.Timestamp,
            "id" => TraceOrder.Id,
            "name" => TraceOrder.Name,
            "userId" => TraceOrder.UserId,
            "release" => TraceOrder.Release,
            "version" => TraceOrder.Version,
            "public" => TraceOrder.Public,
            "sessionId" => TraceOrder.SessionId,

            // Nothing is bookmarked yet, so every trace ties and the id decides.
            "bookmarked" => TraceOrder.Id,
            _ => null,
        };
        return (field, text[(dot + 1)..].ToLowerInvariant()) switch
        {
            ({ } known, "asc") => (known, false),
            ({ } known, "desc") => (known, true),
            _ => null,
        };
    }
}
