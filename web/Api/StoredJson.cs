using System.Text;
using System.Text.Json;
using Actors.Contracts;

namespace Actors.Web.Api;

/// <summary>Turns stored JSON text into what reads answer (langfuse-semantics §3).</summary>
internal static class StoredJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Input and output: a string that holds a JSON object or list is answered as that.</summary>
    public static RawJson Value(string? text)
    {
        if (text is null)
        {
            return RawJson.Null;
        }

        return text.Length > 3 && text[0] == '"' && text[1] is '{' or '[' or '\\' or ' ' && TryUnwrap(text) is { } inner
            ? new RawJson(inner)
            : new RawJson(text);
    }

    /// <summary>Metadata: an object in every case.</summary>
    public static RawJson Metadata(string? text) => text is null ? RawJson.EmptyObject : new RawJson(text);

    private static string? TryUnwrap(string text)
    {
        try
        {
            using var outer = JsonDocument.Parse(text);
            var inner = outer.RootElement.GetString()!.Trim();
            if (inner is not (['{', .., '}'] or ['[', .., ']']))
            {
                return null;
            }

            using var value = JsonDocument.Parse(inner, Options);
            return value.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? inner : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or EncoderFallbackException)
        {
            return null;
        }
    }
}
