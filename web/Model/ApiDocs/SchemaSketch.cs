using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Web.Model.ApiDocs;

/// <summary>Draws a JSON Schema as people write shapes: <c>{ "id": string, "name"?: string | null }</c>, a property per line.</summary>
internal sealed class SchemaSketch(JsonObject components)
{
    private const int MaxDepth = 8;
    private const string Reference = "#/components/schemas/";

    public string Draw(JsonNode schema)
    {
        var text = new StringBuilder();
        Draw(text, schema, 0);
        return text.ToString();
    }

    private void Draw(StringBuilder text, JsonNode? schema, int depth)
    {
        if (schema?["$ref"] is { } reference)
        {
            Draw(text, components[((string)reference!)[Reference.Length..]], depth);
        }
        else if (schema?["anyOf"] is JsonArray choices)
        {
            for (var i = 0; i < choices.Count; i++)
            {
                text.Append(i == 0 ? "" : " | ");
                Draw(text, choices[i], depth);
            }
        }
        else if (schema?["enum"] is JsonArray options)
        {
            text.AppendJoin(" | ", options.Select(o => $"\"{o}\""));
        }
        else
        {
            DrawType(text, schema, depth);
        }
    }

    private void DrawType(StringBuilder text, JsonNode? schema, int depth)
    {
        switch (schema?["type"])
        {
            case JsonArray types:
                var known = schema.DeepClone();
                known["type"] = (string)types[0]!;
                Draw(text, known, depth);
                text.Append(" | null");
                break;
            case JsonValue type when (string)type! == "array":
                text.Append('[');
                Draw(text, schema["items"], depth);
                text.Append(']');
                break;
            case JsonValue type when (string)type! == "object":
                DrawObject(text, schema, depth);
                break;
            case { } type:
                text.Append((string?)schema["format"] == "date-time" ? "time" : (string)type!);
                break;
            default:
                text.Append("any JSON");
                break;
        }
    }

    private void DrawObject(StringBuilder text, JsonNode schema, int depth)
    {
        if (schema["properties"] is not JsonObject properties || depth >= MaxDepth)
        {
            text.Append("{ [key]: ");
            Draw(text, schema["additionalProperties"], depth + 1);
            text.Append(" }");
            return;
        }

        var required = schema["required"]?.AsArray().Select(r => (string)r!).ToHashSet() ?? [];
        text.Append('{');
        foreach (var (name, property) in properties)
        {
            text.Append('\n').Append(' ', 2 * (depth + 1)).Append('"').Append(name).Append('"').Append(required.Contains(name) ? ": " : "?: ");
            Draw(text, property, depth + 1);
            text.Append(property?["description"] is { } note ? $"  // {note}" : "");
        }

        text.Append('\n').Append(' ', 2 * depth).Append('}');
    }
}
