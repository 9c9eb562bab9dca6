using System.Globalization;
using Actors.Tracing;

namespace Actors.Web.Otlp;

/// <summary>Finds an observation's type: the first source that knows one decides (langfuse-semantics §4.3).</summary>
internal static class TypeReader
{
    private static readonly Func<SpanSource, ObservationType?>[] Sources =
    [
        FromOldSdk,
        s => ObservationNames.ParseType(s.Attributes.Text(OtlpAttributes.ObservationType)),
        s => FromOpenInference(s.Attributes.Text(OtlpAttributes.SpanKind)),
        s => FromOperation(s.Attributes.Text(OtlpAttributes.OperationName)),
        s => FromGenkit(s.Attributes.Text(OtlpAttributes.GenkitSubtype)),
        FromVercel,
        s => s.Attributes.Text(OtlpAttributes.ToolName, OtlpAttributes.ToolCallId) is not null ? ObservationType.Tool : null,
        FromFlue,
        s => FromLiveKit(s.Span.Name),
        s => FromMlflow(s.Attributes.Text(OtlpAttributes.MlflowSpanType)),
        s => s.IsCounted && ModelReader.SaysGeneration(s) ? ObservationType.Generation : null,
    ];

    private static readonly string[] GenerationAttributes =
    [
        OtlpAttributes.LangfuseModel, OtlpAttributes.LangfuseModelParameters, OtlpAttributes.UsageDetails, OtlpAttributes.CostDetails,
        OtlpAttributes.CompletionStartTime, OtlpAttributes.PromptName, OtlpAttributes.PromptVersion,
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

    // The Python SDK up to 3.3 calls a generation a span, and says what only generations have nevertheless.
    private static ObservationType? FromOldSdk(SpanSource source) =>
        source.Scope.Name == SpanSource.LangfuseScope
        && source.Attributes.Text(OtlpAttributes.ObservationType) == "span"
        && source.Resource.Text(OtlpAttributes.SdkLanguage) == "python"
        && IsOld(source.Scope.Version)
        && Array.Exists(GenerationAttributes, source.Attributes.Has)
            ? ObservationType.Generation
            : null;

    private static bool IsOld(string version)
    {
        var parts = version.Split('.', 3);
        return parts.Length < 2
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
            || major < 3 || (major == 3 && minor <= 3);
    }

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
        "retrieval" => ObservationType.Retriever,
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

    private static ObservationType? FromVercel(SpanSource source) => source.VercelOperation switch
    {
        "ai.generateText.doGenerate" or "ai.streamText.doStream" or "ai.generateObject.doGenerate" or "ai.streamObject.doStream"
            when ModelReader.ReadModel(source) is not null => ObservationType.Generation,
        "ai.embed.doEmbed" or "ai.embedMany.doEmbed" when ModelReader.ReadModel(source) is not null => ObservationType.Embedding,
        "ai.toolCall" => ObservationType.Tool,
        _ => null,
    };

    private static ObservationType? FromFlue(SpanSource source)
    {
        if (source.Scope.Name != OtlpAttributes.FlueScope)
        {
            return null;
        }

        return source.Attributes.Has(OtlpAttributes.FlueToolName) ? ObservationType.Tool
            : source.Attributes.Has(OtlpAttributes.FlueTaskPrompt) || source.Span.Name.StartsWith("flue.task", StringComparison.Ordinal)
                ? ObservationType.Agent
                : null;
    }

    private static ObservationType? FromLiveKit(string name) => name switch
    {
        "agent_turn" or "start_agent_activity" => ObservationType.Agent,
        "function_tool" => ObservationType.Tool,
        _ => null,
    };

    // MLflow writes every attribute as JSON, so the name comes in quotes.
    private static ObservationType? FromMlflow(string? type) => type?.Trim('"') switch
    {
        "LLM" or "CHAT_MODEL" => ObservationType.Generation,
        "EMBEDDING" => ObservationType.Embedding,
        "AGENT" => ObservationType.Agent,
        "TOOL" => ObservationType.Tool,
        "CHAIN" => ObservationType.Chain,
        "RETRIEVER" => ObservationType.Retriever,
        "EVALUATOR" => ObservationType.Evaluator,
        "GUARDRAIL" => ObservationType.Guardrail,
        _ => null,
    };
}
