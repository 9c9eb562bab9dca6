using System.Globalization;
using Actors.Contracts;
using Actors.Prompts;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Prompts;

/// <summary><c>/v2/prompts</c> (langfuse-api §11).</summary>
internal static class PromptEndpoints
{
    private const int DefaultLimit = 10;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v2/prompts", ListAsync);
        routes.MapPost("/v2/prompts", AddAsync);
        routes.MapGet("/v2/prompts/{name}", GetAsync);
        routes.MapDelete("/v2/prompts/{name}", DeleteAsync);
        routes.MapPatch("/v2/prompts/{name}/versions/{version}", SetLabelsAsync);
    }

    private static async Task GetAsync(HttpContext context, IPromptStore prompts)
    {
        var query = new QueryReader(context.Request.Query);
        var (version, label) = (query.Integer("version"), query.Text("label"));
        var resolve = query.Flag("resolve", true);
        if (await query.RefusedAsync(context) || await RefusedAsync(context, version, label))
        {
            return;
        }

        var selector = new PromptSelector(context.GetLastSegment(), version, label);
        await AnswerAsync(context, 200, await prompts.FindAsync(context.GetProject(), selector, resolve, context.RequestAborted));
    }

    private static async Task ListAsync(HttpContext context, IPromptStore prompts)
    {
        var reader = new QueryReader(context.Request.Query);
        var query = new PromptListQuery
        {
            Page = reader.Page(DefaultLimit),
            Name = reader.Text("name"),
            Version = reader.Integer("version"),
            Label = reader.Text("label"),
            Tag = reader.Text("tag"),
            FromUpdatedAt = reader.Time("fromUpdatedAt"),
            ToUpdatedAt = reader.Time("toUpdatedAt"),
        };
        if (await reader.RefusedAsync(context))
        {
            return;
        }

        var found = await prompts.ListAsync(context.GetProject(), query, context.RequestAborted);
        var page = Respond.Page(new Slice<PromptMetaBody>([.. found.Items.Select(p => p.ToWire())], found.TotalItems), query.Page);
        await Respond.JsonAsync(
            context, 200, new PromptPageBody(page.Data, page.Meta, page.Meta), ContractsJsonContext.Wire.PromptPageBody);
    }

    private static async Task AddAsync(HttpContext context, IPromptStore prompts)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        if (PromptBodyReader.Read(body) is not { } prompt)
        {
            await body.RefusedAsync(context);
            return;
        }

        await AnswerAsync(context, 201, await prompts.AddAsync(context.GetProject(), prompt, context.RequestAborted));
    }

    private static async Task SetLabelsAsync(HttpContext context, IPromptStore prompts)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        var labels = PromptBodyReader.ReadLabels(body, "newLabels", required: true);
        if (labels.Contains(PromptRules.Latest))
        {
            body.Refuse("custom", "newLabels", "Label 'latest' is always assigned to the latest prompt version");
        }

        var isNumber = int.TryParse(context.GetLastSegment(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var version);
        if (!isNumber)
        {
            body.Refuse("invalid_type", "promptVersion", "Invalid input: expected number, received NaN");
        }

        if (await body.RefusedAsync(context))
        {
            return;
        }

        var key = new PromptKey(context.GetSegment(2), version);
        await AnswerAsync(context, 200, await prompts.SetLabelsAsync(context.GetProject(), key, labels, context.RequestAborted));
    }

    private static async Task DeleteAsync(HttpContext context, IPromptStore prompts)
    {
        var query = new QueryReader(context.Request.Query);
        var (version, label) = (query.Integer("version"), query.Text("label"));
        if (await query.RefusedAsync(context) || await RefusedAsync(context, version, label))
        {
            return;
        }

        var refusal = await prompts.DeleteAsync(context.GetProject(), context.GetLastSegment(), version, label, context.RequestAborted);
        if (refusal is not null)
        {
            await Respond.RefusalAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<bool> RefusedAsync(HttpContext context, int? version, string? label)
    {
        if (version is null || label is null)
        {
            return false;
        }

        await Respond.InvalidAsync(context, "Cannot specify both version and label");
        return true;
    }

    private static Task AnswerAsync(HttpContext context, int status, Outcome<PromptRecord> outcome) => outcome.Value is { } prompt
        ? Respond.JsonAsync(context, status, prompt.ToWire(context.GetProject()), ContractsJsonContext.Wire.PromptBody)
        : Respond.RefusalAsync(context, outcome.Refusal!);
}
