namespace Actors.Web.Otlp;

/// <summary>The telemetry of the Vercel AI SDK (<c>ai</c> 3.3 to 6; scope <c>ai</c>).</summary>
internal static partial class OtlpAttributes
{
    public const string AiScope = "ai";

    public const string AiModelId = "ai.model.id";
    public const string AiModelProvider = "ai.model.provider";
    public const string AiOperationId = "ai.operationId";
    public const string AiOperationName = "operation.name";
    public const string AiFunctionId = "ai.telemetry.functionId";
    public const string AiMetadata = "ai.telemetry.metadata";
    public const string AiToolCallName = "ai.toolCall.name";
    public const string AiToolCallArguments = "ai.toolCall.args";
    public const string AiToolCallResult = "ai.toolCall.result";
    public const string AiPrompt = "ai.prompt";
    public const string AiPromptMessages = "ai.prompt.messages";
    public const string AiPromptToolChoice = "ai.prompt.toolChoice";
    public const string AiEmbeddingValue = "ai.value";
    public const string AiEmbeddingValues = "ai.values";
    public const string AiResponseText = "ai.response.text";
    public const string AiResponseToolCalls = "ai.response.toolCalls";
    public const string AiResponseObject = "ai.response.object";
    public const string AiProviderMetadata = "ai.response.providerMetadata";
    public const string AiResponseFirstChunk = "ai.response.msToFirstChunk";
    public const string AiStreamFirstChunk = "ai.stream.msToFirstChunk";
    public const string AiMaxSteps = "ai.settings.maxSteps";
    public const string AiMaxRetries = "ai.settings.maxRetries";
    public const string AiMode = "ai.settings.mode";

    /// <summary>Until <c>ai</c> 4.0.</summary>
    public const string AiResultText = "ai.result.text";

    /// <inheritdoc cref="AiResultText"/>
    public const string AiResultToolCalls = "ai.result.toolCalls";

    /// <inheritdoc cref="AiResultText"/>
    public const string AiResultObject = "ai.result.object";

    // Usage; what gen_ai.usage.* says goes first. Of each pair the second name is that of ai 6.
    public const string AiUsageTokens = "ai.usage.tokens";
    public const string AiTotalTokens = "ai.usage.totalTokens";
    public static readonly string[] AiInputTokens = ["ai.usage.promptTokens", "ai.usage.inputTokens"];
    public static readonly string[] AiOutputTokens = ["ai.usage.completionTokens", "ai.usage.outputTokens"];
    public static readonly string[] AiCachedInputTokens = ["ai.usage.cachedInputTokens", "ai.usage.inputTokenDetails.cacheReadTokens"];
    public static readonly string[] AiReasoningTokens = ["ai.usage.reasoningTokens", "ai.usage.outputTokenDetails.reasoningTokens"];
    public const string AiCacheWriteTokens = "ai.usage.inputTokenDetails.cacheWriteTokens";
}
