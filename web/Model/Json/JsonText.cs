using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Web.Model.Json;

/// <summary>Small readings of JSON text.</summary>
public static class JsonText
{
    /// <summary>What clients send need not be tidy, but it must not exhaust the stack.</summary>
    internal static JsonDocumentOptions Options { get; } = new() { MaxDepth = 256, AllowTrailingCommas = true };

    // The page encodes; escaping every accent a second time would only make it unreadable.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    /// <summary>The first of the properties that is a string.</summary>
    public static string? TextOf(JsonElement value, params ReadOnlySpan<string> names)
    {
        if (value.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var name in names)
        {
            if (value.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String)
                return found.GetString();
        }
        return null;
    }

    /// <summary>The first of the properties that is there, strings as they are (indented when they hold JSON), others as indented JSON.</summary>
    public static string? Readable(JsonElement value, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (value.TryGetProperty(name, out var found) && found.ValueKind != JsonValueKind.Null)
                return found.ValueKind == JsonValueKind.String ? Pretty(found.GetString()!) : Indent(found);
        }
        return null;
    }

    /// <summary>JSON text indented; other text as it is.</summary>
    public static string Pretty(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{' or '[', ..])
            return text;
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            return Indent(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    /// <summary>Whether a text is JSON of any value.</summary>
    public static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text, Options).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The words of a JSON string; null when it is none.</summary>
    public static string? Unquote(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<string>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Indented JSON.</summary>
    public static string Indent(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            value.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>
    /// What a person would read first in a JSON value, on one line: the last words of a conversation, else the text itself.
    /// The value may have been cut off by the sender's limit.
    /// </summary>
    public static string Preview(string? json, int length = 160)
    {
        if (string.IsNullOrEmpty(json))
            return "";

        var chat = json.Length <= 20_000 ? ChatParser.Parse(json, "user") : null;
        var text = chat?.LastOrDefault(m => m.Parts.Any(p => p.Text.Length > 0))?.Parts.First(p => p.Text.Length > 0).Text ?? json;
        return OneLine(text, length);
    }

    /// <summary>The beginning of a text on one line.</summary>
    public static string OneLine(string text, int length)
    {
        var line = new StringBuilder(Math.Min(text.Length, length));
        var gap = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                gap = line.Length > 0;
                continue;
            }
            if (line.Length + (gap ? 1 : 0) >= length)
                return line.Append('…').ToString();
            if (gap)
                line.Append(' ');
            gap = false;
            line.Append(c);
        }
        return line.ToString();
    }
}
