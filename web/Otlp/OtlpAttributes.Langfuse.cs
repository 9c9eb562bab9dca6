namespace Actors.Web.Otlp;

/// <summary>The attributes of Langfuse (server 4.16.0, SDKs JS 5.10.1 and Python 4.14.3).</summary>
internal static partial class OtlpAttributes
{
    public const string TraceName = "langfuse.trace.name";
    public const string TraceInput = "langfuse.trace.input";
    public const string TraceOutput = "langfuse.trace.output";
    public const string TraceMetadata = "langfuse.trace.metadata";
    public const string TracePublic = "langfuse.trace.public";
    public const string TraceTags = "langfuse.trace.tags";
    public const string LangfuseMetadata = "langfuse.metadata";
    public const string LangfusePublic = "langfuse.public";
    public const string LangfuseTags = "langfuse.tags";
    public const string LangfuseUserId = "langfuse.user.id";
    public const string LangfuseSessionId = "langfuse.session.id";
    public const string LangfuseVersion = "langfuse.version";
    public const string LangfuseRelease = "langfuse.release";
    public const string LangfuseEnvironment = "langfuse.environment";
    public const string AsRoot = "langfuse.internal.as_root";
    public const string IsAppRoot = "langfuse.internal.is_app_root";

    public const string ExperimentId = "langfuse.experiment.id";
    public const string ExperimentName = "langfuse.experiment.name";
    public const string ExperimentDescription = "langfuse.experiment.description";
    public const string ExperimentMetadata = "langfuse.experiment.metadata";
    public const string ExperimentDatasetId = "langfuse.experiment.dataset.id";
    public const string ExperimentItemId = "langfuse.experiment.item.id";
    public const string ExperimentItemVersion = "langfuse.experiment.item.version";
    public const string ExperimentItemMetadata = "langfuse.experiment.item.metadata";
    public const string ExperimentItemRootObservationId = "langfuse.experiment.item.root_observation_id";
    public const string ExperimentItemExpectedOutput = "langfuse.experiment.item.expected_output";

    public const string ObservationType = "langfuse.observation.type";
    public const string ObservationInput = "langfuse.observation.input";
    public const string ObservationOutput = "langfuse.observation.output";
    public const string ObservationMetadata = "langfuse.observation.metadata";
    public const string ObservationLevel = "langfuse.observation.level";
    public const string StatusMessage = "langfuse.observation.status_message";
    public const string CompletionStartTime = "langfuse.observation.completion_start_time";
    public const string LangfuseModel = "langfuse.observation.model.name";
    public const string LangfuseModelParameters = "langfuse.observation.model.parameters";
    public const string UsageDetails = "langfuse.observation.usage_details";
    public const string CostDetails = "langfuse.observation.cost_details";
    public const string PromptName = "langfuse.observation.prompt.name";
    public const string PromptVersion = "langfuse.observation.prompt.version";
    public const string ShortPromptName = "langfuse.prompt.name";
    public const string ShortPromptVersion = "langfuse.prompt.version";

    // Keys below the metadata prefixes.
    public const string MetadataUserId = "langfuse_user_id";
    public const string MetadataSessionId = "langfuse_session_id";
    public const string MetadataTags = "langfuse_tags";
}
