using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Actors.Filtering;

/// <summary>The text that a stored JSON value stands for (langfuse-semantics §3): a string without its quotes, all else as compact JSON.</summary>
public static class PlainText
{
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

    // The usual writers escape characters that need none, which nobody who searches for them would write.
    private static string Write(JsonElement value)
    {
        var text = new StringBuilder();
        Write(text, value);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JsonElement value)
    {
        var first = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var property in value.EnumerateObject())
                {
                    Quote(text.Append(first ? "" : ","), property.Name);
                    Write(text.Append(':'), property.Value);
                    first = false;
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Write(text.Append(first ? "" : ","), item);
                    first = false;
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Quote(text, value.GetString()!);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
        {
            text.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\b' => @"\b",
                '\f' => @"\f",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                < ' ' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => null,
            });
            if (c is >= ' ' and not ('"' or '\\'))
            {
                text.Append(c);
            }
        }

        text.Append('"');
    }
}
