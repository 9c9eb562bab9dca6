using Actors.Contracts;
using Actors.Datasets;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary><c>/dataset-items</c> (langfuse-api §9.2).</summary>
internal static class DatasetItemEndpoints
{
    private const string Statuses = "ACTIVE, ARCHIVED";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/dataset-items", SaveAsync);
        routes.MapGet("/dataset-items", ListAsync);
        routes.MapGet("/dataset-items/{itemId}", GetAsync);
        routes.MapDelete("/dataset-items/{itemId}", DeleteAsync);
    }

    private static async Task SaveAsync(HttpContext context, IDatasetItemStore items, DatasetItemMapper mapper)
    {
        using var document = await JsonBody.ReadAsync(context);
        if (document is null)
        {
            return;
        }

        var body = new BodyReader(document.RootElement);
        var id = body.Text("id", min: 1, max: DatasetItemRecord.MaxIdLength);
        if (id is not null && !StreamId.IsValidId(id))
        {
            body.Refuse("invalid_format", "id", "Invalid string: must not contain control characters");
        }

        var draft = new DatasetItemDraft(body.Text("datasetName", required: true) ?? "", id)
        {
            Input = body.JsonChange("input"),
            ExpectedOutput = body.JsonChange("expectedOutput"),
            Metadata = body.JsonChange("metadata"),
            SourceTraceId = body.TextChange("sourceTraceId", StreamId.MaxIdLength),
            SourceObservationId = body.TextChange("sourceObservationId", StreamId.MaxIdLength),
            Status = body.OneOf("status", ParseStatus, Statuses),
        };
        if (await body.RefusedAsync(context))
        {
            return;
        }

        var outcome = await items.SaveAsync(context.GetProject(), draft, context.RequestAborted);
        await (outcome.Result switch
        {
            DatasetItemResult.Saved => KeepFilesAsync(context, mapper, outcome.Item!),
            DatasetItemResult.UnknownDataset => Respond.NotFoundAsync(context, "Dataset not found"),
            DatasetItemResult.IdTaken => Respond.ErrorAsync(
                context, 409, $"Dataset item with id {id} already exists in another dataset", "LangfuseConflictError"),
            _ => Respond.ErrorAsync(context, 400, "Dataset item validation failed: " + outcome.Detail, "InvalidRequestError"),
        });
    }

    private static async Task ListAsync(HttpContext context, IDatasetStore datasets, IDatasetItemStore items, DatasetItemMapper mapper)
    {
        var reader = new QueryReader(context.Request.Query);
        var page = reader.Page();
        var name = reader.Text("datasetName");
        var query = new DatasetItemQuery(page)
        {
            SourceTraceId = reader.Text("sourceTraceId"),
            SourceObservationId = reader.Text("sourceObservationId"),
            Version = reader.Time("version"),
        };
        if (query.Version is not null && name is null)
        {
            reader.Refuse("custom", "version", "datasetName is required when version is given");
        }

        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        if (name is not null)
        {
            if (await datasets.FindAsync(project, name, context.RequestAborted) is not { } dataset)
            {
                await Respond.NotFoundAsync(context, "Dataset not found");
                return;
            }

            query = query with { DatasetId = dataset.Id };
        }

        var slice = await items.ListAsync(project, query, context.RequestAborted);
        await Respond.JsonAsync(
            context,
            200,
            Respond.Page(await mapper.MapAsync(context, slice.Items), page.Page, page.Limit, slice.TotalItems),
            ContractsJsonContext.Wire.PageBodyDatasetItemBody);
    }

    private static async Task GetAsync(HttpContext context, IDatasetItemStore items, DatasetItemMapper mapper)
    {
        if (await items.FindAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted) is { } item)
        {
            await RespondAsync(context, mapper, item);
            return;
        }

        await Respond.NotFoundAsync(context, "Dataset item not found");
    }

    private static async Task DeleteAsync(HttpContext context, IDatasetItemStore items)
    {
        if (await items.DeleteAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted))
        {
            await Respond.JsonAsync(context, 200, new MessageBody("Dataset item successfully deleted"), ContractsJsonContext.Wire.MessageBody);
            return;
        }

        await Respond.NotFoundAsync(context, "Dataset item not found");
    }

    private static async Task KeepFilesAsync(HttpContext context, DatasetItemMapper mapper, DatasetItemRecord item)
    {
        await mapper.KeepFilesAsync(context, item);
        await RespondAsync(context, mapper, item);
    }

    private static async Task RespondAsync(HttpContext context, DatasetItemMapper mapper, DatasetItemRecord item) =>
        await Respond.JsonAsync(context, 200, (await mapper.MapAsync(context, [item]))[0], ContractsJsonContext.Wire.DatasetItemBody);

    private static DatasetItemStatus? ParseStatus(string name) => name switch
    {
        "ACTIVE" => DatasetItemStatus.Active,
        "ARCHIVED" => DatasetItemStatus.Archived,
        _ => null,
    };
}
