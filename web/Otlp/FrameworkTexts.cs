using System.Text.Json;

namespace Actors.Web.Otlp;

/// <summary>Input and output where a framework keeps them in a way of its own.</summary>
internal static class FrameworkTexts
{
    private static readonly string[] LiveKitInputs =
    [
        OtlpAttributes.LiveKitInputText, OtlpAttributes.LiveKitUserTranscript, OtlpAttributes.LiveKitChatContext,
        OtlpAttributes.LiveKitUserInput, OtlpAttributes.LiveKitToolArguments,
    ];

    private static readonly string[] LiveKitOutputs = [OtlpAttributes.LiveKitToolOutput, OtlpAttributes.LiveKitResponseText];

    /// <summary>The attributes that these texts are in.</summary>
    public static IReadOnlyList<string> OwnAttributes { get; } =
    [
        OtlpAttributes.GenkitInput, OtlpAttributes.GenkitOutput, OtlpAttributes.LogfireEvents, .. LiveKitInputs, .. LiveKitOutputs,
        OtlpAttributes.AdkRequest, OtlpAttributes.AdkResponse, OtlpAttributes.AdkToolArguments, OtlpAttributes.AdkToolResponse,
        OtlpAttributes.PydanticAllMessages, OtlpAttributes.PydanticFinalResult,
        .. OtlpAttributes.FlueTexts.SelectMany(t => new[] { t.Input, t.Output }),
    ];

    /// <summary>Genkit: the messages of a request and the message of its answer, or whatever else an action takes and gives.</summary>
    public static SpanText FromGenkit(SpanSource source)
    {
        if (!source.IsGenkit)
        {
            return default;
        }

        var (input, output) = InputOutputReader.Pair(source, OtlpAttributes.GenkitInput, OtlpAttributes.GenkitOutput);
        return new SpanText(JsonPath.Find(input, "messages") ?? input, JsonPath.Find(output, "message") ?? output);
    }

    /// <summary>Flue: a pair of attributes for each kind of span.</summary>
    public static SpanText FromFlue(SpanSource source)
    {
        if (source.Scope.Name == OtlpAttributes.FlueScope)
        {
            foreach (var (input, output) in OtlpAttributes.FlueTexts)
            {
                if (InputOutputReader.Pair(source, input, output) is { IsEmpty: false } text)
                {
                    return text;
                }
            }
        }

        return default;
    }

    /// <summary>Google's Agent Development Kit: an empty object in the place of the model's text says that a tool was called.</summary>
    public static SpanText FromAdk(SpanSource source) => new(
        Said(source, OtlpAttributes.AdkRequest) ?? Said(source, OtlpAttributes.AdkToolArguments),
        Said(source, OtlpAttributes.AdkResponse) ?? Said(source, OtlpAttributes.AdkToolResponse));

    public static SpanText FromLiveKit(SpanSource source) =>
        new(InputOutputReader.First(source, LiveKitInputs), InputOutputReader.First(source, LiveKitOutputs));

    /// <summary>Logfire: one list of events, each with its name in <c>event.name</c>; the choice is the output.</summary>
    public static SpanText FromLogfireEvents(SpanSource source)
    {
        if (source.Attributes.Json(OtlpAttributes.LogfireEvents) is not ['[', ..] json)
        {
            return default;
        }

        using var document = JsonDocument.Parse(json);
        var input = new List<string>();
        string? output = null;
        foreach (var e in document.RootElement.EnumerateArray())
        {
            if (JsonPath.Below(e, OtlpAttributes.LogfireEventName) is { ValueKind: JsonValueKind.String } name
                && name.ValueEquals(OtlpAttributes.ChoiceEvent))
            {
                output ??= e.GetRawText();
            }
            else
            {
                input.Add(e.GetRawText());
            }
        }

        return new SpanText(input.Count == 0 ? null : $"[{string.Join(',', input)}]", output);
    }

    /// <summary>pydantic-ai: all messages of a run, and what came of it.</summary>
    public static SpanText FromPydantic(SpanSource source)
    {
        if (source.Scope.Name != OtlpAttributes.PydanticScope)
        {
            return default;
        }

        var (input, output) = InputOutputReader.Pair(source, OtlpAttributes.PydanticAllMessages, OtlpAttributes.PydanticFinalResult);
        return new SpanText(GenAiMessages.WithInstructions(input, source.Attributes), output);
    }

    private static string? Said(SpanSource source, string attribute) =>
        InputOutputReader.First(source, attribute) is { } json && json.AsSpan().Trim() is not "{}" ? json : null;
}
