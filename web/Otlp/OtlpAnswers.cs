namespace Actors.Web.Otlp;

/// <summary>The messages of OTLP 1.x and gRPC that we answer, in the binary form.</summary>
internal static class OtlpAnswers
{
    private const string RetryInfoType = "type.googleapis.com/google.rpc.RetryInfo";

    /// <summary>ExportTraceServiceResponse { partial_success = 1 { rejected_spans = 1, error_message = 2 } }; empty when all is well.</summary>
    public static byte[] Export(OtlpOutcome outcome) => outcome.Rejected == 0
        ? []
        : new ProtobufWriter()
            .Message(1, new ProtobufWriter().Varint(1, (ulong)outcome.Rejected).Text(2, outcome.Message!))
            .ToArray();

    /// <summary>google.rpc.Status { code = 1, message = 2, details = 3 } with a RetryInfo { retry_delay = 1 { seconds = 1 } }.</summary>
    public static byte[] RetryStatus(int code, string message, TimeSpan after)
    {
        var info = new ProtobufWriter().Message(1, new ProtobufWriter().Varint(1, (ulong)Math.Ceiling(after.TotalSeconds)));
        return new ProtobufWriter()
            .Varint(1, (ulong)code)
            .Text(2, message)
            .Message(3, new ProtobufWriter().Text(1, RetryInfoType).Message(2, info))
            .ToArray();
    }
}
