using Actors.Web.Model.Json;
using System.Text.Json;

namespace Actors.Web.Model.Chat;

/// <summary>
/// Reads the input or output of an observation as a conversation. Knows the shapes of OpenAI (chat and responses),
/// Anthropic, Gemini, the OpenTelemetry GenAI conventions, LangChain and the AI SDK.
/// </summary>
public static class ChatParser
{
    /// <summary>JSON above this many characters is not read as chat; the JSON view shows it piece by piece.</summary>
    public const int MaxLength = 2_000_000;

    private const int MaxDepth = 6;

    private static readonly string[] ListNames = ["messages", "contents", "input", "output", "choices", "candidates"];

    /// <summary>The messages in <paramref name="json"/>; null when it is not a conversation.</summary>
    /// <param name="json">JSON text of any value; text that is not JSON counts as one message.</param>
    /// <param name="role">The role of a message that names none: <c>user</c> for inputs, <c>assistant</c> for outputs.</param>
    public static IReadOnlyList<ChatMessage>? Parse(string? json, string role)
    {
        if (string.IsNullOrWhiteSpace(json) || json.Length > MaxLength)
            return null;

        try
        {
            using var document = JsonDocument.Parse(json, JsonText.Options);
            var messages = new List<ChatMessage>();
            return TryRead(document.RootElement, role, messages, 0) && messages.Count > 0 ? NameResults(messages) : null;
        }
        catch (JsonException)
        {
            return [Plain(role, json)];
        }
    }

    private static bool TryRead(JsonElement value, string role, List<ChatMessage> into, int depth)
    {
        if (depth > MaxDepth)
            return false;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return TryReadText(value.GetString()!, role, into, depth);
            case JsonValueKind.Array:
                return value.GetArrayLength() > 0 && value.EnumerateArray().All(item => TryReadItem(item, role, into, depth + 1));
            case JsonValueKind.Object:
                return TryReadObject(value, role, into, depth);
            default:
                return false;
        }
    }

    // Many clients send their JSON as a string.
    private static bool TryReadText(string text, string role, List<ChatMessage> into, int depth)
    {
        if (text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            try
            {
                using var inner = JsonDocument.Parse(text, JsonText.Options);
                return TryRead(inner.RootElement, role, into, depth + 1);
            }
            catch (JsonException)
            {
                // It only looked like JSON.
            }
        }
        into.Add(Plain(role, text));
        return true;
    }

    // A list of bare strings is data, not a conversation; a list in a list is LangChain's batch.
    private static bool TryReadItem(JsonElement item, string role, List<ChatMessage> into, int depth) =>
        item.ValueKind != JsonValueKind.String && TryRead(item, role, into, depth);

    private static bool TryReadObject(JsonElement value, string role, List<ChatMessage> into, int depth)
    {
        if (TryMessage(value, role) is { } message)
        {
            into.Add(message);
            return true;
        }

        foreach (var wrapper in (string[])["message", "kwargs", "content"])
        {
            if (value.TryGetProperty(wrapper, out var inner) && inner.ValueKind == JsonValueKind.Object)
                return TryReadObject(inner, RoleOf(value) ?? role, into, depth + 1);
        }

        foreach (var name in ListNames)
        {
            if (!value.TryGetProperty(name, out var list) || list.ValueKind is not (JsonValueKind.Array or JsonValueKind.String))
                continue;
            foreach (var system in (string[])["system", "instructions", "systemInstruction", "system_instruction"])
            {
                if (value.TryGetProperty(system, out var words))
                    into.Add(new ChatMessage("system", ChatParts.Of(words)));
            }
            return TryRead(list, name is "choices" or "candidates" or "output" ? "assistant" : role, into, depth + 1);
        }

        return false;
    }

    private static ChatMessage? TryMessage(JsonElement value, string role)
    {
        var type = JsonText.TextOf(value, "type");
        // The responses API lists calls and results beside messages.
        if (ChatParts.IsItem(type) && !value.TryGetProperty("role", out _))
        {
            var part = ChatParts.OfItem(value, type!);
            return new ChatMessage(part.Kind == ChatPartKind.ToolResult ? "tool" : "assistant", [part], part.Name);
        }

        var said = RoleOf(value);
        if (said is null)
            return null;

        var parts = new List<ChatPart>();
        if (JsonText.TextOf(value, "reasoning_content", "reasoning") is { Length: > 0 } thought)
            parts.Add(new ChatPart(ChatPartKind.Thinking, thought));
        var toolCallId = JsonText.TextOf(value, "tool_call_id", "toolCallId");
        if (value.TryGetProperty("content", out var content) || value.TryGetProperty("parts", out content))
        {
            var read = ChatParts.Of(content);
            parts.AddRange(said == "tool"
                ? read.Select(p => p.Kind == ChatPartKind.Text ? p with { Kind = ChatPartKind.ToolResult, CallId = toolCallId } : p)
                : read);
        }
        foreach (var calls in (string[])["tool_calls", "toolInvocations"])
        {
            if (value.TryGetProperty(calls, out var list) && list.ValueKind == JsonValueKind.Array)
                parts.AddRange(list.EnumerateArray().Select(ChatParts.Call));
        }
        if (value.TryGetProperty("function_call", out var call) && call.ValueKind == JsonValueKind.Object)
            parts.Add(ChatParts.Call(call));
        if (JsonText.TextOf(value, "refusal") is { Length: > 0 } refusal)
            parts.Add(new ChatPart(ChatPartKind.Text, refusal));
        return new ChatMessage(said, parts, JsonText.TextOf(value, "name"));
    }

    private static string? RoleOf(JsonElement value)
    {
        var role = JsonText.TextOf(value, "role")?.ToLowerInvariant();
        if (role is null && (value.TryGetProperty("content", out _) || value.TryGetProperty("parts", out _)))
            role = JsonText.TextOf(value, "type")?.ToLowerInvariant();
        return role switch
        {
            "human" or "humanmessage" => "user",
            "ai" or "aimessage" or "aimessagechunk" or "model" => "assistant",
            "systemmessage" or "developer" => "system",
            "toolmessage" or "function" => "tool",
            "system" or "user" or "assistant" or "tool" => role,
            _ => value.TryGetProperty("role", out _) ? role : null,
        };
    }

    private static ChatMessage Plain(string role, string text) => new(role, ChatParts.Words(text));

    // A result usually names only the call it answers; the reader wants the tool.
    private static List<ChatMessage> NameResults(List<ChatMessage> messages)
    {
        var names = new Dictionary<string, string>();
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var part in messages[i].Parts)
            {
                if (part is { Kind: ChatPartKind.ToolCall, CallId: { } id, Name: { } name })
                    names[id] = name;
            }
            if (messages[i].Parts.Any(p => p is { Kind: ChatPartKind.ToolResult, Name: null, CallId: not null }))
                messages[i] = messages[i] with { Parts = [.. messages[i].Parts.Select(Named)] };
        }
        return messages;

        ChatPart Named(ChatPart part) =>
            part is { Kind: ChatPartKind.ToolResult, Name: null, CallId: { } id } && names.TryGetValue(id, out var name)
                ? part with { Name = name }
                : part;
    }
}
