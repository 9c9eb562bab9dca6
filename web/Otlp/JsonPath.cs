using System.Text.Json;

namespace Actors.Web.Otlp;

/// <summary>Looks into JSON text that was already found to be valid; what is not there is null.</summary>
internal static class JsonPath
{
    /// <summary>The JSON text of the value below the names.</summary>
    public static string? Find(string? json, params ReadOnlySpan<string> names)
    {
        using var document = Parse(json);
        return document is null || Below(document.RootElement, names) is not { } found ? null : found.GetRawText();
    }

    /// <summary>The string below the names.</summary>
    public static string? Text(string? json, params ReadOnlySpan<string> names)
    {
        using var document = Parse(json);
        return document is not null && Below(document.RootElement, names) is { ValueKind: JsonValueKind.String } found
            ? JsonStrings.Read(found)
            : null;
    }

    /// <summary>The whole number of zero or more at <paramref name="name"/> of an object.</summary>
    public static long? Units(JsonElement? owner, string name) =>
        owner is { ValueKind: JsonValueKind.Object } found
            && found.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out var number) && number is >= 0 and < 1e15
            ? (long)number
            : null;

    /// <summary>The value below the names of an object.</summary>
    public static JsonElement? Below(JsonElement root, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out root))
            {
                return null;
            }
        }

        return root.ValueKind == JsonValueKind.Null ? null : root;
    }

    /// <summary>The document; null when the text is no object.</summary>
    public static JsonDocument? Parse(string? json) => json is ['{', ..] ? JsonDocument.Parse(json) : null;
}
