using Actors.Contracts;
using Actors.Pricing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api;

/// <summary><c>/models</c> (langfuse-api §12): the project's own models and the built-in ones.</summary>
internal static class ModelEndpoints
{
    private const string NotFound = "Model not found within authorized project";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/models", ListAsync);
        routes.MapPost("/models", AddAsync);
        routes.MapGet("/models/{modelId}", GetAsync);
        routes.MapDelete("/models/{modelId}", RemoveAsync);
    }

    private static async Task ListAsync(HttpContext context, IModelCatalog models)
    {
        var reader = new QueryReader(context.Request.Query);
        var page = reader.Page();
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var all = await models.ListAsync(context.GetProject(), context.RequestAborted);
        ModelBody[] items = [.. all.Skip((int)Math.Min((page.Page - 1L) * page.Limit, all.Count)).Take(page.Limit).Select(ModelMapper.ToBody)];
        await Respond.JsonAsync(
            context, 200, Respond.Page(items, page.Page, page.Limit, all.Count), ContractsJsonContext.Wire.PageBodyModelBody);
    }

    private static async Task GetAsync(HttpContext context, IModelCatalog models)
    {
        if (await models.FindAsync(context.GetProject(), context.GetLastSegment(), context.RequestAborted) is { } model)
        {
            await Respond.JsonAsync(context, 200, ModelMapper.ToBody(model), ContractsJsonContext.Wire.ModelBody);
            return;
        }

        await Respond.NotFoundAsync(context, NotFound);
    }

    private static async Task AddAsync(HttpContext context, IModelCatalog models)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        var model = ModelReader.Read(body);
        if (await body.RefusedAsync(context))
        {
            return;
        }

        var (added, refusal) = await models.AddAsync(context.GetProject(), model!, context.RequestAborted);
        if (added is not null)
        {
            await Respond.JsonAsync(context, 200, ModelMapper.ToBody(added), ContractsJsonContext.Wire.ModelBody);
            return;
        }

        if (refusal!.Field is null)
        {
            await Respond.ErrorAsync(context, 400, refusal.Message, "InvalidRequestError");
            return;
        }

        body.Refuse("custom", refusal.Field == nameof(NewModel.MatchPattern) ? "matchPattern" : "pricingTiers", refusal.Message);
        await body.RefusedAsync(context);
    }

    private static async Task RemoveAsync(HttpContext context, IModelCatalog models)
    {
        var (project, id) = (context.GetProject(), context.GetLastSegment());
        if (await models.RemoveAsync(project, id, context.RequestAborted))
        {
            await Respond.JsonAsync(context, 200, new MessageBody("Model successfully deleted"), ContractsJsonContext.Wire.MessageBody);
            return;
        }

        var isBuiltIn = await models.FindAsync(project, id, context.RequestAborted) is { IsBuiltIn: true };
        await Respond.NotFoundAsync(
            context, isBuiltIn ? NotFound + ". Built-in models stay; a model of your own with the same name goes before them." : NotFound);
    }
}
