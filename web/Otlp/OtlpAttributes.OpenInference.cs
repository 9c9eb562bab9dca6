namespace Actors.Web.Otlp;

/// <summary>The conventions of OpenInference (openinference-semantic-conventions 0.1.24).</summary>
internal static partial class OtlpAttributes
{
    public const string SpanKind = "openinference.span.kind";
    public const string LlmModelName = "llm.model_name";
    public const string EmbeddingModelName = "embedding.model_name";
    public const string LlmInvocationParameters = "llm.invocation_parameters";
    public const string LlmTokenCountPrefix = "llm.token_count.";
    public const string LlmCostTotal = "llm.cost.total";
    public const string LlmInputMessages = "llm.input_messages";
    public const string LlmOutputMessages = "llm.output_messages";
    public const string InputValue = "input.value";
    public const string OutputValue = "output.value";
}
