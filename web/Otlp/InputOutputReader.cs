namespace Actors.Web.Otlp;

/// <summary>Input and output of a span as JSON text; either may be null.</summary>
internal readonly record struct SpanText(string? Input, string? Output)
{
    public bool IsEmpty => Input is null && Output is null;
}

/// <summary>Finds input and output: the first source that has either decides (langfuse-semantics §4.4).</summary>
internal static class InputOutputReader
{
    private static readonly Func<SpanSource, SpanText>[] Sources =
    [
        s => Pair(s, OtlpAttributes.ObservationInput, OtlpAttributes.ObservationOutput),
        s => s.Scope.Name == "genkit-tracer" ? Pair(s, "genkit:input", "genkit:output") : default,
        FromAi,
        GenAiMessages.FromEvents,
        s => Pair(s, "gcp.vertex.agent.llm_request", "gcp.vertex.agent.llm_response"),
        s => new(s.Attributes.Json("prompt"), s.Attributes.Json("all_messages_events")),
        s => new(
            s.Attributes.Json("lk.input_text", "lk.user_transcript", "lk.chat_ctx"),
            s.Attributes.Json("lk.function_tool.output", "lk.response.text")),
        s => Pair(s, "mlflow.spanInputs", "mlflow.spanOutputs"),
        s => Pair(s, "traceloop.entity.input", "traceloop.entity.output"),
        s => Pair(s, OtlpAttributes.InputValue, OtlpAttributes.OutputValue),
        s => Pair(s, "input", "output"),
        s => Pair(s, "pydantic_ai.all_messages", "final_result"),
        s => Pair(s, "tool_arguments", "tool_response"),
        s => GenAiMessages.FromFlattened(s, OtlpAttributes.PromptPrefix, OtlpAttributes.CompletionPrefix),
        s => GenAiMessages.FromFlattened(s, OtlpAttributes.LlmInputMessagesPrefix, OtlpAttributes.LlmOutputMessagesPrefix),
        GenAiMessages.FromAttributes,
        s => Pair(s, OtlpAttributes.ToolCallArguments, OtlpAttributes.ToolCallResult),
    ];

    private static readonly string[] AiInputs = ["ai.prompt.messages", "ai.prompt", "ai.toolCall.args"];

    private static readonly string[] AiOutputs =
    [
        "ai.response.text", "ai.result.text", "ai.toolCall.result", "ai.response.object", "ai.result.object",
        "ai.response.toolCalls", "ai.result.toolCalls",
    ];

    public static SpanText Read(SpanSource source)
    {
        foreach (var read in Sources)
        {
            if (read(source) is { IsEmpty: false } text)
            {
                return text;
            }
        }

        return default;
    }

    private static SpanText Pair(SpanSource source, string input, string output) =>
        new(source.Attributes.Json(input), source.Attributes.Json(output));

    private static SpanText FromAi(SpanSource source)
    {
        if (!source.IsAi)
        {
            return default;
        }

        var attributes = source.Attributes;
        var output = attributes.Get("ai.response.text") is { Kind: OtlpValueKind.String } text && attributes.Json("ai.response.toolCalls") is { } calls
            ? $$"""{"role":"assistant","content":{{text.ToJson()}},"tool_calls":{{calls}}}"""
            : attributes.Json(AiOutputs);
        return new SpanText(attributes.Json(AiInputs), output);
    }
}
