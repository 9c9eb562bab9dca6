using System.Text.Json;
using Actors.Tracing;
using Actors.Web.Model.Json;

namespace Actors.Web.Model.Chat;

/// <summary>A tool that a model could call, or did.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What the model was told of it.</param>
/// <param name="Parameters">The JSON schema of its arguments.</param>
/// <param name="Calls">How often the model called it.</param>
/// <param name="IsDefined">Whether it was offered to the model, as far as is known.</param>
public sealed record ToolUse(string Name, string? Description, string? Parameters, int Calls, bool IsDefined);

/// <summary>The tools of one call of a model: what was offered, in the words of any provider, and what was called.</summary>
public static class ToolList
{
    private const int MaxTools = 500;

    private static readonly string[] Names = ["tools", "functions", "gen_ai.tool.definitions", "ai.prompt.tools"];

    /// <summary>Reads them; the called ones first, then as they were offered.</summary>
    public static IReadOnlyList<ToolUse> Of(ObservationRecord observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        var tools = new Dictionary<string, ToolUse>();
        foreach (var json in new[] { observation.Input, observation.ModelParameters, observation.Metadata })
            ReadDefinitions(json, tools);
        foreach (var call in (ChatParser.Parse(observation.Output, "assistant") ?? []).SelectMany(m => m.Parts).Where(p => p.Kind == ChatPartKind.ToolCall))
        {
            var name = call.Name ?? "tool";
            tools[name] = tools.TryGetValue(name, out var known) ? known with { Calls = known.Calls + 1 } : new(name, null, null, 1, false);
        }
        return [.. tools.Values.OrderByDescending(t => t.Calls > 0)];
    }

    private static void ReadDefinitions(string? json, Dictionary<string, ToolUse> into)
    {
        if (json is null || json.Length > ChatParser.MaxLength || !Names.Any(n => json.Contains(n, StringComparison.Ordinal)))
            return;
        try
        {
            using var document = JsonDocument.Parse(json, JsonText.Options);
            ReadHolder(document.RootElement, into);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("attributes", out var attributes))
                ReadHolder(attributes, into);
        }
        catch (JsonException)
        {
            // Words that mention tools define none.
        }
    }

    private static void ReadHolder(JsonElement holder, Dictionary<string, ToolUse> into)
    {
        if (holder.ValueKind != JsonValueKind.Object)
            return;
        foreach (var name in Names)
        {
            if (holder.TryGetProperty(name, out var list))
                ReadList(list, into);
        }
    }

    private static void ReadList(JsonElement list, Dictionary<string, ToolUse> into)
    {
        switch (list.ValueKind)
        {
            // Attributes of spans hold lists and definitions as text.
            case JsonValueKind.String when list.GetString() is ['[' or '{', ..] text:
                try
                {
                    using var inner = JsonDocument.Parse(text, JsonText.Options);
                    ReadList(inner.RootElement, into);
                }
                catch (JsonException)
                {
                    // It only looked like JSON.
                }
                break;
            case JsonValueKind.Array:
                foreach (var item in list.EnumerateArray())
                    ReadList(item, into);
                break;
            case JsonValueKind.Object when list.TryGetProperty("functionDeclarations", out var declarations):
                ReadList(declarations, into);
                break;
            case JsonValueKind.Object:
                ReadOne(list.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object ? function : list, into);
                break;
        }
    }

    private static void ReadOne(JsonElement tool, Dictionary<string, ToolUse> into)
    {
        if (JsonText.TextOf(tool, "name", "type") is { Length: > 0 } name && into.Count < MaxTools)
        {
            into.TryAdd(name, new(
                name,
                JsonText.TextOf(tool, "description"),
                JsonText.Readable(tool, "parameters", "input_schema", "inputSchema", "parametersJsonSchema"),
                0,
                true));
        }
    }
}
