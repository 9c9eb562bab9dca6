using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Actors.Grains.Tokens;

/// <summary>
/// The texts of an input or output that are counted: those of chat messages each, else the whole, without white space
/// between values. A list is one of chat messages when each item has a role and a content, both text.
/// </summary>
/// <param name="Texts">The texts.</param>
/// <param name="Messages">The chat messages; 0: it is no list of them.</param>
/// <param name="Names">The messages with a name.</param>
internal readonly record struct TextShape(IReadOnlyList<string> Texts, int Messages, int Names)
{
    /// <summary>The longest input or output, in characters, that is counted.</summary>
    public const int MaxLength = 400_000;

    // A tokenizer needs the square of the time for what it cannot split before: letters without a break.
    private const int MaxRun = 1_000;

    private static readonly JsonWriterOptions AsSaid = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Reads a text of JSON.</summary>
    /// <returns>Null when it is none, and when counting would take too long.</returns>
    public static TextShape? Read(string json)
    {
        if (json.Length > MaxLength)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            var shape = Read(document.RootElement);
            return shape.Texts.All(CanSplit) ? shape : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An escape of half a character is valid JSON and no text.
            return null;
        }
    }

    private static TextShape Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => new([json.GetString()!], 0, 0),
        JsonValueKind.Array => ReadMessages(json) ?? new([Compact(json)], 0, 0),
        _ => new([Compact(json)], 0, 0),
    };

    private static string Compact(JsonElement json)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, AsSaid))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static TextShape? ReadMessages(JsonElement json)
    {
        var texts = new List<string>();
        var (messages, names) = (0, 0);
        foreach (var message in json.EnumerateArray())
        {
            if (!IsText(message, "role") || !IsText(message, "content"))
            {
                return null;
            }

            messages++;
            foreach (var property in message.EnumerateObject())
            {
                names += property.NameEquals("name") ? 1 : 0;
                if (property.Value.ValueKind == JsonValueKind.String)
                {
                    texts.Add(property.Value.GetString()!);
                }
            }
        }

        return messages == 0 ? null : new TextShape(texts, messages, names);
    }

    private static bool IsText(JsonElement message, string name) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String;

    private static bool CanSplit(string text)
    {
        var (run, last) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            var kind = Rune.IsWhiteSpace(rune) ? 1 : Rune.IsLetter(rune) ? 2 : Rune.IsDigit(rune) ? 3 : 4;
            run = kind == last ? run + 1 : 1;
            last = kind;
            if (run > MaxRun)
            {
                return false;
            }
        }

        return true;
    }
}
