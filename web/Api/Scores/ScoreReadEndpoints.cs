using Actors.Contracts;
using Actors.Filtering;
using Actors.Queries;
using Actors.Scoring;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Scores;

/// <summary>Reads scores: <c>/scores</c>, <c>/v2/scores</c> and <c>/v3/scores</c> (langfuse-api §6.2 to §6.4).</summary>
internal static class ScoreReadEndpoints
{
    private const string TraceFilterMessage = "Filtering by userId or traceTags needs 'trace' in the fields parameter";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/scores", ListAsync);
        routes.MapGet("/scores/{scoreId}", GetAsync);
        routes.MapGet("/v2/scores", ListV2Async);
        routes.MapGet("/v2/scores/{scoreId}", GetV2Async);
        routes.MapGet("/v3/scores", ListV3Async);
    }

    private static async Task ListAsync(HttpContext context, IGrainFactory grains, IScoreConfigStore configs)
    {
        var reader = new QueryReader(context.Request.Query);
        var query = ScoreParameters.Read(reader) with { TraceScoresOnly = true };
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var page = await ReadAsync(context, grains, query);
        var items = await configs.FillAsync<ScoreItemBody>(context, [.. page.Items.Select(item => item.ToItem())]);
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, query.Page, query.Limit, page.TotalItems), ContractsJsonContext.Wire.PageBodyScoreItemBody);
    }

    private static async Task GetAsync(HttpContext context, IGrainFactory grains, IScoreConfigStore configs)
    {
        // The first version knows neither scores of sessions and runs nor corrections.
        if (await FindAsync(context, grains) is { TraceId: not null, DataType: not ScoreDataType.Correction } score)
        {
            var body = (await configs.FillAsync<ScoreBody>(context, [score.ToWire()]))[0];
            await Respond.JsonAsync(context, 200, body, ContractsJsonContext.Wire.ScoreBody);
            return;
        }

        await Respond.NotFoundAsync(context, "Score not found");
    }

    private static async Task ListV2Async(HttpContext context, IGrainFactory grains, IScoreConfigStore configs)
    {
        var project = context.GetProject();
        var reader = new QueryReader(context.Request.Query);
        var query = ScoreParameters.Read(reader) with
        {
            SessionIds = ScoreParameters.One(reader.Text("sessionId")),
            DatasetRunIds = ScoreParameters.One(reader.Text("datasetRunId")),
            TraceIds = ScoreParameters.One(reader.Text("traceId")),
            ObservationIds = reader.Csv("observationId"),
            Filter = reader.Filter(FilterCatalog.Scores) ?? Filter.Everything,
        };
        var fields = reader.Csv("fields");
        var withTrace = fields.Contains("trace") || !fields.Contains("score");
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        if (!withTrace && (query.UserId is not null || query.TraceTags.Count > 0))
        {
            await Respond.ErrorAsync(context, 400, TraceFilterMessage, "InvalidRequestError");
            return;
        }

        var page = await ReadAsync(context, grains, query);
        var items = await configs.FillAsync<ScoreV2ItemBody>(context, [.. page.Items.Select(item => item.ToV2Item(project, withTrace))]);
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, query.Page, query.Limit, page.TotalItems), ContractsJsonContext.Wire.PageBodyScoreV2ItemBody);
    }

    private static async Task GetV2Async(HttpContext context, IGrainFactory grains, IScoreConfigStore configs)
    {
        if (await FindAsync(context, grains) is { } score)
        {
            var body = (await configs.FillAsync<ScoreV2Body>(context, [score.ToV2(context.GetProject())]))[0];
            await Respond.JsonAsync(context, 200, body, ContractsJsonContext.Wire.ScoreV2Body);
            return;
        }

        await Respond.NotFoundAsync(context, "Score not found");
    }

    private static async Task ListV3Async(HttpContext context, IGrainFactory grains)
    {
        var project = context.GetProject();
        var reader = new QueryReader(context.Request.Query);
        var (query, groups) = ScoreV3Parameters.Read(reader);
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        // One more than asked for tells whether there is a next page.
        var page = await ReadAsync(context, grains, query with { Limit = query.Limit + 1 });
        ScoreV3Body[] items = [.. page.Items.Take(query.Limit).Select(item => item.Score.ToV3(project, groups))];
        var cursor = page.Items.Count > query.Limit ? ScoreV3Cursor.After(page.Items[query.Limit - 1].Score) : null;
        await Respond.JsonAsync(
            context, 200, new LimitedCursorBody<ScoreV3Body>(items, new LimitedCursorMeta(query.Limit, cursor)),
            ContractsJsonContext.Wire.LimitedCursorBodyScoreV3Body);
    }

    private static Task<Page<ScoreItem>> ReadAsync(HttpContext context, IGrainFactory grains, ScoreQuery query)
    {
        var project = context.GetProject();
        return grains.GetGrain<IAnalyticsGrain>(project.Value).ReadAsync(a => a.ListScoresAsync(query), context);
    }

    private static async Task<ScoreRecord?> FindAsync(HttpContext context, IGrainFactory grains)
    {
        var id = context.GetLastSegment();
        var project = context.GetProject();
        return StreamId.IsValidId(id)
            ? await grains.GetGrain<IAnalyticsGrain>(project.Value).ReadAsync(a => a.GetScoreAsync(id), context)
            : null;
    }
}
