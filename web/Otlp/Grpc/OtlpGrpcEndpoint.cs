using Actors.Access;
using Actors.Web.Auth;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Web.Otlp.Grpc;

/// <summary>
/// OpenTelemetry over gRPC (OTLP 1.x): <c>TraceService/Export</c>, with the project's key in the metadata as over HTTP. The
/// message goes to our own bounded reader as it is (docs/adr/0005), and nothing is read before the key is known.
/// </summary>
internal sealed partial class OtlpGrpcEndpoint(
    ProjectAuthenticator authenticator,
    OtlpReceiver receiver,
    Admission admission,
    IOptions<IngestionOptions> options,
    ILogger<OtlpGrpcEndpoint> logger)
{
    private const string ExportTraces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    private const string Encoding = "grpc-encoding";
    private const string AcceptEncoding = "grpc-accept-encoding";
    private const string OneMessage = "An export is one whole message";

    // What text usually packs to.
    private const int UsualRatio = 10;

    /// <summary>Answers any request; never throws for what a caller sent.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(GrpcAnswer.ContentType, StringComparison.OrdinalIgnoreCase) != true)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        try
        {
            await CallAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody reads an answer.
        }
        catch (ControlPlaneUnavailableException e) when (!context.Response.HasStarted)
        {
            await GrpcAnswer.RefuseAsync(context, GrpcStatus.Unavailable, e.Message, options.Value.RetryAfter);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(e, context.Request.Path);
            await GrpcAnswer.RefuseAsync(context, GrpcStatus.Internal, "Internal Server Error");
        }
    }

    private async Task CallAsync(HttpContext context)
    {
        if (context.Request.Path != ExportTraces)
        {
            await GrpcAnswer.RefuseAsync(context, GrpcStatus.Unimplemented, "Only traces are received here: TraceService/Export");
            return;
        }

        var outcome = await authenticator.AuthenticateAsync(context);
        if (outcome.Access is not { } access)
        {
            await GrpcAnswer.RefuseAsync(context, GrpcStatus.Unauthenticated, outcome.Problem!);
        }
        else if (access.Key != KeyKind.Secret)
        {
            await GrpcAnswer.RefuseAsync(context, GrpcStatus.PermissionDenied, ProjectFilter.AccessDenied.Message);
        }
        else if (OtlpHeaders.HasBadVersion(context.Request))
        {
            await GrpcAnswer.RefuseAsync(context, GrpcStatus.InvalidArgument, OtlpHeaders.VersionMessage);
        }
        else
        {
            await ExportAsync(context, access.Project.Id);
        }
    }

    private async Task ExportAsync(HttpContext context, ProjectId project)
    {
        var max = options.Value.MaxExportBytes;
        if (await GrpcFrame.ReadAsync(context.Request.Body, context.RequestAborted) is not { } frame)
        {
            await GrpcAnswer.RefuseAsync(context, GrpcStatus.InvalidArgument, OneMessage);
            return;
        }

        if (frame.Length > max)
        {
            await RefuseAsync(context, BodyProblem.TooLarge);
            return;
        }

        using var lease = admission.TryEnter(IngestDoor.Grpc, project, (int)Math.Clamp(frame.Length * (frame.IsPacked ? UsualRatio : 1L), 1, max), out var reason);
        if (lease is null)
        {
            await RefuseOverloadAsync(context, reason);
            return;
        }

        string? encoding = frame.IsPacked ? context.Request.Headers[Encoding] : "identity";
        var (body, problem) = await RequestBody.ReadAsync(
            new MessageStream(context.Request.Body, frame.Length), encoding, max, (int)frame.Length, context.RequestAborted);
        using (body)
        {
            if (body is null)
            {
                await RefuseAsync(context, problem);
                return;
            }

            if (await context.Request.Body.ReadAsync(new byte[1], context.RequestAborted) != 0)
            {
                await GrpcAnswer.RefuseAsync(context, GrpcStatus.InvalidArgument, OneMessage);
                return;
            }

            lease.Resize(body.Length);
            await AnswerAsync(context, await receiver.ReceiveAsync(project, body.Bytes, isProtobuf: true));
        }
    }

    private Task AnswerAsync(HttpContext context, OtlpOutcome outcome) => outcome.Verdict switch
    {
        OtlpVerdict.Malformed => GrpcAnswer.RefuseAsync(context, GrpcStatus.InvalidArgument, outcome.Message!),
        OtlpVerdict.Overloaded => RefuseOverloadAsync(context, RefusalReason.LogQueue),
        OtlpVerdict.Failed => GrpcAnswer.RefuseAsync(context, GrpcStatus.Unavailable, outcome.Message!, options.Value.RetryAfter),
        _ => GrpcAnswer.MessageAsync(context, OtlpAnswers.Export(outcome)),
    };

    // Exporters send again what exhausts a resource only when they are told when.
    private Task RefuseOverloadAsync(HttpContext context, RefusalReason reason)
    {
        admission.Refused(reason);
        return GrpcAnswer.RefuseAsync(context, GrpcStatus.ResourceExhausted, RefusalReasons.Message(reason), options.Value.RetryAfter);
    }

    private static Task RefuseAsync(HttpContext context, BodyProblem problem)
    {
        switch (problem)
        {
            case BodyProblem.TooLarge:
                return GrpcAnswer.RefuseAsync(context, GrpcStatus.ResourceExhausted, "The export is too large");
            case BodyProblem.UnknownEncoding:
                context.Response.Headers[AcceptEncoding] = "identity, gzip, deflate, zstd";
                return GrpcAnswer.RefuseAsync(context, GrpcStatus.Unimplemented, "The message is packed in a way that is not known");
            default:
                return GrpcAnswer.RefuseAsync(context, GrpcStatus.InvalidArgument, OneMessage);
        }
    }

    [LoggerMessage(4020, LogLevel.Error, "The gRPC call {Path} failed.")]
    private partial void LogFailed(Exception exception, string path);
}
