namespace Actors.Web.Otlp;

/// <summary>What frameworks call things in their own conventions.</summary>
internal static partial class OtlpAttributes
{
    // Traceloop (OpenLLMetry semantic conventions 0.4).
    public const string TraceloopKind = "traceloop.span.kind";
    public const string TraceloopInput = "traceloop.entity.input";
    public const string TraceloopOutput = "traceloop.entity.output";
    public const string LlmResponseModel = "llm.response.model";
    public const string LlmUsagePrefix = "llm.usage.";

    // MLflow (tracing of MLflow 3).
    public const string MlflowSpanType = "mlflow.spanType";
    public const string MlflowInputs = "mlflow.spanInputs";
    public const string MlflowOutputs = "mlflow.spanOutputs";
    public const string MlflowTokenUsage = "mlflow.chat.tokenUsage";

    // Logfire 4 and pydantic-ai 1 (its scope).
    public const string PydanticScope = "pydantic-ai";
    public const string LogfireMessage = "logfire.msg";
    public const string LogfirePrompt = "prompt";
    public const string LogfireAllMessages = "all_messages_events";
    public const string LogfireEvents = "events";
    public const string LogfireEventName = "event.name";
    public const string PydanticAgentName = "agent_name";
    public const string PydanticAllMessages = "pydantic_ai.all_messages";
    public const string PydanticFinalResult = "final_result";
    public const string PydanticToolArguments = "tool_arguments";
    public const string PydanticToolResponse = "tool_response";

    // LiveKit Agents 1.
    public const string LiveKitPrefix = "lk.";
    public const string LiveKitInputText = "lk.input_text";
    public const string LiveKitUserTranscript = "lk.user_transcript";
    public const string LiveKitChatContext = "lk.chat_ctx";
    public const string LiveKitUserInput = "lk.user_input";
    public const string LiveKitToolArguments = "lk.function_tool.arguments";
    public const string LiveKitToolOutput = "lk.function_tool.output";
    public const string LiveKitResponseText = "lk.response.text";

    // Google Agent Development Kit 1.
    public const string AdkRequest = "gcp.vertex.agent.llm_request";
    public const string AdkResponse = "gcp.vertex.agent.llm_response";
    public const string AdkToolArguments = "gcp.vertex.agent.tool_call_args";
    public const string AdkToolResponse = "gcp.vertex.agent.tool_response";

    // Genkit 1 (its scope).
    public const string GenkitScope = "genkit-tracer";
    public const string GenkitName = "genkit:name";
    public const string GenkitSubtype = "genkit:metadata:subtype";
    public const string GenkitInput = "genkit:input";
    public const string GenkitOutput = "genkit:output";

    // Flue (its scope).
    public const string FlueScope = "@flue/opentelemetry";
    public const string FlueToolName = "flue.tool.name";
    public const string FlueTaskPrompt = "flue.task.prompt";
    public static readonly (string Input, string Output)[] FlueTexts =
    [
        ("flue.turn.input", "flue.turn.output"), ("flue.tool.arguments", "flue.tool.result"), (FlueTaskPrompt, "flue.task.result"),
        ("flue.workflow.payload", "flue.workflow.result"), ("flue.operation.payload", "flue.operation.result"),
    ];
}
