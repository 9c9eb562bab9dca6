using System.Globalization;
using Actors.Contracts;
using Actors.Web.Api;
using Actors.Web.Auth;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Web.Otlp;

/// <summary>
/// OpenTelemetry over HTTP (OTLP 1.x; langfuse-api §2): <c>/api/public/otel/v1/traces</c> and the protocol's own
/// <c>/v1/traces</c>. Answers when the spans are durable.
/// </summary>
internal sealed class OtlpEndpoint(OtlpReceiver receiver, Admission admission, IOptions<IngestionOptions> options)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";

    /// <summary>Accepts metrics, which exporters send along, and keeps none.</summary>
    public static Task IgnoreAsync(HttpContext context) => AcceptAsync(context, IsProtobuf(context), default);

    public async Task HandleAsync(HttpContext context)
    {
        var isProtobuf = IsProtobuf(context);
        if (!isProtobuf && context.Request.ContentType?.Contains(Json, StringComparison.OrdinalIgnoreCase) != true)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "Invalid content type");
            return;
        }

        if (OtlpHeaders.HasBadVersion(context.Request))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, OtlpHeaders.VersionMessage);
            return;
        }

        var project = context.GetProject();
        using var lease = admission.TryEnter(IngestDoor.Otlp, project, RequestBody.Expect(context.Request, options.Value.MaxExportBytes), out var reason);
        if (lease is null)
        {
            await admission.RefuseAsync(context, reason);
            return;
        }

        var (body, problem) = await RequestBody.ReadAsync(context.Request, options.Value.MaxExportBytes);
        using (body)
        {
            if (body is null)
            {
                var status = problem == BodyProblem.TooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
                await RefuseAsync(context, status, Explain(problem));
                return;
            }

            lease.Resize(body.Length);
            await AnswerAsync(context, isProtobuf, await receiver.ReceiveAsync(project, body.Bytes, isProtobuf));
        }
    }

    private async Task AnswerAsync(HttpContext context, bool isProtobuf, OtlpOutcome outcome)
    {
        switch (outcome.Verdict)
        {
            case OtlpVerdict.Malformed:
                await RefuseAsync(context, StatusCodes.Status400BadRequest, outcome.Message!);
                break;
            case OtlpVerdict.Overloaded:
                await admission.RefuseAsync(context, RefusalReason.LogQueue);
                break;
            case OtlpVerdict.Failed:
                context.Response.Headers.RetryAfter = ((int)options.Value.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, outcome.Message!);
                break;
            default:
                await AcceptAsync(context, isProtobuf, outcome);
                break;
        }
    }

    private static bool IsProtobuf(HttpContext context) =>
        context.Request.ContentType?.Contains(Protobuf, StringComparison.OrdinalIgnoreCase) == true;

    private static string Explain(BodyProblem problem) => problem switch
    {
        BodyProblem.TooLarge => "Request body is too large",
        BodyProblem.UnknownEncoding => RequestBody.EncodingMessage,
        _ => "The body could not be read or unpacked",
    };

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        Respond.JsonAsync(context, status, new OtlpError(error), ContractsJsonContext.Wire.OtlpError);

    private static async Task AcceptAsync(HttpContext context, bool isProtobuf, OtlpOutcome outcome)
    {
        if (isProtobuf)
        {
            context.Response.ContentType = Protobuf;
            await context.Response.Body.WriteAsync(OtlpAnswers.Export(outcome), context.RequestAborted);
            return;
        }

        var partial = outcome.Rejected == 0
            ? null
            : new OtlpPartialSuccess(outcome.Rejected.ToString(CultureInfo.InvariantCulture), outcome.Message!);
        await Respond.JsonAsync(context, StatusCodes.Status200OK, new OtlpResponse(partial), ContractsJsonContext.Wire.OtlpResponse);
    }
}
