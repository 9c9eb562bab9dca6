using Actors.Contracts;
using Actors.Filtering;
using Actors.Prompts;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Api.Prompts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Observations;

/// <summary><c>GET /v2/observations</c> (langfuse-api §4.2): groups of fields, pages by cursor, no totals.</summary>
internal static class ObservationsV2Endpoint
{
    private const int MaxLimit = 1000;
    private const ObservationFieldGroups OfTrace = ObservationFieldGroups.Basic | ObservationFieldGroups.TraceContext;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v2/observations", ListAsync);

    private static async Task ListAsync(HttpContext context, IGrainFactory grains, IPromptStore prompts)
    {
        var reader = new QueryReader(context.Request.Query);
        var groups = ObservationFieldGroupsParser.Parse(reader.Text("fields"));
        var limit = reader.Integer("limit", 50, 0, MaxLimit);
        var expanded = reader.Csv("expandMetadata");
        var query = ReadQuery(reader, groups, limit);
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        IReadOnlyList<ObservationRecord> found = limit == 0
            ? []
            : (await analytics.ReadAsync(a => a.ListObservationsAsync(query), context)).Items;
        var page = found.Take(limit).ToList();
        var traces = (groups & OfTrace) != 0 ? await ReadTracesAsync(analytics, page, context) : [];
        var promptIds = groups.HasFlag(ObservationFieldGroups.Prompt) ? await prompts.FindIdsAsync(context, page) : null;
        var writer = new ObservationV2Writer(project, groups, expanded, promptIds);
        await Respond.JsonAsync(
            context,
            200,
            new ObservationsV2Body(
                [.. page.Select(o => writer.Write(o, traces.GetValueOrDefault(o.TraceId)))],
                new CursorMeta(found.Count > limit ? ObservationCursor.Write(page[^1]) : null)),
            ContractsJsonContext.Wire.ObservationsV2Body);
    }

    private static ObservationQuery ReadQuery(QueryReader reader, ObservationFieldGroups groups, int limit)
    {
        var conditions = new SingleConditions(FilterCatalog.Observations)
            .Equal("sessionId", reader.Text("sessionId"))
            .Flag("isRootObservation", reader.Flag("isRootObservation"))
            .Missing("parentObservationId", reader.IsEmpty("parentObservationId"));
        var query = ObservationParameters.Read(reader, conditions);
        if (reader.Flag("parseIoAsJson") == true)
        {
            reader.Refuse("custom", "parseIoAsJson", "Input and output are answered as they were sent: parseIoAsJson=true is not supported");
        }

        if (!IsBearable(query.Filter))
        {
            reader.Refuse("custom", "filter", "Filters on input or output need at least one = or matches condition on input or output");
        }

        var after = reader.Text("cursor") is { } cursor ? ObservationCursor.Read(cursor) : null;
        if (after is null && reader.Text("cursor") is not null)
        {
            reader.Refuse("custom", "cursor", "Invalid cursor");
        }

        return query with
        {
            // One more than is answered shows whether another page follows.
            Limit = limit + 1,
            After = after,
            WithIo = groups.HasFlag(ObservationFieldGroups.Io),
            WithMetadata = groups.HasFlag(ObservationFieldGroups.Metadata),
            WithTotal = false,
        };
    }

    // Searching every text for a part of it is dear; a whole value or a word must narrow it first.
    private static bool IsBearable(Filter filter)
    {
        var parts = filter is AllFilter all ? all.Parts : [filter];
        Condition[] ofText = [.. parts.Select(p => p is NotFilter not ? not.Part : p).OfType<Condition>().Where(c => c.Column is "input" or "output")];
        return ofText.Length == 0
            || parts.OfType<Condition>().Any(c => c is { Column: "input" or "output", Operator: FilterOperator.Equal or FilterOperator.Matches });
    }

    private static async Task<Dictionary<string, TraceRecord>> ReadTracesAsync(
        IAnalyticsGrain analytics, IReadOnlyList<ObservationRecord> page, HttpContext context)
    {
        string[] ids = [.. page.Select(o => o.TraceId).Distinct()];
        if (ids.Length == 0)
        {
            return [];
        }

        var query = new TraceQuery
        {
            Filter = Filter.OneOf(FilterCatalog.Traces.Find("id")!, null, ids), Limit = ids.Length, TextLimit = 0, WithTotal = false,
        };
        var traces = await analytics.ReadAsync(a => a.ListTracesAsync(query), context);
        return traces.Items.ToDictionary(trace => trace.Id);
    }
}
