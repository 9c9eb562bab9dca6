using Actors.Contracts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>How traces come in.</summary>
internal static class IngestionSubjects
{
    private static readonly string[] Encodings = ["application/x-protobuf", "application/json"];

    private static readonly ApiOperation[] Export =
    [
        Post("/traces", "Exports spans by OTLP over HTTP")
            .Says("Body: ExportTraceServiceRequest of the OpenTelemetry protocol. Packed as gzip, deflate, br or zstd as well.")
            .Body(Objects("resourceSpans").Required()).Encoded(Encodings)
            .Answer<OtlpResponse>(note: "stored; in protobuf when the request was").Refuse(413, 429, 503),
        Post("/metrics", "Accepts metrics by OTLP, and keeps none")
            .OptionalBody(Objects("resourceMetrics")).Encoded(Encodings).Answer<OtlpResponse>(),
    ];

    public static ApiSubject Ingestion { get; } = new("Ingestion", "Traces, observations and scores as the SDKs send them. What was acknowledged is durable.")
    {
        Operations =
        [
            Post("/ingestion", "Takes a batch of events")
                .Says("Every event is judged alone: a wrong one is in errors and harms no other. With a public key only scores are taken.")
                .For(ApiAccess.ProjectOrPublic)
                .Body(
                    Objects("batch").Required().With(
                        Text("id", "of the event; the same event again changes nothing").Required(),
                        Text("type", "such as trace-create, span-update, generation-create or score-create").Required(),
                        Time("timestamp").Required(),
                        Object("body", "as in the routes of one event").Required()),
                    Json("metadata", "of the sender; not kept"))
                .Answer<IngestionResponse>(207, "what became of each event")
                .Refuse(403, 413, 415, 429, 503),
            Post("/traces", "Creates a trace, or changes it").Body(EventFields.Of("trace-create")).Answer<IdBody>().Refuse(413, 429, 503),
            Post("/spans", "Creates a span").Body(EventFields.Of("span-create")).Answer<IdBody>().Refuse(413, 429, 503),
            Patch("/spans", "Changes a span")
                .Body(EventFields.Of("span-update", Text("spanId").Required())).Answer<IdBody>().Refuse(413, 429, 503),
            Post("/generations", "Creates a generation")
                .Body(EventFields.Of("generation-create", Json("prompt", "another name of input"), Json("completion", "another name of output")))
                .Answer<IdBody>().Refuse(413, 429, 503),
            Patch("/generations", "Changes a generation")
                .Body(EventFields.Of(
                    "generation-update",
                    Text("generationId").Required(), Json("prompt", "another name of input"), Json("completion", "another name of output")))
                .Answer<IdBody>().Refuse(413, 429, 503),
            Post("/events", "Creates an event").Says("A list of up to 1,000 events is taken too; the answer names the first.")
                .Body(EventFields.Of("event-create")).Answer<IdBody>().Refuse(413, 429, 503),
        ],
    };

    public static ApiSubject OpenTelemetry { get; } = new("OpenTelemetry", "Spans of any OpenTelemetry exporter.")
    {
        Prefix = "/api/public/otel/v1",
        Problems = [typeof(OtlpError)],
        Operations = Export,
    };

    public static ApiSubject OpenTelemetryShort { get; } = new("OpenTelemetry, standard paths", "The same where the protocol itself has its paths.")
    {
        Prefix = "/v1",
        Problems = [typeof(OtlpError)],
        Operations = Export,
    };
}
