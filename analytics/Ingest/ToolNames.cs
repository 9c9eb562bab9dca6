using System.Text.Json;
using Actors.Tracing;

namespace Actors.Analytics.Ingest;

/// <summary>
/// The tools that a model could call and those that it called, by name, as the usual formats say it: OpenAI chat and
/// responses, Anthropic, Gemini, LangChain, Vercel AI SDK and OpenTelemetry messages. Pure; what cannot be read names no tool.
/// </summary>
internal static class ToolNames
{
    private const int MaxNames = 128;
    private const int MaxNameLength = 256;
    private const int MaxDepth = 16;
    private const int MaxTextLength = 2_000_000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    // Where instrumentations keep the definitions when they are not part of the input.
    private static readonly string[] DefinitionKeys = ["tools", "ai.prompt.tools", "gen_ai.tool.definitions", "llm.tools"];
    private static readonly string[] DefinitionHolders = ["attributes", "invocation_params", "kwargs", "model_parameters"];

    /// <summary>The names of the tools that were offered, each once, in their order.</summary>
    public static IReadOnlyList<string> Defined(ObservationRecord observation)
    {
        var names = new List<string>();
        foreach (var text in new[] { observation.Input, observation.Metadata, observation.ModelParameters })
        {
            Read(text, names, static (root, found) => FindDefinitions(root, found, MaxDepth));
        }

        return names.Count < 2 ? names : [.. names.Distinct()];
    }

    /// <summary>The names of the tools that the output calls: one for each call, in their order.</summary>
    public static IReadOnlyList<string> Called(ObservationRecord observation)
    {
        var names = new List<string>();
        Read(observation.Output, names, static (root, found) => FindCalls(root, found, MaxDepth));
        return names;
    }

    // Most texts have nothing to do with tools, and reading JSON costs more than looking for a word.
    private static void Read(string? text, List<string> names, Action<JsonElement, List<string>> find)
    {
        if (text is { Length: <= MaxTextLength }
            && (text.Contains("tool", StringComparison.OrdinalIgnoreCase) || text.Contains("function", StringComparison.OrdinalIgnoreCase)))
        {
            Parse(text, names, find);
        }
    }

    private static void Parse(string text, List<string> names, Action<JsonElement, List<string>> find)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            find(document.RootElement, names);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or JSON that escapes half a character: then it names no tools that anybody could call.
            return;
        }
    }

    private static void FindDefinitions(JsonElement value, List<string> names, int depth)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            Unwrap(value, names, depth, FindDefinitions);
            return;
        }

        if (value.ValueKind != JsonValueKind.Object || depth == 0)
        {
            return;
        }

        foreach (var key in DefinitionKeys)
        {
            if (value.TryGetProperty(key, out var tools))
            {
                AddDefinitions(tools, names, depth - 1);
            }
        }

        foreach (var key in DefinitionHolders)
        {
            if (value.TryGetProperty(key, out var inner))
            {
                FindDefinitions(inner, names, depth - 1);
            }
        }
    }

    private static void AddDefinitions(JsonElement tools, List<string> names, int depth)
    {
        switch (tools.ValueKind)
        {
            case JsonValueKind.String:
                Unwrap(tools, names, depth, AddDefinitions);
                break;
            case JsonValueKind.Array when depth > 0:
                foreach (var tool in tools.EnumerateArray())
                {
                    AddDefinitions(tool, names, depth - 1);
                }

                break;
            case JsonValueKind.Object when depth > 0:
                if (tools.TryGetProperty("functionDeclarations", out var declarations)
                    || tools.TryGetProperty("function_declarations", out declarations))
                {
                    AddDefinitions(declarations, names, depth - 1);
                }
                else
                {
                    Add(names, NameOf(tools));
                }

                break;
            default:
                break;
        }
    }

    private static void FindCalls(JsonElement value, List<string> names, int depth)
    {
        if (depth == 0 || names.Count >= MaxNames)
        {
            return;
        }

        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                Unwrap(value, names, depth, FindCalls);
                break;
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray())
                {
                    FindCalls(item, names, depth - 1);
                }

                break;
            case JsonValueKind.Object:
                FindCallsInObject(value, names, depth);
                break;
            default:
                break;
        }
    }

    private static void FindCallsInObject(JsonElement value, List<string> names, int depth)
    {
        if (IsCall(value))
        {
            Add(names, NameOf(value));
            return;
        }

        var listed = false;
        foreach (var property in value.EnumerateObject())
        {
            if (property.Name is "tool_calls" or "toolCalls" && property.Value.ValueKind == JsonValueKind.Array && property.Value.GetArrayLength() > 0)
            {
                listed = true;
                foreach (var call in property.Value.EnumerateArray())
                {
                    Add(names, NameOf(call));
                }
            }
        }

        // A message that lists its calls repeats them among its parts and in the provider's own form.
        if (listed)
        {
            return;
        }

        foreach (var property in value.EnumerateObject())
        {
            if (property.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                FindCalls(property.Value, names, depth - 1);
            }
        }
    }

    private static bool IsCall(JsonElement value) =>
        (Text(value, "type") is "function_call" or "tool_use" or "tool_call" or "tool-call" or "mcp_call" && NameOf(value) is not null)
        || Text(value, "toolName") is not null
        || (value.TryGetProperty("functionCall", out var call) && call.ValueKind == JsonValueKind.Object);

    private static string? NameOf(JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var key in new[] { "function", "functionCall" })
        {
            if (tool.TryGetProperty(key, out var inner) && inner.ValueKind == JsonValueKind.Object)
            {
                return Text(inner, "name");
            }
        }

        return Text(tool, "name") ?? Text(tool, "toolName");
    }

    private static string? Text(JsonElement value, string key) =>
        value.TryGetProperty(key, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    // Attributes hold JSON as text, and lists of such texts.
    private static void Unwrap(JsonElement value, List<string> names, int depth, Action<JsonElement, List<string>, int> find)
    {
        if (depth > 0 && value.GetString() is { } text && text.AsSpan().TrimStart() is ['{' or '[', ..])
        {
            Parse(text, names, (root, found) => find(root, found, depth - 1));
        }
    }

    private static void Add(List<string> names, string? name)
    {
        if (!string.IsNullOrEmpty(name) && name.Length <= MaxNameLength && names.Count < MaxNames)
        {
            names.Add(name);
        }
    }
}
