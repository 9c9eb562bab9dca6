using System.Globalization;
using System.Text;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Chat messages in the forms that the semantic conventions have had over time.</summary>
internal static class GenAiMessages
{
    private const int MaxMessages = 10_001;
    private const string DetailsEvent = "gen_ai.client.inference.operation.details";
    private const string PromptEvent = "gen_ai.content.prompt";
    private const string CompletionEvent = "gen_ai.content.completion";
    private const string ChoiceEvent = "gen_ai.choice";

    /// <summary>The newest form: attributes with whole lists of messages.</summary>
    public static SpanText FromAttributes(SpanSource source) => FromAttributes(source.Attributes);

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
            if (e.Name == DetailsEvent && FromAttributes(e.Attributes) is { IsEmpty: false } details)
            {
                return details;
            }
        }

        var input = events.Where(e => Role(e.Name) is not null).Select(e => Message(e, Role(e.Name))).ToList();
        var output = events.Where(e => e.Name == ChoiceEvent).Select(e => Message(e, null)).ToList();
        if (input.Count > 0 || output.Count > 0)
        {
            return new SpanText(input.Count == 0 ? null : List(input), output.Count switch { 0 => null, 1 => output[0], _ => List(output) });
        }

        return new SpanText(
            events.FirstOrDefault(e => e.Name == PromptEvent)?.Attributes.Json("gen_ai.prompt"),
            events.FirstOrDefault(e => e.Name == CompletionEvent)?.Attributes.Json("gen_ai.completion"));
    }

    /// <summary>
    /// Flattened lists: <c>prefix.0.role</c>, <c>prefix.0.content</c>, <c>prefix.0.tool_calls.1.name</c> and so on become
    /// nested lists and objects again.
    /// </summary>
    public static SpanText FromFlattened(SpanSource source, string inputPrefix, string outputPrefix) =>
        new(Unflatten(source.Attributes, inputPrefix), Unflatten(source.Attributes, outputPrefix));

    private static SpanText FromAttributes(OtlpAttributeSet attributes)
    {
        var input = attributes.Json(OtlpAttributes.InputMessages);
        if (input is ['[', ..] && attributes.Json(OtlpAttributes.SystemInstructions) is { } instructions
            && !input.Contains("\"system\"", StringComparison.Ordinal))
        {
            var rest = input.AsSpan(1).TrimStart();
            input = $"[{{\"role\":\"system\",\"content\":{instructions}}}{(rest is [']', ..] ? "" : ",")}{rest}";
        }

        return new SpanText(input, attributes.Json(OtlpAttributes.OutputMessages));
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

    private static string List(IEnumerable<string> items) => "[" + string.Join(',', items) + "]";

    private static string? Unflatten(OtlpAttributeSet attributes, string prefix)
    {
        var root = new Node();
        var slots = 0;
        foreach (var (path, value) in attributes.Below(prefix))
        {
            var node = root;
            foreach (var part in path.Split('.', JsonText.MaxDepth / 2))
            {
                if (!node.Children.TryGetValue(part, out var child))
                {
                    if (++slots > MaxMessages)
                    {
                        return null;
                    }

                    node.Children.Add(part, child = new Node());
                }

                node = child;
            }

            node.Json = value.AsParsedJson();
        }

        if (root.Children.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder();
        root.Write(text);
        return text.ToString();
    }

    private sealed class Node
    {
        public string? Json { get; set; }

        public Dictionary<string, Node> Children { get; } = new(StringComparer.Ordinal);

        public void Write(StringBuilder text)
        {
            if (Children.Count == 0)
            {
                text.Append(Json ?? "null");
            }
            else if (Children.Keys.All(k => int.TryParse(k, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
            {
                text.Append('[');
                var first = true;
                foreach (var (_, child) in Children.OrderBy(c => int.Parse(c.Key, CultureInfo.InvariantCulture)))
                {
                    text.Append(first ? "" : ",");
                    child.Write(text);
                    first = false;
                }

                text.Append(']');
            }
            else
            {
                WriteObject(text);
            }
        }

        private void WriteObject(StringBuilder text)
        {
            text.Append('{');
            var first = true;
            foreach (var (key, child) in Children)
            {
                text.Append(first ? "" : ",").Append(JsonText.Quote(key)).Append(':');
                child.Write(text);
                first = false;
            }

            text.Append('}');
        }
    }
}
