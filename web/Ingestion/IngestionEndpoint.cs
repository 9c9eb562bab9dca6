using Actors.Contracts;
using Actors.Pricing;
using Actors.Web.Api;
using Actors.Web.Auth;
using Actors.Web.Feedback;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary><c>POST /api/public/ingestion</c> (langfuse-api §1): answers when the events are durable.</summary>
internal sealed class IngestionEndpoint(
    ProjectAuthenticator authenticator,
    IPricingAttributeKeys pricing,
    ScoreGate gate,
    StreamAppender appender,
    FeedbackDoor feedback,
    Admission admission,
    IOptions<IngestionOptions> options)
{
    public async Task HandleAsync(HttpContext context)
    {
        var outcome = await authenticator.AuthenticateAsync(context);
        if (outcome.Access is not { } access)
        {
            // Events belong to projects, so an organization's key is no key here.
            await Respond.ErrorAsync(context, 401, outcome.Problem ?? ProjectFilter.OrganizationKey.Message, "UnauthorizedError");
            return;
        }

        if (await feedback.RefusedAsync(context, access))
        {
            return;
        }

        var project = access.Project.Id;
        using var lease = admission.TryEnter(IngestDoor.Batch, project, RequestBody.Expect(context.Request, options.Value.MaxBatchBytes), out var reason);
        if (lease is null)
        {
            await admission.RefuseAsync(context, reason);
            return;
        }

        var (body, problem) = await RequestBody.ReadAsync(context.Request, options.Value.MaxBatchBytes);
        using (body)
        {
            if (body is null)
            {
                await RefuseBodyAsync(context, problem);
                return;
            }

            lease.Resize(body.Length);
            var keys = await pricing.GetAsync(project, context.RequestAborted);
            var batch = IngestionParser.Parse(body.Bytes, keys, access.Key == KeyKind.Secret ? IngestionAccess.All : IngestionAccess.ScoresOnly);
            if (batch.Rejection is { } rejection)
            {
                await Respond.JsonAsync(context, 400, rejection, ContractsJsonContext.Wire.InvalidBatch);
                return;
            }

            if (await feedback.RefusedAsync(context, access, batch.Streams.Sum(s => s.Events.Count)))
            {
                return;
            }

            await StoreAsync(context, project, await gate.PassAsync(project, batch, context.RequestAborted));
        }
    }

    private async Task StoreAsync(HttpContext context, ProjectId project, IngestionBatch batch)
    {
        var results = await appender.AppendAsync(project, batch.Streams);
        if (batch.Errors.Count == 0 && results.Count > 0 && results.All(r => r == AppendResult.Overloaded))
        {
            await admission.RefuseAsync(context, RefusalReason.LogQueue);
            return;
        }

        if (batch.Errors.Count == 0 && results.Count > 0 && results.All(r => r == AppendResult.Unavailable))
        {
            await Respond.UnavailableAsync(context, "The events could not be stored; send them again.");
            return;
        }

        var successes = new List<IngestionSuccess>();
        var errors = new List<IngestionError>(batch.Errors);
        for (var i = 0; i < results.Count; i++)
        {
            foreach (var stored in batch.Streams[i].Events)
            {
                if (results[i] == AppendResult.Stored)
                {
                    successes.Add(new IngestionSuccess(stored.EventId, 201));
                }
                else
                {
                    errors.Add(Explain(stored.EventId, results[i]));
                }
            }
        }

        await Respond.JsonAsync(context, 207, new IngestionResponse(successes, errors), ContractsJsonContext.Wire.IngestionResponse);
    }

    private static IngestionError Explain(string eventId, AppendResult result) => result switch
    {
        AppendResult.Overloaded => new IngestionError(eventId, 429, "Too Many Requests", "Too much is under way; send the event again."),
        AppendResult.Unavailable => new IngestionError(eventId, 503, "Service Unavailable", "The event could not be stored; send it again."),
        _ => new IngestionError(eventId, 500, "Internal Server Error", "The event could not be stored; send it again."),
    };

    private static Task RefuseBodyAsync(HttpContext context, BodyProblem problem) => problem switch
    {
        BodyProblem.TooLarge => Respond.ErrorAsync(context, 413, "Request body is too large", "PayloadTooLargeError"),
        BodyProblem.UnknownEncoding => Respond.ErrorAsync(context, 415, RequestBody.EncodingMessage, "UnsupportedMediaTypeError"),
        _ => Respond.JsonAsync(
            context,
            400,
            new InvalidBatch("Invalid request data", ["The body could not be read or unpacked."]),
            ContractsJsonContext.Wire.InvalidBatch),
    };
}
