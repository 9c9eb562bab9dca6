using Actors.Contracts;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>What applications did.</summary>
internal static class TracingSubjects
{
    private static readonly Field Parts = Csv("fields", "parts to answer; all when absent").OneOf("core", "io", "scores", "observations", "metrics");

    private static readonly Field Filter = Text("filter", "JSON list of conditions; replaces the single parameters");

    private static readonly Field[] OfObservations =
    [
        Text("name"),
        Text("userId"),
        Text("type").OneOf("SPAN", "GENERATION", "EVENT", "AGENT", "TOOL", "CHAIN", "RETRIEVER", "EVALUATOR", "EMBEDDING", "GUARDRAIL"),
        Text("traceId"),
        Text("level").OneOf("DEBUG", "DEFAULT", "WARNING", "ERROR"),
        Text("parentObservationId"),
        Texts("environment").UpTo(100),
        .. Between("fromStartTime", "toStartTime"),
        Text("version"),
        Filter,
    ];

    public static ApiSubject Traces { get; } = new("Traces", "One request or run of an application, with everything that happened in it.")
    {
        Operations =
        [
            Get("/traces", "Lists traces, the newest first")
                .Query(
                [
                    .. Paging(),
                    Text("userId"),
                    Text("name"),
                    Text("sessionId"),
                    .. Between("fromTimestamp", "toTimestamp"),
                    Text("orderBy", "id, timestamp, name, userId, release, version, public, bookmarked or sessionId, with .asc or .desc")
                        .Default("timestamp.desc"),
                    Texts("tags", "all of them").UpTo(100),
                    Text("version"),
                    Text("release"),
                    Texts("environment").UpTo(100),
                    Parts,
                    Filter,
                ])
                .Answer<PageBody<TraceBody>>(),
            Get("/traces/{traceId}", "Gets a trace with its observations and scores").Query(Parts).Answer<TraceDetailBody>().Refuse(404),
            Delete("/traces/{traceId}", "Deletes a trace").Answer<MessageBody>(note: "it is gone; also when it was not there"),
            Delete("/traces", "Deletes traces").Body(Texts("traceIds").Between(1, 1000).Required()).Answer<MessageBody>(),
        ],
    };

    public static ApiSubject Observations { get; } = new("Observations", "The steps of traces: spans, generations, events, tools and so on.")
    {
        Operations =
        [
            Get("/observations", "Lists observations, the newest first")
                .Query([.. Paging(), .. OfObservations]).Answer<PageBody<ObservationBody>>(),
            Get("/v2/observations", "Lists observations in groups of fields, page by page without totals")
                .Query(
                [
                    Integer("limit").Between(0, 1000).Default(50),
                    Text("cursor", "from meta of the page before"),
                    Csv("fields", "core and basic when absent")
                        .OneOf("core", "basic", "time", "io", "metadata", "model", "usage", "prompt", "metrics", "trace_context"),
                    Csv("expandMetadata", "keys of metadata to answer whole").UpTo(100),
                    .. OfObservations,
                    Text("sessionId"),
                    Flag("isRootObservation"),
                    Flag("parseIoAsJson", "true is refused: input and output are answered as they were sent"),
                ])
                .Answer<ObservationsV2Body>(),
            Get("/observations/{observationId}", "Gets an observation").Answer<ObservationBody>().Refuse(404),
        ],
    };

    public static ApiSubject Sessions { get; } = new("Sessions", "Traces that belong together, such as a conversation.")
    {
        Operations =
        [
            Get("/sessions", "Lists sessions, the newest first")
                .Query([.. Paging(), .. Between("fromTimestamp", "toTimestamp"), Texts("environment").UpTo(100)])
                .Answer<PageBody<SessionBody>>(),
            Get("/sessions/{sessionId}", "Gets a session with its traces").Answer<SessionDetailBody>().Refuse(404),
        ],
    };
}
