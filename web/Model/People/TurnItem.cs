using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Datasets;

namespace Actors.Web.Model.People;

/// <summary>A session as one item of a dataset: the conversation up to the last answer, and that answer as what is expected.</summary>
public static class TurnItem
{
    // Text stays readable; the page and the API encode it for their own purposes.
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What to save; null: the session has no turn that is a conversation.</summary>
    public static DatasetItemDraft? Of(string dataset, string sessionId, IReadOnlyList<Turn> turns)
    {
        ArgumentNullException.ThrowIfNull(turns);
        var messages = turns.SelectMany(turn => turn.Messages ?? []).ToList();
        var answer = messages.FindLastIndex(m => m.Role == "assistant");
        if (answer < 1)
            return null;

        var said = turns.Where(turn => turn.Messages is not null).Select(turn => turn.Trace.Id).ToList();
        return new DatasetItemDraft(dataset, null)
        {
            Input = FieldChange.To(Write(new JsonObject { ["messages"] = Array(messages.Take(answer).Select(Message)) })),
            ExpectedOutput = FieldChange.To(Write(Message(messages[answer]))),
            Metadata = FieldChange.To(Write(new JsonObject
            {
                ["sessionId"] = sessionId,
                ["turns"] = said.Count,
                ["traceIds"] = Array(said.Select(id => (JsonNode)id)),
            })),
            SourceTraceId = FieldChange.To(said[^1]),
        };
    }

    private static JsonObject Message(ChatMessage message)
    {
        var written = new JsonObject { ["role"] = message.Role };
        if (message.Name is { } name)
            written["name"] = name;
        var calls = message.Parts.Where(p => p.Kind == ChatPartKind.ToolCall).ToList();
        var words = message.Parts.Where(p => p.Kind is ChatPartKind.Text or ChatPartKind.ToolResult or ChatPartKind.Json).Select(p => p.Text).ToList();
        written["content"] = words.Count > 0 ? string.Join("\n", words) : null;
        if (message.Parts.FirstOrDefault(p => p.Kind == ChatPartKind.ToolResult)?.CallId is { } answered)
            written["tool_call_id"] = answered;
        if (calls.Count > 0)
            written["tool_calls"] = Array(calls.Select(Call));
        return written;
    }

    private static JsonObject Call(ChatPart call) => new()
    {
        ["id"] = call.CallId,
        ["type"] = "function",
        ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Text },
    };

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => [.. nodes];

    private static string Write(JsonNode node) => node.ToJsonString(Plain);
}
