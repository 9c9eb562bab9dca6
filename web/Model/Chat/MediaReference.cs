using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Web.Model.Chat;

/// <summary>A file that a trace mentions: one that is stored (langfuse-api §14), or a small picture that came in the text.</summary>
/// <param name="Type">The MIME type, as the sender said.</param>
/// <param name="Id">The id of a stored file; null: it is in <paramref name="DataUri"/>.</param>
/// <param name="DataUri">A picture in the text.</param>
public sealed partial record MediaReference(string Type, string? Id, string? DataUri = null)
{
    // What is larger stays in the JSON view; it would be sent to the browser with the page.
    private const int MaxInline = 300_000;
    private const int MaxDepth = 3;

    /// <summary>The stored files that a text mentions, with their places.</summary>
    public static IEnumerable<(int Index, int Length, MediaReference Media)> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("@@@langfuseMedia:", StringComparison.Ordinal)
            ? Token().Matches(text).Select(m => (m.Index, m.Length, new MediaReference(m.Groups["type"].Value, m.Groups["id"].Value)))
            : [];
    }

    /// <summary>The first file in the part of a message; null when it names only an address or is too large to show.</summary>
    public static MediaReference? Of(JsonElement part) => Search(part, null, 0);

    private static MediaReference? Search(JsonElement value, string? type, int depth)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return OfText(value.GetString()!, type);
            case JsonValueKind.Object when depth < MaxDepth:
                var inside = Json.JsonText.TextOf(value, "media_type", "mimeType", "mime_type", "mediaType") ?? type;
                return value.EnumerateObject().Select(p => Search(p.Value, inside, depth + 1)).FirstOrDefault(m => m is not null);
            default:
                return null;
        }
    }

    private static MediaReference? OfText(string text, string? type)
    {
        if (Find(text).Select(f => f.Media).FirstOrDefault() is { } stored)
            return stored;
        if (text.Length > MaxInline)
            return null;
        if (Picture().Match(text) is { Success: true } picture)
            return new(picture.Groups["type"].Value, null, text);
        // Anthropic and Gemini give the type beside the bytes.
        return type is not null && Picture().IsMatch($"data:{type};base64,AAAA") && text.Length > 60 && Base64().IsMatch(text)
            ? new(type, null, $"data:{type};base64,{text}")
            : null;
    }

    [GeneratedRegex(@"@@@langfuseMedia:type=(?<type>[A-Za-z0-9.+/_-]{1,100})\|id=(?<id>[A-Za-z0-9_-]{1,64})\|source=[a-z0-9_]{1,40}@@@")]
    private static partial Regex Token();

    [GeneratedRegex(@"^data:(?<type>image/(?:png|jpeg|gif|webp));base64,[A-Za-z0-9+/=]+$")]
    private static partial Regex Picture();

    [GeneratedRegex(@"^[A-Za-z0-9+/]+=*$")]
    private static partial Regex Base64();
}
