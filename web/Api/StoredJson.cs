using System.Globalization;
using System.Text;
using System.Text.Json;
using Actors.Contracts;

namespace Actors.Web.Api;

/// <summary>Turns stored JSON text into what reads answer (langfuse-semantics §3).</summary>
internal static class StoredJson
{
    private const double LargestWhole = 9_007_199_254_740_991;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Input, output and values of metadata: a string that holds JSON is answered as that.</summary>
    public static RawJson Value(string? text)
    {
        if (text is null)
        {
            return RawJson.Null;
        }

        return text is ['"', .., '"'] && MayHoldJson(text.AsSpan(1)) && TryUnwrap(text) is { } inner ? new RawJson(inner) : new RawJson(text);
    }

    /// <summary>Metadata: an object in every case; each of its values as <see cref="Value"/> has it.</summary>
    public static RawJson Metadata(string? text)
    {
        if (text is null)
        {
            return RawJson.EmptyObject;
        }

        // Most metadata holds no such string, and is answered without being written again.
        using var document = JsonDocument.Parse(text);
        var changed = false;
        var parts = new StringBuilder("{");
        foreach (var property in document.RootElement.EnumerateObject())
        {
            var raw = property.Value.GetRawText();
            var value = Value(raw).Text!;
            changed |= !ReferenceEquals(value, raw);
            parts.Append(parts.Length > 1 ? "," : "").Append('"').Append(JsonEncodedText.Encode(property.Name)).Append("\":").Append(value);
        }

        return new RawJson(changed ? parts.Append('}').ToString() : text);
    }

    /// <summary>A text as a JSON string; none as null.</summary>
    public static RawJson Quote(string? text) =>
        text is null ? RawJson.Null : new RawJson(JsonSerializer.Serialize(text, ContractsJsonContext.Wire.String));

    // Spares most plain texts the attempt: JSON begins with one of these.
    private static bool MayHoldJson(ReadOnlySpan<char> content) => content[0] is '{' or '[' or '"' or '\\' or ' ' or '-' or 't' or 'f' or 'n' || char.IsAsciiDigit(content[0]);

    private static string? TryUnwrap(string text)
    {
        try
        {
            using var outer = JsonDocument.Parse(text);
            var inner = outer.RootElement.GetString()!.Trim();
            if (inner.Length == 0)
            {
                return null;
            }

            using var value = JsonDocument.Parse(inner, Options);
            return value.RootElement.ValueKind != JsonValueKind.Number || IsSafe(inner) ? inner : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or EncoderFallbackException)
        {
            return null;
        }
    }

    // A number that clients cannot hold keeps its digits as text.
    private static bool IsSafe(string number) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= LargestWhole;
}
