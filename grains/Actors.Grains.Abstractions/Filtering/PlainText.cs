using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Filtering;

/// <summary>The text that a stored JSON value stands for (langfuse-semantics §3): a string without its quotes, all else as compact JSON.</summary>
public static class PlainText
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text of a valid JSON value; null for null and for no value.</summary>
    public static string? Of(string? json)
    {
        if (json is null or "null")
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <inheritdoc cref="Of(string?)"/>
    public static string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object or JsonValueKind.Array => Write(value),
        _ => value.GetRawText(),
    };

    /// <summary>
    /// The text under a key of a JSON object; null when there is none. A key with dots is looked up as it is, and else as a
    /// path into objects.
    /// </summary>
    public static string? Under(string? json, string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return Find(document.RootElement, [key]) ?? (key.Contains('.', StringComparison.Ordinal) ? Find(document.RootElement, key.Split('.')) : null);
    }

    private static string? Find(JsonElement element, ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }

        return Of(element);
    }

    private static string Write(JsonElement value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Compact))
        {
            value.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(stream.GetBuffer().AsSpan(0, (int)stream.Length));
    }
}
