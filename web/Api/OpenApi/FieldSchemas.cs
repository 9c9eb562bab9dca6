using System.Text.Json.Nodes;

namespace Actors.Web.Api.OpenApi;

/// <summary>JSON Schemas of what endpoints read by hand.</summary>
internal static class FieldSchemas
{
    public static JsonObject OfObject(IReadOnlyList<Field> fields)
    {
        var schema = new JsonObject { ["type"] = "object" };
        if (fields.Count == 0)
        {
            return schema;
        }

        if (fields.Any(f => f.IsRequired))
        {
            schema["required"] = new JsonArray([.. fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Name)]);
        }

        var properties = new JsonObject();
        foreach (var field in fields)
        {
            var property = Of(field);
            if (field.Note.Length > 0)
            {
                property["description"] = field.Note;
            }

            properties[field.Name] = property;
        }

        schema["properties"] = properties;
        return schema;
    }

    public static JsonObject Of(Field field)
    {
        var schema = field.Kind switch
        {
            FieldKind.Text => Bound(Text(field), field, "Length"),
            FieldKind.Integer => Bound(new JsonObject { ["type"] = "integer" }, field, "imum"),
            FieldKind.Number => Bound(new JsonObject { ["type"] = "number" }, field, "imum"),
            FieldKind.Flag => new JsonObject { ["type"] = "boolean" },
            FieldKind.Time => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            FieldKind.Json => [],
            FieldKind.Object => OfObject(field.Fields),
            FieldKind.Objects => Bound(new JsonObject { ["type"] = "array", ["items"] = OfObject(field.Fields) }, field, "Items"),
            _ => Bound(new JsonObject { ["type"] = "array", ["items"] = Text(field) }, field, "Items"),
        };
        if (field.Fallback is { } fallback)
        {
            schema["default"] = fallback switch { int number => number, bool flag => flag, var text => text.ToString() };
        }

        return schema;
    }

    private static JsonObject Text(Field field)
    {
        var schema = new JsonObject { ["type"] = "string" };
        if (field.Options.Count > 0)
        {
            schema["enum"] = new JsonArray([.. field.Options.Select(o => (JsonNode)o)]);
        }

        return schema;
    }

    private static JsonObject Bound(JsonObject schema, Field field, string measure)
    {
        if (field.Min is { } min)
        {
            schema["min" + measure] = min;
        }

        if (field.Max is { } max)
        {
            schema["max" + measure] = max;
        }

        return schema;
    }
}
