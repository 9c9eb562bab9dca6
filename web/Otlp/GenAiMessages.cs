using System.Text.Json;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Chat messages in the forms that the semantic conventions have had over time.</summary>
internal static class GenAiMessages
{
    /// <summary>Span events: one with everything, one per message, or one per side.</summary>
    public static SpanText FromEvents(SpanSource source)
    {
        var events = source.Span.Events;
        if (events.Count == 0)
        {
            return default;
        }

        foreach (var e in events)
        {
            if (e.Name == OtlpAttributes.DetailsEvent && FromAttributes(e.Attributes) is { IsEmpty: false } details)
            {
                return details;
            }
        }

        var input = events.Where(e => Role(e.Name) is not null).Select(e => Message(e, Role(e.Name))).ToList();
        var output = events.Where(e => e.Name == OtlpAttributes.ChoiceEvent).Select(e => Message(e, null)).ToList();
        return input.Count > 0 || output.Count > 0
            ? new SpanText(input.Count == 0 ? null : List(input), output.Count switch { 0 => null, 1 => output[0], _ => List(output) })
            : new SpanText(
                Content(events, OtlpAttributes.PromptEvent, OtlpAttributes.Prompt),
                Content(events, OtlpAttributes.CompletionEvent, OtlpAttributes.Completion));
    }

    /// <summary>The newest form: attributes with whole lists of messages.</summary>
    public static SpanText FromAttributes(OtlpAttributeSet attributes) =>
        new(WithInstructions(attributes.Json(OtlpAttributes.InputMessages), attributes), attributes.Json(OtlpAttributes.OutputMessages));

    /// <summary>The list of messages with the system instructions in front, unless it has a system message already.</summary>
    public static string? WithInstructions(string? messages, OtlpAttributeSet attributes)
    {
        if (attributes.Json(OtlpAttributes.SystemInstructions) is not { } instructions || messages is not (null or ['[', ..]) || HasSystem(messages))
        {
            return messages;
        }

        var rest = messages is null ? "]" : messages.AsSpan(1).TrimStart();
        return $"[{{\"role\":\"system\",\"content\":{instructions}}}{(rest is [']', ..] ? "" : ",")}{rest}";
    }

    private static bool HasSystem(string? messages)
    {
        // Spares most lists the parser.
        if (messages?.Contains("\"system\"", StringComparison.Ordinal) != true)
        {
            return false;
        }

        using var document = JsonDocument.Parse(messages);
        foreach (var message in document.RootElement.EnumerateArray())
        {
            if (JsonPath.Below(message, "role") is { ValueKind: JsonValueKind.String } role && role.ValueEquals("system"))
            {
                return true;
            }
        }

        return false;
    }

    private static string? Role(string eventName) => eventName switch
    {
        "gen_ai.system.message" => "system",
        "gen_ai.user.message" => "user",
        "gen_ai.assistant.message" => "assistant",
        "gen_ai.tool.message" => "tool",
        _ => null,
    };

    private static string Message(OtlpSpanEvent message, string? role)
    {
        if (message.Attributes.Json(OtlpAttributes.EventContent) is ['{', ..] whole)
        {
            return whole;
        }

        var json = new JsonObjectText();
        if (role is not null)
        {
            json.Add("role", JsonText.Quote(role));
        }

        foreach (var (key, value) in message.Attributes.All)
        {
            json.Add(key, value.AsParsedJson() ?? "null");
        }

        return json.ToString();
    }

    private static string? Content(IReadOnlyList<OtlpSpanEvent> events, string name, string attribute)
    {
        var found = events.FirstOrDefault(e => e.Name == name);
        return found is null ? null : FlattenedMessages.Read(found.Attributes, attribute) ?? Message(found, null);
    }

    private static string List(IEnumerable<string> items) => "[" + string.Join(',', items) + "]";
}
