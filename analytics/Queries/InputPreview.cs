using System.Text.Json;

namespace Actors.Analytics.Queries;

/// <summary>The beginning of an input as a person would read it.</summary>
internal static class InputPreview
{
    private const int MaxLength = 120;
    private static readonly string[] TextKeys = ["content", "text", "question", "query", "prompt", "input", "message", "messages"];

    /// <summary>At most 120 characters of the JSON text <paramref name="input"/>, which may be cut off; null: there is nothing to show.</summary>
    public static string? Of(string? input)
    {
        if (string.IsNullOrEmpty(input))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(input);
            return Shorten(Find(document.RootElement) ?? input);
        }
        catch (JsonException)
        {
            return Shorten(input);
        }
    }

    // Of a conversation the last message is what is new.
    private static string? Find(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array when value.GetArrayLength() > 0 => Find(value[value.GetArrayLength() - 1]),
        JsonValueKind.Object => TextKeys
            .Select(key => value.TryGetProperty(key, out var inner) ? Find(inner) : null)
            .FirstOrDefault(text => text is not null),
        _ => null,
    };

    private static string? Shorten(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
        {
            return null;
        }

        if (line.Length <= MaxLength)
        {
            return line;
        }

        var end = char.IsHighSurrogate(line[MaxLength - 1]) ? MaxLength - 1 : MaxLength;
        return line[..end];
    }
}
