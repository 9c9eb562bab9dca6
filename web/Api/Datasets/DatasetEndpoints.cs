using Actors.Contracts;
using Actors.Datasets;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary><c>/v2/datasets</c> and its oldest form <c>/datasets</c> (langfuse-api §9.1).</summary>
internal static class DatasetEndpoints
{
    // The oldest form answers everything at once; beyond this many, the lists of items and runs are the way to page.
    private const int MaxContents = 1_000;

    private const int MaxDescriptionLength = 10_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v2/datasets", SaveAsync);
        routes.MapGet("/v2/datasets", ListAsync);
        routes.MapGet("/v2/datasets/{name}", GetAsync);
        routes.MapPost("/datasets", SaveAsync);
        routes.MapGet("/datasets", ListOldestAsync);
        routes.MapGet("/datasets/{name}", GetOldestAsync);
    }

    private static async Task SaveAsync(HttpContext context, IDatasetStore datasets)
    {
        using var document = await JsonBody.ReadAsync(context);
        if (document is null)
        {
            return;
        }

        var body = new BodyReader(document.RootElement);
        var draft = new DatasetDraft(body.Text("name", required: true, min: 1, max: DatasetRecord.MaxNameLength, maxBytes: DatasetRecord.MaxNameBytes) ?? "")
        {
            Description = body.TextChange("description", MaxDescriptionLength),
            Metadata = body.JsonChange("metadata"),
            InputSchema = body.JsonChange("inputSchema"),
            ExpectedOutputSchema = body.JsonChange("expectedOutputSchema"),
        };
        if (await body.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        var outcome = await datasets.SaveAsync(project, draft, context.RequestAborted);
        switch (outcome)
        {
            case { Dataset: { } dataset }:
                await Respond.JsonAsync(context, 200, dataset.ToWire(project), ContractsJsonContext.Wire.DatasetBody);
                break;
            case { Problem: { Field: { } field } problem }:
                body.Refuse("custom", field, problem.Message);
                await body.RefusedAsync(context);
                break;
            default:
                await Respond.ErrorAsync(context, 400, outcome.Problem!.Message, "InvalidRequestError");
                break;
        }
    }

    private static async Task ListAsync(HttpContext context, IDatasetStore datasets)
    {
        var project = context.GetProject();
        if (await ReadPageAsync(context, datasets) is ({ } page, { } slice))
        {
            DatasetBody[] items = [.. slice.Items.Select(d => d.ToWire(project))];
            await Respond.JsonAsync(
                context, 200, Respond.Page(items, page.Page, page.Limit, slice.TotalItems), ContractsJsonContext.Wire.PageBodyDatasetBody);
        }
    }

    private static async Task ListOldestAsync(HttpContext context, IDatasetStore datasets)
    {
        var project = context.GetProject();
        if (await ReadPageAsync(context, datasets) is not ({ } page, { } slice))
        {
            return;
        }

        var contents = await datasets.ListContentsAsync(project, [.. slice.Items.Select(d => d.Id)], MaxContents, context.RequestAborted);
        DatasetNamesBody[] items = [.. slice.Items.Select(d => d.ToWire(project, contents[d.Id]))];
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, page.Page, page.Limit, slice.TotalItems), ContractsJsonContext.Wire.PageBodyDatasetNamesBody);
    }

    private static async Task GetAsync(HttpContext context, IDatasetStore datasets)
    {
        var project = context.GetProject();
        if (await datasets.FindAsync(project, context.GetLastSegment(), context.RequestAborted) is { } dataset)
        {
            await Respond.JsonAsync(context, 200, dataset.ToWire(project), ContractsJsonContext.Wire.DatasetBody);
            return;
        }

        await Respond.NotFoundAsync(context, "Dataset not found");
    }

    private static async Task GetOldestAsync(HttpContext context, IDatasetStore datasets, IDatasetItemStore store, DatasetItemMapper mapper)
    {
        var project = context.GetProject();
        if (await datasets.FindAsync(project, context.GetLastSegment(), context.RequestAborted) is not { } dataset)
        {
            await Respond.NotFoundAsync(context, "Dataset not found");
            return;
        }

        var query = new DatasetItemQuery(new PageRequest(1, MaxContents)) { DatasetId = dataset.Id };
        var items = await store.ListAsync(project, query, context.RequestAborted);
        var contents = await datasets.ListContentsAsync(project, [dataset.Id], MaxContents, context.RequestAborted);
        await Respond.JsonAsync(
            context,
            200,
            dataset.ToWire(project, await mapper.MapAsync(context, items.Items), contents[dataset.Id].RunNames),
            ContractsJsonContext.Wire.DatasetDetailBody);
    }

    // Null: the parameters were wrong, which has been answered.
    private static async Task<(PageRequest? Page, Slice<DatasetRecord>? Slice)> ReadPageAsync(HttpContext context, IDatasetStore datasets)
    {
        var reader = new QueryReader(context.Request.Query);
        var page = reader.Page();
        return await reader.RefusedAsync(context)
            ? (null, null)
            : (page, await datasets.ListAsync(context.GetProject(), page, context.RequestAborted));
    }
}
