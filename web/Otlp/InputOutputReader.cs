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
        s => new(s.Attributes.Json(OtlpAttributes.ObservationInput), s.Attributes.Json(OtlpAttributes.ObservationOutput)),
        FrameworkTexts.FromGenkit,
        FromVercel,
        FrameworkTexts.FromFlue,
        GenAiMessages.FromEvents,
        FrameworkTexts.FromAdk,
        s => Pair(s, OtlpAttributes.LogfirePrompt, OtlpAttributes.LogfireAllMessages),
        FrameworkTexts.FromLiveKit,
        FrameworkTexts.FromLogfireEvents,
        s => Pair(s, OtlpAttributes.MlflowInputs, OtlpAttributes.MlflowOutputs),
        s => Pair(s, OtlpAttributes.TraceloopInput, OtlpAttributes.TraceloopOutput),
        s => Pair(s, OtlpAttributes.InputValue, OtlpAttributes.OutputValue),
        s => Pair(s, OtlpAttributes.Input, OtlpAttributes.Output),
        FrameworkTexts.FromPydantic,
        s => Pair(s, OtlpAttributes.PydanticToolArguments, OtlpAttributes.PydanticToolResponse),
        s => Flattened(s, OtlpAttributes.Prompt, OtlpAttributes.Completion),
        s => Flattened(s, OtlpAttributes.LlmInputMessages, OtlpAttributes.LlmOutputMessages),
        s => GenAiMessages.FromAttributes(s.Attributes),
        s => Pair(s, OtlpAttributes.ToolCallArguments, OtlpAttributes.ToolCallResult),
    ];

    private static readonly string[] VercelInputs =
    [
        OtlpAttributes.AiPromptMessages, OtlpAttributes.AiPrompt, OtlpAttributes.AiToolCallArguments,
        OtlpAttributes.AiEmbeddingValue, OtlpAttributes.AiEmbeddingValues,
    ];

    private static readonly string[] VercelOutputs =
    [
        OtlpAttributes.AiResponseText, OtlpAttributes.AiResultText, OtlpAttributes.AiToolCallResult, OtlpAttributes.AiResponseObject,
        OtlpAttributes.AiResultObject, OtlpAttributes.AiResponseToolCalls, OtlpAttributes.AiResultToolCalls,
    ];

    /// <summary>The attributes that hold input or output, which need not be repeated in metadata.</summary>
    public static IReadOnlyList<string> OwnAttributes { get; } =
    [
        OtlpAttributes.TraceInput, OtlpAttributes.TraceOutput, OtlpAttributes.ObservationInput, OtlpAttributes.ObservationOutput,
        OtlpAttributes.InputMessages, OtlpAttributes.OutputMessages, OtlpAttributes.SystemInstructions,
        OtlpAttributes.ToolCallArguments, OtlpAttributes.ToolCallResult, OtlpAttributes.Prompt, OtlpAttributes.Completion,
        .. VercelInputs, .. VercelOutputs, .. FrameworkTexts.OwnAttributes,
        OtlpAttributes.LogfirePrompt, OtlpAttributes.LogfireAllMessages, OtlpAttributes.MlflowInputs, OtlpAttributes.MlflowOutputs,
        OtlpAttributes.TraceloopInput, OtlpAttributes.TraceloopOutput, OtlpAttributes.InputValue, OtlpAttributes.OutputValue,
        OtlpAttributes.Input, OtlpAttributes.Output, OtlpAttributes.PydanticToolArguments, OtlpAttributes.PydanticToolResponse,
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

    /// <summary>What two attributes hold; empty text is none.</summary>
    public static SpanText Pair(SpanSource source, string input, string output) => new(First(source, [input]), First(source, [output]));

    /// <summary>The first of some attributes that says something, as JSON text.</summary>
    public static string? First(SpanSource source, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (source.Attributes.Json(name) is { } json && json != "\"\"")
            {
                return json;
            }
        }

        return null;
    }

    private static SpanText Flattened(SpanSource source, string input, string output) =>
        new(FlattenedMessages.Read(source.Attributes, input), FlattenedMessages.Read(source.Attributes, output));

    private static SpanText FromVercel(SpanSource source)
    {
        if (!source.IsAi)
        {
            return default;
        }

        var attributes = source.Attributes;
        var output = attributes.Get(OtlpAttributes.AiResponseText) is { Kind: OtlpValueKind.String } text
            && attributes.Json(OtlpAttributes.AiResponseToolCalls) is { } calls
                ? $$"""{"role":"assistant","content":{{text.ToJson()}},"tool_calls":{{calls}}}"""
                : First(source, VercelOutputs);
        return new SpanText(First(source, VercelInputs), output);
    }
}
