using Actors.Tracing;

namespace Actors.Web.Otlp;

/// <summary>Finds an observation's type: the first source that knows one decides (langfuse-semantics §4.3).</summary>
internal static class TypeReader
{
    private static readonly Func<SpanSource, ObservationType?>[] Sources =
    [
        FromOldSdk,
        s => Map(s.Attributes.Text(OtlpAttributes.ObservationType)),
        s => FromOpenInference(s.Attributes.Text(OtlpAttributes.SpanKind)),
        s => FromOperation(s.Attributes.Text(OtlpAttributes.OperationName)),
        s => FromGenkit(s.Attributes.Text(OtlpAttributes.GenkitSubtype)),
        FromAi,
        s => s.Attributes.Has(OtlpAttributes.ToolName) || s.Attributes.Has(OtlpAttributes.ToolCallId) ? ObservationType.Tool : null,
        s => FromLiveKit(s.Span.Name),
        s => ModelReader.HasModel(s) ? ObservationType.Generation : null,
    ];

    public static ObservationType Read(SpanSource source)
    {
        foreach (var read in Sources)
        {
            if (read(source) is { } type)
            {
                return type;
            }
        }

        return ObservationType.Span;
    }

    // Python SDKs up to 3.3.0 call a generation a span and give it a model nevertheless.
    private static ObservationType? FromOldSdk(SpanSource source) =>
        source.IsLangfuse
        && source.Attributes.Text(OtlpAttributes.ObservationType) == "span"
        && (source.Attributes.Has(OtlpAttributes.LangfuseModel) || source.Attributes.Has(OtlpAttributes.UsageDetails)
            || source.Attributes.Has(OtlpAttributes.LangfuseModelParameters))
            ? ObservationType.Generation
            : null;

    private static ObservationType? Map(string? type) => ObservationNames.ParseType(type);

    private static ObservationType? FromOpenInference(string? kind) => kind?.ToUpperInvariant() switch
    {
        "LLM" => ObservationType.Generation,
        "CHAIN" => ObservationType.Chain,
        "RETRIEVER" => ObservationType.Retriever,
        "EMBEDDING" => ObservationType.Embedding,
        "AGENT" => ObservationType.Agent,
        "TOOL" => ObservationType.Tool,
        "GUARDRAIL" => ObservationType.Guardrail,
        "EVALUATOR" => ObservationType.Evaluator,
        _ => null,
    };

    private static ObservationType? FromOperation(string? operation) => operation switch
    {
        "chat" or "completion" or "text_completion" or "generate_content" or "generate" => ObservationType.Generation,
        "embeddings" => ObservationType.Embedding,
        "invoke_agent" or "create_agent" => ObservationType.Agent,
        "execute_tool" => ObservationType.Tool,
        _ => null,
    };

    private static ObservationType? FromGenkit(string? subtype) => subtype switch
    {
        "model" or "background-model" => ObservationType.Generation,
        "embedder" => ObservationType.Embedding,
        "tool" or "tool.v2" => ObservationType.Tool,
        "retriever" => ObservationType.Retriever,
        "evaluator" => ObservationType.Evaluator,
        _ => null,
    };

    private static ObservationType? FromAi(SpanSource source)
    {
        var operation = source.Attributes.Text(OtlpAttributes.AiOperationId, "operation.name") ?? "";
        var end = operation.IndexOf(' ', StringComparison.Ordinal);
        return (end < 0 ? operation : operation[..end]) switch
        {
            "ai.generateText.doGenerate" or "ai.streamText.doStream" or "ai.generateObject.doGenerate" or "ai.streamObject.doStream"
                when ModelReader.HasModel(source) => ObservationType.Generation,
            "ai.embed.doEmbed" or "ai.embedMany.doEmbed" when ModelReader.HasModel(source) => ObservationType.Embedding,
            "ai.toolCall" => ObservationType.Tool,
            _ => null,
        };
    }

    private static ObservationType? FromLiveKit(string name) => name switch
    {
        "agent_turn" or "start_agent_activity" => ObservationType.Agent,
        "function_tool" => ObservationType.Tool,
        _ => null,
    };
}
