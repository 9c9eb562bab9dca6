using Actors.Contracts;
using Actors.Scoring;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.ScoreConfigs;

/// <summary><c>/score-configs</c> (langfuse-api §7).</summary>
internal static class ScoreConfigEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/score-configs", ListAsync);
        routes.MapPost("/score-configs", AddAsync);
        routes.MapGet("/score-configs/{configId}", GetAsync);
        routes.MapPatch("/score-configs/{configId}", ChangeAsync);
    }

    private static async Task ListAsync(HttpContext context, IScoreConfigStore configs)
    {
        var query = new QueryReader(context.Request.Query);
        var page = query.Page();
        if (await query.RefusedAsync(context))
        {
            return;
        }

        var project = context.GetProject();
        var found = await configs.ListAsync(project, page, context.RequestAborted);
        var items = new Slice<ScoreConfigBody>([.. found.Items.Select(c => ToWire(c, project))], found.TotalItems);
        await Respond.JsonAsync(context, 200, Respond.Page(items, page), ContractsJsonContext.Wire.PageBodyScoreConfigBody);
    }

    private static async Task GetAsync(HttpContext context, IScoreConfigStore configs)
    {
        var id = context.GetLastSegment();
        var found = await configs.FindAsync(context.GetProject(), [id], context.RequestAborted);
        await (found.TryGetValue(id, out var config)
            ? AnswerAsync(context, config)
            : Respond.NotFoundAsync(context, "Score config not found within authorized project"));
    }

    private static async Task AddAsync(HttpContext context, IScoreConfigStore configs)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        if (ScoreConfigBodyReader.Read(body) is not { } config)
        {
            await body.RefusedAsync(context);
            return;
        }

        await AnswerAsync(context, await configs.AddAsync(context.GetProject(), config, context.RequestAborted));
    }

    private static async Task ChangeAsync(HttpContext context, IScoreConfigStore configs)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        if (ScoreConfigBodyReader.ReadChange(body) is not { } change)
        {
            await body.RefusedAsync(context);
            return;
        }

        var outcome = await configs.ChangeAsync(context.GetProject(), context.GetLastSegment(), change, context.RequestAborted);
        await (outcome.Value is { } config ? AnswerAsync(context, config) : Respond.RefusalAsync(context, outcome.Refusal!));
    }

    private static Task AnswerAsync(HttpContext context, ScoreConfigRecord config) =>
        Respond.JsonAsync(context, 200, ToWire(config, context.GetProject()), ContractsJsonContext.Wire.ScoreConfigBody);

    private static ScoreConfigBody ToWire(ScoreConfigRecord config, ProjectId project) => new()
    {
        Id = config.Id,
        Name = config.Name,
        CreatedAt = config.CreatedAt,
        UpdatedAt = config.UpdatedAt,
        ProjectId = project.Value,
        DataType = config.DataType.ToWire(),
        IsArchived = config.IsArchived,
        MinValue = config.MinValue,
        MaxValue = config.MaxValue,
        Categories = config.Categories is { } categories ? [.. categories.Select(c => new ScoreCategoryBody(c.Label, c.Value))] : null,
        Description = config.Description,
    };
}
