namespace Actors.Web.Otlp;

/// <summary>
/// The attribute names that mean something: those of Langfuse (server 4.16.0), of the OpenTelemetry semantic conventions
/// 1.38.0 (gen_ai, development status, with the older names that instrumentations still send), and of OpenInference.
/// </summary>
internal static class OtlpAttributes
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
    public const string UserId = "user.id";
    public const string SessionId = "session.id";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string TagTags = "tag.tags";
    public const string LangfuseVersion = "langfuse.version";
    public const string LangfuseRelease = "langfuse.release";
    public const string ServiceVersion = "service.version";
    public const string LangfuseEnvironment = "langfuse.environment";
    public const string DeploymentEnvironmentName = "deployment.environment.name";
    public const string DeploymentEnvironment = "deployment.environment";
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

    public const string MetadataUserId = "langfuse_user_id";
    public const string MetadataSessionId = "langfuse_session_id";
    public const string MetadataTags = "langfuse_tags";

    public const string OperationName = "gen_ai.operation.name";
    public const string ToolName = "gen_ai.tool.name";
    public const string ToolCallId = "gen_ai.tool.call.id";
    public const string ToolCallArguments = "gen_ai.tool.call.arguments";
    public const string ToolCallResult = "gen_ai.tool.call.result";
    public const string RequestModel = "gen_ai.request.model";
    public const string ResponseModel = "gen_ai.response.model";
    public const string RequestPrefix = "gen_ai.request.";
    public const string InputMessages = "gen_ai.input.messages";
    public const string OutputMessages = "gen_ai.output.messages";
    public const string SystemInstructions = "gen_ai.system_instructions";
    public const string PromptPrefix = "gen_ai.prompt.";
    public const string CompletionPrefix = "gen_ai.completion.";
    public const string UsagePrefix = "gen_ai.usage.";
    public const string UsageCost = "gen_ai.usage.cost";

    public const string SpanKind = "openinference.span.kind";
    public const string LlmModelName = "llm.model_name";
    public const string LlmResponseModel = "llm.response.model";
    public const string LlmInvocationParameters = "llm.invocation_parameters";
    public const string LlmTokenCountPrefix = "llm.token_count.";
    public const string LlmCostTotal = "llm.cost.total";
    public const string LlmInputMessagesPrefix = "llm.input_messages.";
    public const string LlmOutputMessagesPrefix = "llm.output_messages.";
    public const string InputValue = "input.value";
    public const string OutputValue = "output.value";
    public const string Model = "model";
    public const string ModelConfig = "model_config";

    public const string AiModelId = "ai.model.id";
    public const string AiOperationId = "ai.operationId";
    public const string AiFunctionId = "ai.telemetry.functionId";
    public const string AiMetadataPrefix = "ai.telemetry.metadata.";
    public const string AiToolCallName = "ai.toolCall.name";
    public const string AiUsageTokens = "ai.usage.tokens";
    public const string AiCachedInputTokens = "ai.usage.cachedInputTokens";
    public const string AiReasoningTokens = "ai.usage.reasoningTokens";
    public const string AiResponseFirstChunk = "ai.response.msToFirstChunk";
    public const string AiStreamFirstChunk = "ai.stream.msToFirstChunk";

    public const string GenkitName = "genkit:name";
    public const string GenkitSubtype = "genkit:metadata:subtype";
    public const string LogfireMessage = "logfire.msg";
}
