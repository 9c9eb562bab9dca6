using Actors.Contracts;
using Actors.Datasets;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary><c>/dataset-run-items</c> and <c>/datasets/{name}/runs</c> (langfuse-api §9.3).</summary>
internal static class DatasetRunEndpoints
{
    private const int MaxDescriptionLength = 10_000;

    // A run with its links answers them all at once; beyond this many, the list of links is the way to page.
    private const int MaxLinks = 10_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/dataset-run-items", AddItemAsync);
        routes.MapGet("/dataset-run-items", ListItemsAsync);
        routes.MapGet("/datasets/{name}/runs", ListAsync);
        routes.MapGet("/datasets/{name}/runs/{runName}", GetAsync);
        routes.MapDelete("/datasets/{name}/runs/{runName}", DeleteAsync);
    }

    private static async Task AddItemAsync(HttpContext context, IDatasetItemStore items, IDatasetRunStore runs, IGrainFactory grains)
    {
        using var document = await JsonBody.ReadAsync(context);
        if (document is null)
        {
            return;
        }

        var body = new BodyReader(document.RootElement);
        body.RefuseOthers(
            "runName", "datasetItemId", "traceId", "observationId", "runDescription", "metadata", "datasetVersion", "createdAt");
        var traceId = body.Text("traceId", max: StreamId.MaxIdLength);
        var draft = new DatasetRunItemDraft(
            body.Text("runName", required: true, min: 1, max: DatasetRunRecord.MaxNameLength, maxBytes: DatasetRunRecord.MaxNameBytes) ?? "",
            body.Text("datasetItemId", required: true) ?? "",
            traceId ?? "",
            body.Text("observationId", max: StreamId.MaxIdLength))
        {
            RunDescription = body.Text("runDescription", max: MaxDescriptionLength),
            RunMetadata = body.JsonOrNull("metadata"),
            DatasetVersion = body.Time("datasetVersion"),
            CreatedAt = body.Time("createdAt"),
        };
        if (await body.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        if (await items.FindAsync(project, draft.ItemId, context.RequestAborted) is not { Status: DatasetItemStatus.Active })
        {
            await Respond.NotFoundAsync(context, "Dataset item not found");
            return;
        }

        // A trace that is named need not exist: clients link before they export.
        if (traceId is null && draft.ObservationId is { } observationId)
        {
            traceId = StreamId.IsValidId(observationId) ? await FindTraceAsync(context, grains, observationId) : null;
            if (traceId is null)
            {
                await Respond.NotFoundAsync(context, "Observation not found");
                return;
            }
        }

        if (!StreamId.IsValidId(traceId))
        {
            await Respond.NotFoundAsync(context, "Trace not found");
            return;
        }

        if (await runs.AddItemAsync(project, draft with { TraceId = traceId }, context.RequestAborted) is { } link)
        {
            await Respond.JsonAsync(context, 200, link.ToWire(), ContractsJsonContext.Wire.DatasetRunItemBody);
            return;
        }

        await Respond.NotFoundAsync(context, "Dataset item not found");
    }

    private static async Task<string?> FindTraceAsync(HttpContext context, IGrainFactory grains, string observationId)
    {
        var analytics = grains.GetGrain<IAnalyticsGrain>(context.GetProject().Value);
        return (await analytics.ReadAsync(a => a.GetObservationAsync(observationId), context))?.TraceId;
    }

    private static async Task ListItemsAsync(HttpContext context, IDatasetRunStore runs)
    {
        var reader = new QueryReader(context.Request.Query);
        var page = reader.Page();
        var datasetId = reader.RequiredText("datasetId");
        var runName = reader.RequiredText("runName");
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        if (await runs.FindAsync(project, datasetId, runName, context.RequestAborted) is not { } run)
        {
            await Respond.NotFoundAsync(context, "Dataset run not found");
            return;
        }

        var slice = await runs.ListItemsAsync(project, run.Id, page, context.RequestAborted);
        DatasetRunItemBody[] links = [.. slice.Items.Select(i => i.ToWire())];
        await Respond.JsonAsync(
            context, 200, Respond.Page(links, page.Page, page.Limit, slice.TotalItems), ContractsJsonContext.Wire.PageBodyDatasetRunItemBody);
    }

    private static async Task ListAsync(HttpContext context, IDatasetStore datasets, IDatasetRunStore runs)
    {
        var reader = new QueryReader(context.Request.Query);
        var page = reader.Page();
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        if (await datasets.FindAsync(project, context.GetSegment(1), context.RequestAborted) is not { } dataset)
        {
            await Respond.NotFoundAsync(context, "Dataset not found");
            return;
        }

        var slice = await runs.ListAsync(project, dataset.Id, page, context.RequestAborted);
        DatasetRunBody[] items = [.. slice.Items.Select(r => r.ToWire())];
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, page.Page, page.Limit, slice.TotalItems), ContractsJsonContext.Wire.PageBodyDatasetRunBody);
    }

    private static async Task GetAsync(HttpContext context, IDatasetStore datasets, IDatasetRunStore runs)
    {
        var project = context.GetProject();
        var dataset = await datasets.FindAsync(project, context.GetSegment(2), context.RequestAborted);
        var run = dataset is null ? null : await runs.FindAsync(project, dataset.Id, context.GetLastSegment(), context.RequestAborted);
        if (run is null)
        {
            await Respond.NotFoundAsync(context, dataset is null ? "Dataset not found" : "Dataset run not found");
            return;
        }

        var slice = await runs.ListItemsAsync(project, run.Id, new PageRequest(1, MaxLinks), context.RequestAborted);
        await Respond.JsonAsync(
            context, 200, run.ToWire([.. slice.Items.Select(i => i.ToWire())]), ContractsJsonContext.Wire.DatasetRunDetailBody);
    }

    private static async Task DeleteAsync(HttpContext context, IDatasetStore datasets, IDatasetRunStore runs)
    {
        var project = context.GetProject();
        var dataset = await datasets.FindAsync(project, context.GetSegment(2), context.RequestAborted);
        if (dataset is null)
        {
            await Respond.NotFoundAsync(context, "Dataset not found");
        }
        else if (await runs.DeleteAsync(project, dataset.Id, context.GetLastSegment(), context.RequestAborted))
        {
            await Respond.JsonAsync(context, 200, new MessageBody("Dataset run successfully deleted"), ContractsJsonContext.Wire.MessageBody);
        }
        else
        {
            await Respond.NotFoundAsync(context, "Dataset run not found");
        }
    }
}
