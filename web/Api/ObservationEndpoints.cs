using Actors.Contracts;
using Actors.Prompts;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Api.Prompts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary><c>GET /observations</c> and <c>GET /observations/{id}</c> (langfuse-api §4.1).</summary>
internal static class ObservationEndpoints
{
    private const string Types = "SPAN, GENERATION, EVENT, AGENT, TOOL, CHAIN, RETRIEVER, EVALUATOR, EMBEDDING, GUARDRAIL";

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
            ? await GrainCalls.ReadAsync(() => grains.GetGrain<IAnalyticsGrain>(project.Value).GetObservationAsync(observationId), context)
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
        reader.RefuseFilter();
        var query = new ObservationQuery
        {
            Page = reader.Integer("page", 1, 1, int.MaxValue),
            Limit = reader.Integer("limit", 50, 1, 100),
            Name = reader.Text("name"),
            UserId = reader.Text("userId"),
            Type = reader.OneOf("type", ObservationNames.ParseType, Types),
            TraceId = reader.Text("traceId"),
            Level = reader.OneOf("level", ObservationNames.ParseLevel, "DEBUG, DEFAULT, WARNING, ERROR"),
            ParentObservationId = reader.Text("parentObservationId"),
            Environments = reader.List("environment"),
            From = reader.Time("fromStartTime"),
            To = reader.Time("toStartTime"),
            Version = reader.Text("version"),
        };
        if (reader.Problem is { } problem)
        {
            await Respond.JsonAsync(context, 400, problem, ContractsJsonContext.Wire.InvalidRequestBody);
            return;
        }

        var page = await GrainCalls.ReadAsync(() => grains.GetGrain<IAnalyticsGrain>(project.Value).ListObservationsAsync(query), context);
        var items = await prompts.LinkAsync(context, [.. page.Items.Select(o => o.ToWire(project))]);
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, query.Page, query.Limit, page.TotalItems), ContractsJsonContext.Wire.PageBodyObservationBody);
    }
}
