using Actors.Contracts;
using Actors.Pricing;
using Actors.Tracing;
using Actors.Web.Auth;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Actors.Web.Api.Scores;

/// <summary>Writes scores one by one: <c>POST /scores</c> and <c>DELETE /scores/{id}</c> (langfuse-api §6.1).</summary>
internal static class ScoreWriteEndpoints
{
    private static readonly EventSpec Score = EventSpec.Of("score-create");

    /// <summary>Maps what also the holder of a public key may do: feedback comes from browsers.</summary>
    public static void MapPublic(IEndpointRouteBuilder routes) => routes.MapPost("/scores", CreateAsync);

    /// <summary>Maps what needs the secret key.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapDelete("/scores/{scoreId}", DeleteAsync);

    private static async Task CreateAsync(HttpContext context, SingleEventReader events, ScoreGate gate, StreamAppender appender)
    {
        using var body = await JsonBody.ReadAsync(context);
        if (body is null)
        {
            return;
        }

        var read = events.Read(Score, body.RootElement, PricingKeys.None);
        var issues = read.Issues ?? Check((ScoreEvent)read.Event!);
        if (issues is null)
        {
            var verdict = await gate.CheckAsync(
                context.GetProject(), (ScoreEvent)read.Event!, !read.TypeIsGuessed, context.RequestAborted);
            if (verdict.Score is { } score)
            {
                var stored = await appender.AppendAsync(context.GetProject(), [new StreamBatch(read.Stream, [score])]);
                await SingleEventAnswers.AnswerAsync(context, stored[0], score.ScoreId);
                return;
            }

            issues = [new RequestIssue("custom", ["configId"], verdict.Refusal!)];
        }

        await SingleEventAnswers.RefuseAsync(context, issues);
    }

    // A batch may say that an evaluator gave a score. Here a person or an application does.
    private static IReadOnlyList<RequestIssue>? Check(ScoreEvent score) => score switch
    {
        { Source: ScoreSource.Eval } => [new RequestIssue("invalid_value", ["source"], "Invalid option: expected one of API, ANNOTATION")],
        { Source: ScoreSource.Annotation, ConfigId: null, DataType: not ScoreDataType.Correction } =>
            [new RequestIssue("custom", ["configId"], "An annotation needs the configId of its score config")],
        _ => null,
    };

    private static async Task DeleteAsync(HttpContext context, IGrainFactory grains)
    {
        var scoreId = context.GetLastSegment();
        var project = context.GetProject();
        var stream = await GrainCalls.ReadAsync(() => grains.GetGrain<IScoreIndexGrain>(project.Value).FindAsync(scoreId), context);
        if (stream is { } found)
        {
            await GrainCalls.RepeatAsync(() => grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, found)).DeleteScoreAsync(scoreId), context);
        }

        // The contract's words: the score is already gone.
        await Respond.JsonAsync(
            context, StatusCodes.Status202Accepted, new MessageBody("Score deletion queued successfully"), ContractsJsonContext.Wire.MessageBody);
    }
}
