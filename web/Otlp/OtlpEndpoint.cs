using System.Globalization;
using System.Text;
using Actors.Contracts;
using Actors.Web.Api;
using Actors.Web.Auth;
using Actors.Web.Ingestion;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Web.Otlp;

/// <summary><c>POST /api/public/otel/v1/traces</c> (langfuse-api §2): answers when the spans are durable.</summary>
internal sealed class OtlpEndpoint(
    StreamAppender appender,
    InFlightBudget budget,
    RateLimit rateLimit,
    IPricingAttributeKeys pricingKeys,
    TimeProvider time,
    IOptions<IngestionOptions> options)
{
    private const string Protobuf = "application/x-protobuf";
    private const string Json = "application/json";
    private const int NewestIngestionVersion = 4;

    private readonly OtlpSpanMapper _mapper = new(pricingKeys);

    public static Task IgnoreAsync(HttpContext context) => AnswerAsync(context, IsProtobuf(context), null);

    public async Task HandleAsync(HttpContext context)
    {
        var isProtobuf = IsProtobuf(context);
        if (!isProtobuf && context.Request.ContentType?.Contains(Json, StringComparison.OrdinalIgnoreCase) != true)
        {
            await RefuseAsync(context, 400, "Invalid content type");
            return;
        }

        if (HasBadVersion(context.Request))
        {
            await RefuseAsync(context, 400, "x-langfuse-ingestion-version must be a number of at most 4");
            return;
        }

        var project = context.GetProject();
        using var lease = budget.TryTake(project, RequestBody.Expect(context.Request, options.Value.MaxExportBytes));
        if (lease is null)
        {
            await rateLimit.RefuseAsync(context);
            return;
        }

        var (body, problem) = await RequestBody.ReadAsync(context.Request, options.Value.MaxExportBytes);
        using (body)
        {
            if (body is null)
            {
                await RefuseAsync(context, problem == BodyProblem.TooLarge ? 413 : 400, Explain(problem));
                return;
            }

            lease.Resize(body.Length);
            OtlpExport export;
            try
            {
                export = _mapper.Map(isProtobuf ? OtlpProtobuf.Read(body.Bytes.Span) : OtlpJson.Read(body.Bytes), time.GetUtcNow());
            }
            catch (OtlpFormatException e)
            {
                await RefuseAsync(context, 400, e.Message);
                return;
            }

            await StoreAsync(context, project, export, isProtobuf);
        }
    }

    private async Task StoreAsync(HttpContext context, ProjectId project, OtlpExport export, bool isProtobuf)
    {
        var results = await appender.AppendAsync(project, export.Streams);

        // Spans may be sent again without harm, but a partial success is never sent again: so the whole export is refused
        // in a way that exporters retry.
        if (results.Contains(AppendResult.Overloaded))
        {
            await rateLimit.RefuseAsync(context);
            return;
        }

        if (results.Contains(AppendResult.Failed))
        {
            context.Response.Headers.RetryAfter = ((int)options.Value.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "Some spans could not be stored; send the export again.");
            return;
        }

        var partial = export.Rejected == 0
            ? null
            : new OtlpPartialSuccess(export.Rejected.ToString(CultureInfo.InvariantCulture), export.Problem!);
        await AnswerAsync(context, isProtobuf, partial);
    }

    private static bool IsProtobuf(HttpContext context) =>
        context.Request.ContentType?.Contains(Protobuf, StringComparison.OrdinalIgnoreCase) == true;

    private static bool HasBadVersion(HttpRequest request)
    {
        string? version = request.Headers["x-langfuse-ingestion-version"];
        version ??= request.Headers["x_langfuse_ingestion_version"];
        return version is not null
            && !(double.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number <= NewestIngestionVersion);
    }

    private static string Explain(BodyProblem problem) => problem switch
    {
        BodyProblem.TooLarge => "Request body is too large",
        BodyProblem.UnknownEncoding => RequestBody.EncodingMessage,
        _ => "The body could not be read or unpacked",
    };

    private static Task RefuseAsync(HttpContext context, int status, string error) =>
        Respond.JsonAsync(context, status, new OtlpError(error), ContractsJsonContext.Wire.OtlpError);

    private static async Task AnswerAsync(HttpContext context, bool isProtobuf, OtlpPartialSuccess? partial)
    {
        if (!isProtobuf)
        {
            await Respond.JsonAsync(context, 200, new OtlpResponse(partial), ContractsJsonContext.Wire.OtlpResponse);
            return;
        }

        context.Response.ContentType = Protobuf;
        await context.Response.Body.WriteAsync(partial is null ? [] : Encode(partial), context.RequestAborted);
    }

    /// <summary>ExportTraceServiceResponse { partial_success = 1 { rejected_spans = 1, error_message = 2 } }.</summary>
    private static byte[] Encode(OtlpPartialSuccess partial)
    {
        using var inner = new MemoryStream();
        using var writer = new BinaryWriter(inner);
        writer.Write((byte)0x08);
        writer.Write7BitEncodedInt64(long.Parse(partial.RejectedSpans, CultureInfo.InvariantCulture));
        var message = Encoding.UTF8.GetBytes(partial.ErrorMessage);
        writer.Write((byte)0x12);
        writer.Write7BitEncodedInt(message.Length);
        writer.Write(message);
        writer.Flush();

        using var outer = new MemoryStream();
        using var outerWriter = new BinaryWriter(outer);
        outerWriter.Write((byte)0x0A);
        outerWriter.Write7BitEncodedInt((int)inner.Length);
        outerWriter.Write(inner.ToArray());
        outerWriter.Flush();
        return outer.ToArray();
    }
}
