using Actors.Pricing;
using Actors.Web.Ingestion;
using Actors.Web.Otlp.Files;

namespace Actors.Web.Otlp;

/// <summary>What became of an export.</summary>
internal enum OtlpVerdict
{
    /// <summary>Durable, apart from the spans that are counted as rejected.</summary>
    Stored,

    /// <summary>It cannot be read; sending it again does not help.</summary>
    Malformed,

    /// <summary>Nothing was stored because too much is under way.</summary>
    Overloaded,

    /// <summary>Some spans may not be stored; it shall come again.</summary>
    Failed,
}

/// <summary>The answer to an export, before it is written in the words of a transport.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Message">Why; null when all is stored.</param>
/// <param name="Rejected">How many spans were refused although the others are stored.</param>
internal readonly record struct OtlpOutcome(OtlpVerdict Verdict, string? Message = null, int Rejected = 0);

/// <summary>Takes exports, whatever door they came through: maps them and answers when they are durable.</summary>
internal sealed class OtlpReceiver(StreamAppender appender, FileKeeper keeper, IPricingAttributeKeys pricing, TimeProvider time)
{
    /// <summary>Stores an <c>ExportTraceServiceRequest</c>.</summary>
    public async Task<OtlpOutcome> ReceiveAsync(ProjectId project, ReadOnlyMemory<byte> body, bool isProtobuf)
    {
        var mapper = new OtlpSpanMapper(await pricing.GetAsync(project, CancellationToken.None));
        OtlpExport export;
        try
        {
            export = mapper.Map(isProtobuf ? OtlpProtobuf.Read(body.Span) : OtlpJson.Read(body), time.GetUtcNow());
        }
        catch (OtlpFormatException e)
        {
            return new OtlpOutcome(OtlpVerdict.Malformed, e.Message);
        }

        // Spans may be sent again without harm, but a partial success is never sent again: so the whole export is refused
        // in a way that exporters retry.
        var (streams, files) = await keeper.TakeAsync(project, export.Streams);
        var results = await appender.AppendAsync(project, streams);
        var isComplete = files is null || await keeper.ConfirmAsync(project, files);
        return results.Contains(AppendResult.Overloaded) ? new OtlpOutcome(OtlpVerdict.Overloaded)
            : results.Any(r => r is AppendResult.Failed or AppendResult.Unavailable) || !isComplete ? new OtlpOutcome(OtlpVerdict.Failed, "Some spans could not be stored; send the export again.")
            : new OtlpOutcome(OtlpVerdict.Stored, export.Problem, export.Rejected);
    }
}
