using System.Text.Json;
using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>The top-level keys of model parameters and metadata that prices may depend on.</summary>
public interface IPricingAttributeKeys
{
    /// <summary>The keys; few.</summary>
    IReadOnlyList<string> Keys { get; }
}

/// <summary>The keys that the built-in prices depend on.</summary>
public sealed class DefaultPricingAttributeKeys : IPricingAttributeKeys
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Keys { get; } = ["service_tier", "speed"];
}

/// <summary>Picks the values that prices depend on out of an object, as text.</summary>
internal sealed class PricingAttributeReader(IPricingAttributeKeys keys)
{
    private const int MaxValueLength = 100;

    private readonly (string Text, byte[] Utf8)[] _keys =
        [.. keys.Keys.Select(k => (k, System.Text.Encoding.UTF8.GetBytes(k)))];

    /// <summary>Reads <paramref name="utf8"/>, a valid JSON object.</summary>
    public void Read(ReadOnlySpan<byte> utf8, PricingAttributeSource source, List<PricingAttribute> attributes)
    {
        // Most objects hold none of the keys; one scan is then all that is paid.
        if (!MayHold(utf8))
        {
            return;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonText.MaxDepth + 1 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = JsonText.TryReadString(ref reader, out var name) ? Array.Find(_keys, k => k.Text == name).Text : null;
            reader.Read();
            if (key is not null && TryReadScalar(ref reader, out var value))
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

    private bool MayHold(ReadOnlySpan<byte> utf8)
    {
        foreach (var (_, name) in _keys)
        {
            if (utf8.IndexOf(name) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
