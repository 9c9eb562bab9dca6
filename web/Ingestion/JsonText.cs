using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Actors.Web.Ingestion;

/// <summary>Takes JSON values over as text, and strings as strings, without ever throwing for what they hold.</summary>
internal static class JsonText
{
    /// <summary>The deepest value that is stored; the usual parsers of readers stop there too.</summary>
    public const int MaxDepth = 64;

    public const string BadText = "contains broken UTF-8 or half of a surrogate pair";

    /// <summary>
    /// Reads the value that begins at the current token as text.
    /// </summary>
    /// <returns>What is wrong with it; null: nothing. The reader stands on the value's last token either way.</returns>
    public static string? Read(ref Utf8JsonReader reader, ReadOnlySpan<byte> source, out string? text)
    {
        var start = (int)reader.TokenStartIndex;
        var outside = reader.CurrentDepth;
        string? problem = null;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.CurrentDepth > outside)
            {
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth - outside >= MaxDepth)
                {
                    problem ??= "is nested deeper than 64 levels";
                }
                else if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
                    && reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan))
                {
                    problem ??= BadText;
                }
            }
        }
        else if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped && HasLoneSurrogate(reader.ValueSpan))
        {
            problem = BadText;
        }

        var raw = source[start..(int)reader.BytesConsumed];
        problem ??= Utf8.IsValid(raw) ? null : BadText;
        text = problem is null ? Encoding.UTF8.GetString(raw) : null;
        return problem;
    }

    /// <summary>The string at the current token; false when it is no valid text.</summary>
    public static bool TryReadString(ref Utf8JsonReader reader, out string text)
    {
        var raw = reader.ValueSpan;
        if (!Utf8.IsValid(raw) || (reader.ValueIsEscaped && HasLoneSurrogate(raw)))
        {
            text = "";
            return false;
        }

        text = reader.ValueIsEscaped ? reader.GetString()! : Encoding.UTF8.GetString(raw);
        return true;
    }

    /// <summary>Whether the text of a JSON value is one that counts as not said: <c>"" 0 false null</c> (langfuse-semantics §1.3).</summary>
    public static bool IsFalsy(string text) => text[0] switch
    {
        '"' => text.Length == 2,
        'f' or 'n' => true,
        '-' or (>= '0' and <= '9') => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number == 0,
        _ => false,
    };

    /// <summary>The object that metadata is stored as: itself, else <c>{"metadata": value}</c>; null for null.</summary>
    public static string? AsMetadata(string text) => text[0] switch
    {
        '{' => text,
        'n' => null,
        _ => string.Concat("{\"metadata\":", Bounded(text, MaxDepth - 1), "}"),
    };

    /// <summary>
    /// JSON text that is nested at most <paramref name="maxDepth"/> levels: as it is, else as a JSON string of it. So what is
    /// made of values that are allowed is allowed itself, and a read answers the string as the JSON that it holds.
    /// </summary>
    public static string Bounded(string json, int maxDepth)
    {
        // Spares most texts the reader.
        if (json.AsSpan().Count('[') + json.AsSpan().Count('{') <= maxDepth)
        {
            return json;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = int.MaxValue });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= maxDepth)
            {
                return Quote(json);
            }
        }

        return json;
    }

    /// <summary>
    /// The JSON text of an attribute that holds JSON or plain text: valid JSON as it is, everything else as a JSON string.
    /// </summary>
    public static string FromAttribute(string text) => LooksLikeJson(text) && IsJson(text) ? text.Trim() : Quote(text);

    /// <summary>Whether <paramref name="text"/> is one valid JSON value of allowed depth.</summary>
    public static bool IsJson(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            return reader.Read() && Read(ref reader, utf8, out _) is null && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Calls <paramref name="each"/> with the name and the JSON text of every property of a valid JSON object.</summary>
    public static void ForEachProperty(string json, Action<string, string> each)
    {
        using var document = JsonDocument.Parse(json);
        foreach (var property in document.RootElement.EnumerateObject())
        {
            each(property.Name, property.Value.GetRawText());
        }
    }

    /// <summary>The JSON text of a string.</summary>
    public static string Quote(string text) => string.Concat("\"", JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text), "\"");

    // Spares most plain texts the attempt.
    private static bool LooksLikeJson(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed is ['{', .., '}'] or ['[', .., ']'] or ['"', .., '"'] or "true" or "false" or "null"
            || (trimmed.Length > 0 && (trimmed[0] == '-' || char.IsAsciiDigit(trimmed[0])) && char.IsAsciiDigit(trimmed[^1]));
    }

    /// <summary>Whether escaped JSON text holds a surrogate without its other half.</summary>
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> escaped)
    {
        var high = false;
        var i = 0;
        while (i < escaped.Length)
        {
            if (escaped[i] != '\\')
            {
                if (high)
                {
                    return true;
                }

                var next = escaped[i..].IndexOf((byte)'\\');
                if (next < 0)
                {
                    return false;
                }

                i += next;
                continue;
            }

            var code = escaped[i + 1] == 'u' ? Hex(escaped.Slice(i + 2, 4)) : 0;
            if (high != char.IsLowSurrogate((char)code))
            {
                return true;
            }

            high = char.IsHighSurrogate((char)code);
            i += escaped[i + 1] == 'u' ? 6 : 2;
        }

        return high;
    }

    private static int Hex(ReadOnlySpan<byte> digits) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) ? code : 0;
}
