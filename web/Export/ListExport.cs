using System.Globalization;
using Actors.Access;
using Actors.Filtering;
using Actors.Queries;
using Actors.Web.Api;
using Actors.Web.Model.Observations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Export;

/// <summary>
/// The lists of the pages as files: <c>/p/{project}/export/{traces|observations}?format=csv|jsonl|parquet</c> with the state of the list
/// as its page has it in the address. A POST takes the rows of a form that a person has chosen (<c>id</c>, once a row). The file comes
/// over HTTP as it is read, not through the circuit, and stops with whoever asked for it.
/// </summary>
internal static class ListExport
{
    private const int MaxIds = 1_000;

    private static readonly Dictionary<string, (ExportFormat Format, string MediaType)> Formats = new(StringComparer.Ordinal)
    {
        ["csv"] = (ExportFormat.Csv, "text/csv; charset=utf-8"),
        ["jsonl"] = (ExportFormat.JsonLines, "application/x-ndjson; charset=utf-8"),
        ["parquet"] = (ExportFormat.Parquet, "application/vnd.apache.parquet"),
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/p/{project}/export/{list}", GetAsync);
        routes.MapPost("/p/{project}/export/{list}", PostAsync).DisableAntiforgery();
    }

    private static Task GetAsync(HttpContext context, IProjectDirectory projects, IGrainFactory grains, TimeProvider time) =>
        HandleAsync(context, projects, grains, time, null);

    private static async Task PostAsync(HttpContext context, IProjectDirectory projects, IGrainFactory grains, TimeProvider time)
    {
        if (!context.Request.HasFormContentType)
        {
            await Respond.InvalidAsync(context, "The chosen rows come as a form.");
            return;
        }

        List<string> ids;
        try
        {
            ids = [.. (await context.Request.ReadFormAsync(context.RequestAborted))["id"].OfType<string>().Distinct()];
        }
        catch (InvalidDataException e)
        {
            await Respond.InvalidAsync(context, e.Message);
            return;
        }

        if (ids.Count is 0 or > MaxIds)
        {
            await Respond.InvalidAsync(context, $"id: between 1 and {MaxIds} rows are exported at once.");
            return;
        }

        await HandleAsync(context, projects, grains, time, ids);
    }

    private static async Task HandleAsync(
        HttpContext context, IProjectDirectory projects, IGrainFactory grains, TimeProvider time, IReadOnlyList<string>? ids)
    {
        var name = (string?)context.GetRouteValue("project") ?? "";
        if (!ProjectId.IsValid(name) || await projects.FindAsync(new ProjectId(name), context.RequestAborted) is not { } project)
        {
            await Respond.NotFoundAsync(context, "There is no such project.");
            return;
        }

        var list = (string?)context.GetRouteValue("list");
        if (ShapeOf(list) is not { } shape)
        {
            await Respond.NotFoundAsync(context, "There is no such list.");
            return;
        }

        if (!Formats.TryGetValue(context.Request.Query["format"].ToString(), out var format))
        {
            await Respond.InvalidAsync(context, "format: one of csv, jsonl, parquet.");
            return;
        }

        var state = StateOf(shape, context.Request.Query);
        if (state.Problem is { } problem)
        {
            await Respond.InvalidAsync(context, $"f: {problem.Message}");
            return;
        }

        var question = new ListQuestion(ids is null ? state : Chosen(ListState.Of(shape), ids), time.GetUtcNow());
        var query = QueryOf(question, isRanged: ids is null) with { Format = format.Format };
        var file = $"{list}-{time.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}";
        await SendAsync(context, grains.GetGrain<IAnalyticsGrain>(project.Id.Value), query, file, format.MediaType);
    }

    private static async Task SendAsync(HttpContext context, IAnalyticsGrain analytics, ExportQuery query, string file, string mediaType)
    {
        try
        {
            await foreach (var chunk in analytics.ExportAsync(query, context.RequestAborted).WithBatchSize(4).WithCancellation(context.RequestAborted))
            {
                if (!context.Response.HasStarted)
                {
                    // Whoever only sees the file in a folder must see that it is not all.
                    var name = chunk.IsCut ? $"{file}-first-{chunk.Rows}" : file;
                    context.Response.ContentType = mediaType;
                    context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.{context.Request.Query["format"]}\"";
                    context.Response.Headers.CacheControl = "no-store";
                    context.Response.Headers["X-Actors-Rows"] = chunk.Rows.ToString(CultureInfo.InvariantCulture);
                    context.Response.Headers["X-Actors-Cut"] = chunk.IsCut ? "true" : "false";
                }

                await context.Response.Body.WriteAsync(chunk.Bytes, context.RequestAborted);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Whoever asked has left; the file goes with them.
        }
        catch (Exception) when (context.Response.HasStarted)
        {
            // Half a file must not look like a whole one.
            context.Abort();
        }
    }

    private static ListShape? ShapeOf(string? list) => list switch
    {
        "traces" => TraceFilter.Shape,
        "observations" => ObservationList.Shape,
        _ => null,
    };

    private static ListState StateOf(ListShape shape, IQueryCollection query) =>
        ListState.Of(shape).WithRange(query["range"]).WithSort(query["sort"]).WithText(query["f"]).WithEnvironments(query["env"]);

    private static ListState Chosen(ListState state, IReadOnlyList<string> ids)
    {
        if (state.Shape == TraceFilter.Shape)
        {
            return state.With(Filter.OneOf(state.Shape.Catalog.Find("id")!, null, ids));
        }

        var (traceId, id) = (state.Shape.Catalog.Find("traceId")!, state.Shape.Catalog.Find("id")!);
        return state.With(Filter.Any(ids.Select(ObservationSource.Split).OfType<(string TraceId, string Id)>().GroupBy(x => x.TraceId)
            .Select(trace => Filter.All(Filter.OneOf(traceId, null, [trace.Key]), Filter.OneOf(id, null, [.. trace.Select(x => x.Id)])))));
    }

    // Who has chosen rows wants them, whenever they were.
    private static ExportQuery QueryOf(ListQuestion question, bool isRanged)
    {
        if (question.State.Shape == TraceFilter.Shape)
        {
            var traces = TraceSource.Query(question);
            return new ExportQuery { Traces = isRanged ? traces : traces with { From = null, To = null } };
        }

        var observations = ObservationSource.Query(question);
        return new ExportQuery { Observations = isRanged ? observations : observations with { From = null, To = null } };
    }
}
