using Actors.Web.Model.Json;
using System.Text.Json;

namespace Actors.Web.Model.Chat;

/// <summary>Reads the parts of one message.</summary>
internal static class ChatParts
{
    /// <summary>Whether <paramref name="type"/> is a list item of the responses API that is not a message.</summary>
    public static bool IsItem(string? type) => type is "function_call" or "function_call_output" or "reasoning";

    /// <summary>Reads such an item.</summary>
    public static ChatPart OfItem(JsonElement item, string type) => type switch
    {
        "function_call" => Call(item),
        "function_call_output" => Result(item),
        _ => new ChatPart(ChatPartKind.Thinking, Joined(item, "summary")),
    };

    /// <summary>Content is words, one part, a list of parts, or something else.</summary>
    public static List<ChatPart> Of(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => [],
        JsonValueKind.String => Words(content.GetString()!),
        JsonValueKind.Array => [.. content.EnumerateArray().Select(Part).SelectMany(p => p.Kind == ChatPartKind.Text ? Words(p.Text) : [p])],
        JsonValueKind.Object when content.TryGetProperty("parts", out var parts) => Of(parts),
        JsonValueKind.Object => [Part(content)],
        _ => [Unknown(content)],
    };

    /// <summary>A call, in the words of any provider.</summary>
    public static ChatPart Call(JsonElement call)
    {
        var body = call.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object ? function : call;
        return new ChatPart(
            ChatPartKind.ToolCall,
            JsonText.Readable(body, "arguments", "args", "input") ?? "{}",
            JsonText.TextOf(body, "name", "toolName"),
            JsonText.TextOf(call, "call_id", "id", "tool_call_id", "toolCallId"));
    }

    /// <summary>Words, and the files that are mentioned between them.</summary>
    public static List<ChatPart> Words(string text)
    {
        var parts = new List<ChatPart>();
        var at = 0;
        foreach (var (index, length, media) in MediaReference.Find(text))
        {
            Say(text[at..index]);
            parts.Add(new ChatPart(ChatPartKind.Media, media.Type) { Media = media });
            at = index + length;
        }
        if (at == 0 || at < text.Length)
            Say(text[at..]);
        return parts;

        void Say(string words)
        {
            if ((at == 0 && words.Length == text.Length) || !string.IsNullOrWhiteSpace(words))
                parts.Add(new ChatPart(ChatPartKind.Text, words));
        }
    }

    private static ChatPart Part(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String)
            return new ChatPart(ChatPartKind.Text, part.GetString()!);
        if (part.ValueKind != JsonValueKind.Object)
            return Unknown(part);

        switch (JsonText.TextOf(part, "type"))
        {
            case "text" or "input_text" or "output_text" or "refusal":
                return new ChatPart(ChatPartKind.Text, JsonText.TextOf(part, "text", "content", "refusal") ?? "");
            case "thinking" or "reasoning" or "redacted_thinking":
                return new ChatPart(ChatPartKind.Thinking, JsonText.TextOf(part, "thinking", "text", "content", "reasoning") ?? Joined(part, "summary"));
            case "tool_use" or "tool_call" or "tool-call" or "function_call" or "server_tool_use":
                return Call(part);
            case "tool_result" or "tool-result" or "tool_call_response" or "function_call_output":
                return Result(part);
            case "image_url" or "image" or "input_image" or "file" or "input_file" or "input_audio" or "document" or "blob" or "uri":
                return Media(part);
        }

        if (part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)
            return new ChatPart(ChatPartKind.Text, text.GetString()!);
        if (part.TryGetProperty("functionCall", out var call) && call.ValueKind == JsonValueKind.Object)
            return Call(call);
        if (part.TryGetProperty("functionResponse", out var response) && response.ValueKind == JsonValueKind.Object)
            return Result(response);
        if (part.TryGetProperty("inlineData", out _) || part.TryGetProperty("fileData", out _))
            return Media(part);
        return Unknown(part);
    }

    private static ChatPart Result(JsonElement result)
    {
        var text = result.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array
            ? string.Join("\n", Of(content).Select(p => p.Text))
            : JsonText.Readable(result, "content", "output", "result", "response", "tool_call_response");
        return new ChatPart(
            ChatPartKind.ToolResult,
            text ?? "",
            JsonText.TextOf(result, "name", "toolName"),
            JsonText.TextOf(result, "tool_use_id", "call_id", "toolCallId", "id"));
    }

    // Foreign addresses must not be fetched by looking at a trace.
    private static ChatPart Media(JsonElement part)
    {
        var address = JsonText.TextOf(part, "image_url", "url", "uri", "file_id", "filename")
            ?? Inner("image_url", "url") ?? Inner("source", "url") ?? Inner("source", "media_type")
            ?? Inner("inlineData", "mimeType") ?? Inner("fileData", "fileUri") ?? Inner("file", "filename")
            ?? JsonText.TextOf(part, "mime_type", "mediaType", "type") ?? "media";
        var said = address.Length > 200 ? address[..80] + "…" : address;
        return new ChatPart(ChatPartKind.Media, said) { Media = MediaReference.Of(part) };

        string? Inner(string name, string field) =>
            part.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object ? JsonText.TextOf(inner, field) : null;
    }

    private static string Joined(JsonElement value, string name) =>
        value.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? string.Join("\n\n", Of(list).Select(p => p.Text))
            : "";

    private static ChatPart Unknown(JsonElement value) => new(ChatPartKind.Json, JsonText.Indent(value));
}
