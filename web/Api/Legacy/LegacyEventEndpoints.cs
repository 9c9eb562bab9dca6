using System.Text.Json;
using Actors.Contracts;
using Actors.Pricing;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Auth;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Legacy;

/// <summary>
/// The routes of clients older than batches, one event per request (langfuse-api §1.4). Each is another spelling of an
/// ingestion event, except that an id may always be left out of what is created.
/// </summary>
internal static class LegacyEventEndpoints
{
    private const int MaxEvents = 1_000;

    private static readonly BodySpelling Generation = new(("prompt", BodyField.Input), ("completion", BodyField.Output));

    private static readonly BodySpelling GenerationUpdate =
        new(("generationId", BodyField.Id), ("prompt", BodyField.Input), ("completion", BodyField.Output));

    private static readonly BodySpelling SpanUpdate = new(("spanId", BodyField.Id));

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/traces", Create("trace-create"));
        routes.MapPost("/spans", Create("span-create"));
        routes.MapPatch("/spans", Update("span-update", SpanUpdate));
        routes.MapPost("/generations", Create("generation-create", Generation));
        routes.MapPatch("/generations", Update("generation-update", GenerationUpdate));
        routes.MapPost("/events", Create("event-create"));
    }

    private static Route Create(string type, BodySpelling? spelling = null)
    {
        var spec = EventSpec.Of(type) with { NeedsId = false };
        return (context, pricing, events, appender, _) => StoreAsync(context, spec, spelling, pricing, events, appender, grains: null);
    }

    private static Route Update(string type, BodySpelling spelling)
    {
        var spec = EventSpec.Of(type);
        return (context, pricing, events, appender, grains) => StoreAsync(context, spec, spelling, pricing, events, appender, grains);
    }

    private static async Task StoreAsync(
        HttpContext context,
        EventSpec spec,
        BodySpelling? spelling,
        IPricingAttributeKeys pricing,
        SingleEventReader events,
        StreamAppender appender,
        IGrainFactory? grains)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        // Only events come as lists; a list anywhere else is a wrong body like any other.
        var isList = body.RootElement.ValueKind == JsonValueKind.Array && spec.Type == ObservationType.Event;
        JsonElement[] bodies = isList ? [.. body.RootElement.EnumerateArray().Take(MaxEvents + 1)] : [body.RootElement];
        if (bodies.Length is 0 or > MaxEvents)
        {
            await SingleEventAnswers.RefuseAsync(
                context, [new RequestIssue(bodies.Length == 0 ? "too_small" : "too_big", [], $"Expected 1 to {MaxEvents} events")]);
            return;
        }

        var keys = await pricing.GetAsync(context.GetProject(), context.RequestAborted);
        SingleEvent[] read = [.. bodies.Select(json => events.Read(spec, json, keys, spelling))];
        RequestIssue[] issues =
            [.. read.SelectMany((e, index) => e.Issues?.Select(i => isList ? i with { Path = [$"{index}", .. i.Path] } : i) ?? [])];
        if (issues.Length > 0)
        {
            await SingleEventAnswers.RefuseAsync(context, issues);
            return;
        }

        if (grains is not null)
        {
            read = [await InItsTraceAsync(context, body.RootElement, read[0], grains)];
        }

        var streams = read.GroupBy(e => e.Stream).Select(g => new StreamBatch(g.Key, [.. g.Select(e => e.Event!)])).ToList();
        var results = await appender.AppendAsync(context.GetProject(), streams);
        await SingleEventAnswers.AnswerAsync(context, results.Max(), IdOf(read[0]));
    }

    // An update need not say the trace of what it updates; only what was stored knows it then.
    private static async Task<SingleEvent> InItsTraceAsync(HttpContext context, JsonElement body, SingleEvent update, IGrainFactory grains)
    {
        if (body.TryGetProperty("traceId", out var said) && said.ValueKind == JsonValueKind.String)
        {
            return update;
        }

        var analytics = grains.GetGrain<IAnalyticsGrain>(context.GetProject().Value);
        var known = await analytics.ReadAsync(a => a.GetObservationAsync(IdOf(update)), context);
        return known is null ? update : update with { Stream = StreamId.ForTrace(known.TraceId) };
    }

    private static string IdOf(SingleEvent e) => e.Event is ObservationEvent observation ? observation.ObservationId : e.Stream.Id;

    private delegate Task Route(
        HttpContext context, IPricingAttributeKeys pricing, SingleEventReader events, StreamAppender appender, IGrainFactory grains);
}
