using System.Text.Json;
using Actors.Pricing;
using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>Picks the values that prices depend on out of an object, as text.</summary>
internal static class PricingAttributeReader
{
    private const int MaxValueLength = 100;

    /// <summary>Reads <paramref name="utf8"/>, a valid JSON object.</summary>
    public static void Read(ReadOnlySpan<byte> utf8, PricingKeys keys, PricingAttributeSource source, List<PricingAttribute> attributes)
    {
        // Most objects hold none of the keys; one scan is then all that is paid.
        if (!keys.MayOccurIn(utf8))
        {
            return;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth + 1 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isKey = JsonText.TryReadString(ref reader, out var key) && keys.Contains(key);
            reader.Read();
            if (isKey && TryReadScalar(ref reader, out var value))
            {
                attributes.RemoveAll(a => a.Source == source && a.Key == key);
                attributes.Add(new PricingAttribute(source, key, value));
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static bool TryReadScalar(ref Utf8JsonReader reader, out string value)
    {
        value = "";
        return reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False
            && JsonText.TryReadString(ref reader, out value) && value.Length <= MaxValueLength;
    }
}
