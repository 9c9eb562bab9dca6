using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>The generated serializers of everything that crosses the wire: camel case, nulls written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters = [typeof(WireTime)])]
[JsonSerializable(typeof(IngestionResponse))]
[JsonSerializable(typeof(InvalidBatch))]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(InvalidRequestBody))]
[JsonSerializable(typeof(CodedErrorBody))]
[JsonSerializable(typeof(RateLimitBody))]
[JsonSerializable(typeof(IReadOnlyList<RequestIssue>))]
[JsonSerializable(typeof(PageBody<TraceBody>))]
[JsonSerializable(typeof(PageBody<ObservationBody>))]
[JsonSerializable(typeof(ObservationsV2Body))]
[JsonSerializable(typeof(ObservationCursorBody))]
[JsonSerializable(typeof(PageBody<SessionBody>))]
[JsonSerializable(typeof(PageBody<ScoreItemBody>))]
[JsonSerializable(typeof(PageBody<ScoreV2ItemBody>))]
[JsonSerializable(typeof(LimitedCursorBody<ScoreV3Body>))]
[JsonSerializable(typeof(ScoreBody))]
[JsonSerializable(typeof(ScoreV2Body))]
[JsonSerializable(typeof(ScoreCursorBody))]
[JsonSerializable(typeof(MetricsBody))]
[JsonSerializable(typeof(PageBody<DailyMetricsBody>))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(ModelBody))]
[JsonSerializable(typeof(PageBody<ModelBody>))]
[JsonSerializable(typeof(MessageBody))]
[JsonSerializable(typeof(TraceDetailBody))]
[JsonSerializable(typeof(SessionDetailBody))]
[JsonSerializable(typeof(PageBody<ScoreConfigBody>))]
[JsonSerializable(typeof(ScoreConfigBody))]
[JsonSerializable(typeof(FeedbackPolicyBody))]
[JsonSerializable(typeof(PageBody<CommentBody>))]
[JsonSerializable(typeof(CommentBody))]
[JsonSerializable(typeof(PageBody<AnnotationQueueBody>))]
[JsonSerializable(typeof(AnnotationQueueBody))]
[JsonSerializable(typeof(PageBody<AnnotationItemBody>))]
[JsonSerializable(typeof(AnnotationItemBody))]
[JsonSerializable(typeof(AnnotationAssignmentBody))]
[JsonSerializable(typeof(DeletedItemBody))]
[JsonSerializable(typeof(PageBody<DashboardBody>))]
[JsonSerializable(typeof(DashboardBody))]
[JsonSerializable(typeof(PlacementBody))]
[JsonSerializable(typeof(PageBody<WidgetBody>))]
[JsonSerializable(typeof(WidgetBody))]
[JsonSerializable(typeof(DashboardFileBody))]
[JsonSerializable(typeof(PageBody<LlmConnectionBody>))]
[JsonSerializable(typeof(LlmConnectionBody))]
[JsonSerializable(typeof(PromptBody))]
[JsonSerializable(typeof(PromptPageBody))]
[JsonSerializable(typeof(ProjectsBody))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(IdBody))]
[JsonSerializable(typeof(DatasetBody))]
[JsonSerializable(typeof(PageBody<DatasetBody>))]
[JsonSerializable(typeof(PageBody<DatasetNamesBody>))]
[JsonSerializable(typeof(DatasetDetailBody))]
[JsonSerializable(typeof(DatasetItemBody))]
[JsonSerializable(typeof(PageBody<DatasetItemBody>))]
[JsonSerializable(typeof(DatasetRunDetailBody))]
[JsonSerializable(typeof(PageBody<DatasetRunBody>))]
[JsonSerializable(typeof(DatasetRunItemBody))]
[JsonSerializable(typeof(PageBody<DatasetRunItemBody>))]
[JsonSerializable(typeof(CursorBody<ExperimentBody>))]
[JsonSerializable(typeof(CursorBody<ExperimentItemBody>))]
[JsonSerializable(typeof(ExperimentCursorBody))]
[JsonSerializable(typeof(MediaUploadBody))]
[JsonSerializable(typeof(MediaBody))]
[JsonSerializable(typeof(OtlpError))]
[JsonSerializable(typeof(OtlpResponse))]
[JsonSerializable(typeof(ManagedProjectBody))]
[JsonSerializable(typeof(ProjectDeletionBody))]
[JsonSerializable(typeof(SuccessBody))]
[JsonSerializable(typeof(ApiKeysBody))]
[JsonSerializable(typeof(NewApiKeyBody))]
[JsonSerializable(typeof(MembershipsBody))]
[JsonSerializable(typeof(MembershipDeletionBody))]
[JsonSerializable(typeof(MemberAccessBody))]
[JsonSerializable(typeof(OrganizationProjectsBody))]
[JsonSerializable(typeof(OrganizationsBody))]
[JsonSerializable(typeof(BackupBody))]
[JsonSerializable(typeof(BackupsBody))]
[JsonSerializable(typeof(ScimList<ScimUser>))]
[JsonSerializable(typeof(ScimList<ScimResourceType>))]
[JsonSerializable(typeof(ScimList<ScimSchema>))]
[JsonSerializable(typeof(ScimServiceProvider))]
[JsonSerializable(typeof(ScimError))]
[JsonSerializable(typeof(LiveMessage))]
[JsonSerializable(typeof(LiveSubscribe))]
[JsonSerializable(typeof(LiveTopSubscribe))]
[JsonSerializable(typeof(LiveTokenBody))]
public sealed partial class ContractsJsonContext : JsonSerializerContext
{
    /// <summary>
    /// Like <see cref="Default"/>, with letters of all languages as they are: answers are JSON and never part of a page, so
    /// nothing but JSON's own signs needs escaping.
    /// </summary>
    public static ContractsJsonContext Wire => Relaxed.Context;

    // A class of its own, because it must not come to life before the generated part has.
    private static class Relaxed
    {
        public static ContractsJsonContext Context { get; } =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
