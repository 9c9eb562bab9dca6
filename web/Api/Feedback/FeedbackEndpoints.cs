using Actors.Contracts;
using Actors.Feedback;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Feedback;

/// <summary><c>/actors/feedback</c>: what browsers may send with the public key alone. A route of ours, below a name that Langfuse has not.</summary>
internal static class FeedbackEndpoints
{
    private const string Path = "/actors/feedback";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, GetAsync);
        routes.MapPut(Path, SetAsync);
    }

    private static async Task GetAsync(HttpContext context, IFeedbackPolicyStore policies) =>
        await AnswerAsync(context, await policies.GetAsync(context.GetProject(), context.RequestAborted));

    private static async Task SetAsync(HttpContext context, IFeedbackPolicyStore policies)
    {
        using var json = await JsonBody.ReadAsync(context);
        if (json is null)
        {
            return;
        }

        var body = new BodyReader(json.RootElement);
        if (FeedbackPolicyBodyReader.Read(body) is not { } policy)
        {
            await body.RefusedAsync(context);
            return;
        }

        await (await policies.SetAsync(context.GetProject(), policy, context.RequestAborted)
            ? AnswerAsync(context, policy)
            : Respond.NotFoundAsync(context, "Project not found"));
    }

    private static Task AnswerAsync(HttpContext context, FeedbackPolicy policy) => Respond.JsonAsync(
        context,
        StatusCodes.Status200OK,
        new FeedbackPolicyBody([.. policy.AllowedOrigins.Select(o => o.Text)], policy.ScoresPerMinutePerKey, policy.ScoresPerMinutePerAddress),
        ContractsJsonContext.Wire.FeedbackPolicyBody);
}
