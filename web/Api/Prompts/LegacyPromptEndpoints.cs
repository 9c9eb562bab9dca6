using Actors.Contracts;
using Actors.Prompts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Prompts;

/// <summary><c>/prompts</c>, the oldest form: it knows one active version in the place of labels (langfuse-api §11).</summary>
internal static class LegacyPromptEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/prompts", GetAsync);
        routes.MapPost("/prompts", AddAsync);
    }

    private static async Task GetAsync(HttpContext context, IPromptStore prompts)
    {
        var query = new QueryReader(context.Request.Query);
        var (name, version) = (query.Text("name"), query.Integer("version"));
        if (name is null)
        {
            query.Refuse("invalid_type", "name", "Invalid input: expected string, received undefined");
        }

        if (await query.RefusedAsync(context))
        {
            return;
        }

        var outcome = await prompts.FindAsync(
            context.GetProject(), new PromptSelector(name!, version), resolve: true, context.RequestAborted);
        await (outcome.Refusal is { Kind: RefusalKind.NotFound }
            ? Respond.NotFoundAsync(context, "Prompt not found")
            : AnswerAsync(context, 200, outcome));
    }

    private static async Task AddAsync(HttpContext context, IPromptStore prompts)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        var isActive = body.Flag("isActive", required: true);
        if (PromptBodyReader.Read(body) is not { } prompt)
        {
            await body.RefusedAsync(context);
            return;
        }

        if (isActive is true)
        {
            prompt = prompt with { Labels = [.. prompt.Labels, PromptRules.Production] };
        }

        await AnswerAsync(context, 201, await prompts.AddAsync(context.GetProject(), prompt, context.RequestAborted));
    }

    private static Task AnswerAsync(HttpContext context, int status, Outcome<PromptRecord> outcome) => outcome.Value is { } prompt
        ? Respond.JsonAsync(context, status, prompt.ToLegacyWire(context.GetProject()), ContractsJsonContext.Wire.PromptBody)
        : Respond.RefusalAsync(context, outcome.Refusal!);
}
