using System.Text;
using Actors.Web.Ingestion;

namespace Actors.Web.Otlp;

/// <summary>Builds the JSON text of an object. Of a key that is added twice the last value counts.</summary>
internal sealed class JsonObjectText
{
    private readonly Dictionary<string, string> _properties = new(StringComparer.Ordinal);

    public bool IsEmpty => _properties.Count == 0;

    public bool Has(string key) => _properties.ContainsKey(key);

    public void Add(string key, string json) => _properties[key] = JsonText.Bounded(json, JsonText.MaxDepth - 1);

    public override string ToString()
    {
        var text = new StringBuilder("{");
        foreach (var (key, json) in _properties)
        {
            text.Append(text.Length > 1 ? "," : "").Append(JsonText.Quote(key)).Append(':').Append(json);
        }

        return text.Append('}').ToString();
    }
}
