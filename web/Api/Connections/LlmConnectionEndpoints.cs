using Actors.Connections;
using Actors.Contracts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Connections;

/// <summary><c>/llm-connections</c> (langfuse-api §17).</summary>
internal static class LlmConnectionEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/llm-connections", ListAsync);
        routes.MapPut("/llm-connections", PutAsync);
        routes.MapDelete("/llm-connections/{id}", DeleteAsync);
    }

    private static async Task ListAsync(HttpContext context, ILlmConnectionStore connections)
    {
        var query = new QueryReader(context.Request.Query);
        query.RefuseOthers("page", "limit");
        var page = query.Page();
        if (await query.RefusedAsync(context))
        {
            return;
        }

        var found = await connections.ListAsync(context.GetProject(), page, context.RequestAborted);
        var items = new Slice<LlmConnectionBody>([.. found.Items.Select(ToWire)], found.TotalItems);
        await Respond.JsonAsync(context, 200, Respond.Page(items, page), ContractsJsonContext.Wire.PageBodyLlmConnectionBody);
    }

    private static async Task PutAsync(HttpContext context, ILlmConnectionStore connections)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        if (LlmConnectionBodyReader.Read(body) is not { } settings)
        {
            await body.RefusedAsync(context);
            return;
        }

        var put = await connections.PutAsync(context.GetProject(), settings, context.RequestAborted);
        await Respond.JsonAsync(context, put.IsNew ? 201 : 200, ToWire(put.Connection), ContractsJsonContext.Wire.LlmConnectionBody);
    }

    private static async Task DeleteAsync(HttpContext context, ILlmConnectionStore connections)
    {
        var refusal = await connections.DeleteAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted);
        await (refusal is not null
            ? Respond.RefusalAsync(context, refusal)
            : Respond.JsonAsync(
                context, 200, new MessageBody("LLM connection successfully deleted"), ContractsJsonContext.Wire.MessageBody));
    }

    private static LlmConnectionBody ToWire(LlmConnectionRecord connection) => new()
    {
        Id = connection.Id,
        Provider = connection.Provider,
        Adapter = connection.Adapter.ToWire(),
        DisplaySecretKey = connection.DisplaySecretKey,
        BaseURL = connection.BaseUrl,
        CustomModels = connection.CustomModels,
        WithDefaultModels = connection.WithDefaultModels,
        ExtraHeaderKeys = connection.ExtraHeaderKeys,
        Config = RawJson.OrNull(connection.Config),
        CreatedAt = connection.CreatedAt,
        UpdatedAt = connection.UpdatedAt,
    };
}
