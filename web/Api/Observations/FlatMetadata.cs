using System.Text.Json;
using Actors.Filtering;

namespace Actors.Web.Api.Observations;

/// <summary>
/// Metadata as one flat object (langfuse-api §4.2): objects inside become keys with dots, values that hold JSON are answered
/// as that, and long ones are cut unless their key was asked for.
/// </summary>
internal static class FlatMetadata
{
    private const int MaxLength = 200;

    public static void Write(Utf8JsonWriter json, string? metadata, IReadOnlyList<string> expanded, bool cut)
    {
        json.WriteStartObject();
        if (metadata is not null)
        {
            using var document = JsonDocument.Parse(metadata);
            WriteInside(json, document.RootElement, "", expanded, cut);
        }

        json.WriteEndObject();
    }

    private static void WriteInside(Utf8JsonWriter json, JsonElement element, string path, IReadOnlyList<string> expanded, bool cut)
    {
        foreach (var property in element.EnumerateObject())
        {
            var key = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var whole = !cut || expanded.Contains(key);
            if (property.Value.ValueKind == JsonValueKind.Object && property.Value.EnumerateObject().Any())
            {
                WriteInside(json, property.Value, key, expanded, !whole);
                continue;
            }

            json.WritePropertyName(key);
            WriteValue(json, property.Value, whole);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, JsonElement value, bool whole)
    {
        if (!whole && PlainText.Of(value) is { Length: > MaxLength } text)
        {
            // Not in the middle of a character.
            json.WriteStringValue(text.AsSpan(0, char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength));
            return;
        }

        json.WriteRawValue(StoredJson.Value(value.GetRawText()).Text!, skipInputValidation: true);
    }
}
