namespace Actors.Web.Otlp;

/// <summary>
/// The generative AI conventions of OpenTelemetry (semantic conventions 1.38.0, development status), with the older names
/// that instrumentations still send: <c>gen_ai.prompt.*</c> and <c>gen_ai.completion.*</c> until 1.27, one span event per
/// message until 1.36, <c>prompt_tokens</c> and <c>completion_tokens</c> until 1.26.
/// </summary>
internal static partial class OtlpAttributes
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string ToolName = "gen_ai.tool.name";
    public const string ToolCallId = "gen_ai.tool.call.id";
    public const string ToolCallArguments = "gen_ai.tool.call.arguments";
    public const string ToolCallResult = "gen_ai.tool.call.result";
    public const string GenAiSystem = "gen_ai.system";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestTemperature = "gen_ai.request.temperature";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string RequestPrefix = "gen_ai.request.";
    public const string ResponseModel = "gen_ai.response.model";
    public const string ResponseId = "gen_ai.response.id";
    public const string ResponsePrefix = "gen_ai.response.";
    public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string OldFinishReason = "gen_ai.finishReason";
    public const string InputMessages = "gen_ai.input.messages";
    public const string OutputMessages = "gen_ai.output.messages";
    public const string SystemInstructions = "gen_ai.system_instructions";
    public const string Prompt = "gen_ai.prompt";
    public const string Completion = "gen_ai.completion";
    public const string UsagePrefix = "gen_ai.usage.";
    public const string UsageCost = "gen_ai.usage.cost";

    public const string EvaluationName = "gen_ai.evaluation.name";
    public const string EvaluationValue = "gen_ai.evaluation.score.value";
    public const string EvaluationLabel = "gen_ai.evaluation.score.label";
    public const string EvaluationExplanation = "gen_ai.evaluation.explanation";

    // What was granted goes before what was asked for; the names without the prefix are the newer ones.
    public static readonly string[] ServiceTiers =
    [
        "openai.response.service_tier", "gen_ai.openai.response.service_tier",
        "openai.request.service_tier", "gen_ai.openai.request.service_tier",
    ];

    // Span events. Semantic Kernel puts the whole message, as JSON, into one attribute of the event.
    public const string EventContent = "gen_ai.event.content";
    public const string DetailsEvent = "gen_ai.client.inference.operation.details";
    public const string EvaluationEvent = "gen_ai.evaluation.result";
    public const string PromptEvent = "gen_ai.content.prompt";
    public const string CompletionEvent = "gen_ai.content.completion";
    public const string ChoiceEvent = "gen_ai.choice";
}
