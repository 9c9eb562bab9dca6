using Actors.Contracts;
using Actors.Feedback;
using Actors.Scoring;
using static Actors.Web.Api.OpenApi.Fields;
using static Actors.Web.Api.OpenApi.Operations;

namespace Actors.Web.Api.OpenApi.Subjects;

/// <summary>How good it was.</summary>
internal static class ScoreSubjects
{
    private static readonly string[] DataTypes = ["NUMERIC", "CATEGORICAL", "BOOLEAN", "TEXT", "CORRECTION"];
    private static readonly string[] Sources = ["API", "ANNOTATION", "EVAL"];

    private static readonly Field[] OfLists =
    [
        .. Paging(),
        Text("userId", "of the trace"),
        Text("name"),
        .. Between("fromTimestamp", "toTimestamp"),
        Texts("environment").UpTo(100),
        Text("source").OneOf(Sources),
        Text("operator", "compares value").OneOf("<", ">", "<=", ">=", "!=", "="),
        Number("value"),
        Csv("scoreIds").UpTo(100),
        Text("configId"),
        Text("queueId"),
        Text("dataType").OneOf(DataTypes),
        Texts("traceTags", "all of them").UpTo(100),
    ];

    private static readonly Field[] OfConfigs =
    [
        Objects("categories", "of categorical configs").UpTo(ScoreConfigRules.MaxCategories)
            .With(Text("label").Between(1, ScoreConfigRules.MaxLabelLength).Required(), Number("value").Required()),
        Number("minValue"),
        Number("maxValue"),
        Text("description").UpTo(ScoreConfigRules.MaxDescriptionLength),
    ];

    public static ApiSubject Scores { get; } = new("Scores", "Verdicts of people, programs and models about traces, observations, sessions and runs.")
    {
        Operations =
        [
            Post("/scores", "Creates a score, or changes it").For(ApiAccess.ProjectOrPublic)
                .Says("An annotation that is no correction names its config.")
                .Body(EventFields.Of("score-create")).Answer<IdBody>().Refuse(403, 413, 429, 503),
            Delete("/scores/{scoreId}", "Deletes a score").Answer<MessageBody>(202, "it is gone; also when it was not there"),
            Get("/scores", "Lists scores of traces and observations").Query(OfLists).Answer<PageBody<ScoreItemBody>>(),
            Get("/scores/{scoreId}", "Gets a score of a trace or an observation").Answer<ScoreBody>().Refuse(404),
            Get("/v2/scores", "Lists scores")
                .Query(
                [
                    .. OfLists,
                    Text("sessionId"),
                    Text("datasetRunId"),
                    Text("traceId"),
                    Csv("observationId").UpTo(100),
                    Csv("fields", "trace adds the trace of each score").OneOf("score", "trace"),
                    Text("filter", "JSON list of conditions"),
                ])
                .Answer<PageBody<ScoreV2ItemBody>>(),
            Get("/v2/scores/{scoreId}", "Gets a score").Answer<ScoreV2Body>().Refuse(404),
            Get("/v3/scores", "Lists scores, each with its value as what it is")
                .Says("Other parameters are refused. At most one of traceId, sessionId and experimentId; observationId needs traceId.")
                .Query(
                [
                    Integer("limit").Between(1, 100).Default(50),
                    Text("cursor", "from meta of the page before"),
                    Csv("fields").OneOf("core", "details", "subject", "annotation"),
                    Csv("id").UpTo(100),
                    Csv("name").UpTo(100),
                    Csv("source").OneOf(Sources),
                    Csv("dataType").OneOf(DataTypes),
                    Csv("environment").UpTo(100),
                    Csv("configId").UpTo(100),
                    Csv("queueId").UpTo(100),
                    Csv("authorUserId").UpTo(100),
                    Csv("value", "needs one dataType").UpTo(100),
                    Number("valueMin", "needs dataType=NUMERIC"),
                    Number("valueMax", "needs dataType=NUMERIC"),
                    Csv("traceId").UpTo(100),
                    Csv("sessionId").UpTo(100),
                    Csv("observationId").UpTo(100),
                    Csv("experimentId").UpTo(100),
                    .. Between("fromTimestamp", "toTimestamp"),
                ])
                .Answer<LimitedCursorBody<ScoreV3Body>>(),
        ],
    };

    public static ApiSubject ScoreConfigs { get; } = new("Score configs", "What scores of a name may be.")
    {
        Operations =
        [
            Get("/score-configs", "Lists score configs").Query(Paging()).Answer<PageBody<ScoreConfigBody>>(),
            Post("/score-configs", "Creates a score config")
                .Body(
                [
                    Text("name").Between(1, ScoreConfigRules.MaxNameLength).Required(),
                    Text("dataType").OneOf("NUMERIC", "CATEGORICAL", "BOOLEAN", "TEXT").Required(),
                    .. OfConfigs,
                ])
                .Answer<ScoreConfigBody>(),
            Get("/score-configs/{configId}", "Gets a score config").Answer<ScoreConfigBody>().Refuse(404),
            Patch("/score-configs/{configId}", "Changes a score config")
                .Body([Text("name").Between(1, ScoreConfigRules.MaxNameLength), Flag("isArchived"), .. OfConfigs])
                .Answer<ScoreConfigBody>().Refuse(404),
        ],
    };

    public static ApiSubject Feedback { get; } = new("Feedback", "What browsers may send with the public key alone.")
    {
        Operations =
        [
            Get("/actors/feedback", "Gets what browsers may send").Answer<FeedbackPolicyBody>(),
            Put("/actors/feedback", "Says what browsers may send").Says("What is absent gets its default.")
                .Body(
                    Texts("allowedOrigins", "such as https://app.example.com or https://*.example.com; without any: from anywhere").UpTo(FeedbackPolicy.MaxOrigins),
                    Integer("scoresPerMinutePerKey", "with one public key").Between(1, FeedbackPolicy.MaxScoresPerMinute).Default(FeedbackPolicy.DefaultPerKey),
                    Integer("scoresPerMinutePerAddress", "from one address, of IPv6 the first 64 bits")
                        .Between(1, FeedbackPolicy.MaxScoresPerMinute).Default(FeedbackPolicy.DefaultPerAddress))
                .Answer<FeedbackPolicyBody>().Refuse(404),
        ],
    };
}
