using Actors.Contracts;
using Actors.Queries;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Experiments;

/// <summary><c>GET /experiments</c> and <c>GET /experiment-items</c> (langfuse-api §10).</summary>
internal static class ExperimentEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/experiments", ListAsync);
        routes.MapGet("/experiment-items", ListItemsAsync);
    }

    private static async Task ListAsync(HttpContext context, IGrainFactory grains, ExperimentFeed feed)
    {
        var reader = new QueryReader(context.Request.Query);
        var request = ExperimentRequest.Read(reader);
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        // One more than asked for tells whether there is a next page.
        var limit = request.Query.Limit;
        var found = await feed.ReadAsync(context, request, limit + 1);
        ListedExperiment[] page = [.. found.Take(limit)];
        var project = context.GetProject();
        var scores = request.Groups.HasFlag(ExperimentFieldGroups.Scores)
            ? await ExperimentScores.ReadAsync(context, grains.GetGrain<IAnalyticsGrain>(project.Value), page, request.ScoreLimit)
            : null;
        await Respond.JsonAsync(
            context,
            200,
            new CursorBody<ExperimentBody>(
                [.. page.Select(e => e.Record.ToWire(request.Groups, scores?[e.Record.Id].ToWire(project)))],
                new CursorMeta(found.Count > limit ? page[^1].Place.ToCursor() : null)),
            ContractsJsonContext.Wire.CursorBodyExperimentBody);
    }

    private static async Task ListItemsAsync(HttpContext context, IGrainFactory grains, ExperimentItemFeed feed, LinkedItemReader links)
    {
        var reader = new QueryReader(context.Request.Query);
        var request = ExperimentItemRequest.Read(reader);
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var found = await feed.ReadAsync(context, request, request.Limit + 1);
        ListedItem[] page = [.. found.Take(request.Limit)];
        var items = await links.ReadAsync(context, request, page);
        var project = context.GetProject();
        var scores = request.Has(ExperimentItemFieldGroups.Scores)
            ? await ExperimentScores.ReadAsync(context, grains.GetGrain<IAnalyticsGrain>(project.Value), items, request.ScoreLimit)
            : null;
        await Respond.JsonAsync(
            context,
            200,
            new CursorBody<ExperimentItemBody>(
                [.. items.Select(i => i.ToWire(request.Groups, scores?.Invoke(i).ToWire(project)))],
                new CursorMeta(found.Count > request.Limit ? page[^1].Place.ToCursor() : null)),
            ContractsJsonContext.Wire.CursorBodyExperimentItemBody);
    }
}
