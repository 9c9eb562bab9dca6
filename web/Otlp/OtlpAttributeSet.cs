using System.Text;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Attributes by key. A key that occurs twice keeps its last value.</summary>
internal sealed class OtlpAttributeSet
{
    private readonly Dictionary<string, OtlpValue> _values;

    public OtlpAttributeSet(Dictionary<string, OtlpValue> values) => _values = values;

    public static OtlpAttributeSet Empty { get; } = new([]);

    public int Count => _values.Count;

    /// <summary>In the order of arrival.</summary>
    public IEnumerable<KeyValuePair<string, OtlpValue>> All => _values;

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>The value; one of kind <see cref="OtlpValueKind.None"/> when absent.</summary>
    public OtlpValue Get(string key) => _values.GetValueOrDefault(key);

    /// <summary>The text of the first of some keys that has one that is not empty.</summary>
    public string? Text(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (_values.TryGetValue(key, out var value) && value.AsText() is { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>The value of the first of some keys, as JSON text.</summary>
    public string? Json(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (_values.TryGetValue(key, out var value) && value.AsParsedJson() is { } json)
            {
                return json;
            }
        }

        return null;
    }

    /// <summary>The attributes below <paramref name="prefix"/> (which ends in a dot), by the rest of their keys.</summary>
    public IEnumerable<KeyValuePair<string, OtlpValue>> Below(string prefix)
    {
        foreach (var (key, value) in _values)
        {
            if (key.Length > prefix.Length && key.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return new(key[prefix.Length..], value);
            }
        }
    }

    /// <summary>Writes a JSON object.</summary>
    public void Write(StringBuilder json, Action<OtlpValue, StringBuilder> writeValue)
    {
        json.Append('{');
        var first = true;
        foreach (var (key, value) in _values)
        {
            json.Append(first ? "" : ",").Append(JsonText.Quote(key)).Append(':');
            writeValue(value, json);
            first = false;
        }

        json.Append('}');
    }

    /// <summary>As a JSON object in which every value is a string.</summary>
    public string ToJsonOfTexts()
    {
        var json = new StringBuilder();
        Write(json, static (value, text) => text.Append(JsonText.Quote(value.AsText() ?? "")));
        return json.ToString();
    }
}
