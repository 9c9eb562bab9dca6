using System.Text;
using System.Text.Json;

namespace Actors.Tracing;

/// <summary>Finds what a person would want to read first in the JSON of an input or output.</summary>
public static class TextPreview
{
    /// <summary>The length of a preview, in characters.</summary>
    public const int MaxLength = 120;

    // Larger texts are not worth a parse for one line.
    private const int MaxParsedLength = 100_000;

    private static readonly string[] Likely =
        ["content", "text", "question", "query", "prompt", "input", "message", "messages", "answer", "output", "result", "parts", "args"];

    /// <summary>
    /// One line of at most <see cref="MaxLength"/> characters: the last message of a chat, a question, a text; else the
    /// beginning of the JSON. Null for null.
    /// </summary>
    public static string? From(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return null;
        }

        if (json.Length > MaxParsedLength)
        {
            return OneLine(json.AsSpan(0, MaxLength));
        }

        try
        {
            using var document = JsonDocument.Parse(json);
            return OneLine(Find(document.RootElement, 0) ?? json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return OneLine(json);
        }
    }

    private static string? Find(JsonElement element, int depth)
    {
        if (depth > 6)
        {
            return null;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                return element.GetString() is { Length: > 0 } text ? text : null;
            case JsonValueKind.Array:
                // The last message of a conversation is the one that is being answered.
                for (var i = element.GetArrayLength() - 1; i >= 0; i--)
                {
                    if (Find(element[i], depth + 1) is { } found)
                    {
                        return found;
                    }
                }

                return null;
            case JsonValueKind.Object:
                foreach (var name in Likely)
                {
                    if (element.TryGetProperty(name, out var value) && Find(value, depth + 1) is { } found)
                    {
                        return found;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static string OneLine(ReadOnlySpan<char> text)
    {
        var line = new StringBuilder(MaxLength);
        var blank = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                blank = line.Length > 0;
                continue;
            }

            if (line.Length + (blank ? 2 : 1) > MaxLength)
            {
                line.Length = Math.Min(line.Length, MaxLength - 1);
                return line.Append('…').ToString();
            }

            if (blank)
            {
                line.Append(' ');
                blank = false;
            }

            line.Append(c);
        }

        return line.ToString();
    }
}
