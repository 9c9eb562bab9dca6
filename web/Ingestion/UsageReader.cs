using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Actors.Web.Ingestion;

/// <summary>Reads a usage or cost object, with one level of details, into a bounded list.</summary>
internal static class UsageReader
{
    private const int MaxProperties = 2 * UsageShapes.MaxEntries;
    private const int MaxKeyLength = 200;

    /// <summary>Reads the object at the current token and leaves the reader on its end.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    public static string? Read(ref Utf8JsonReader reader, out List<UsageProperty> properties) => Read(ref reader, nested: false, out properties);

    /// <summary>The properties of a valid JSON object; none when it breaks a bound.</summary>
    public static IReadOnlyList<UsageProperty> Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return Read(ref reader, out var properties) is null ? properties : [];
    }

    private static string? Read(ref Utf8JsonReader reader, bool nested, out List<UsageProperty> properties)
    {
        properties = [];
        string? problem = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var valid = JsonText.TryReadString(ref reader, out var key) && key.Length is > 0 and <= MaxKeyLength;
            reader.Read();
            if (!valid)
            {
                problem ??= $"a key {JsonText.BadText}, is empty or longer than {MaxKeyLength} characters";
                reader.Skip();
            }
            else if (properties.Count == MaxProperties)
            {
                problem ??= $"has more than {MaxProperties} properties";
                reader.Skip();
            }
            else
            {
                properties.Add(ReadProperty(ref reader, key, nested, ref problem));
            }
        }

        return problem;
    }

    private static UsageProperty ReadProperty(ref Utf8JsonReader reader, string key, bool nested, ref string? problem)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                long? units = reader.TryGetInt64(out var whole) ? whole : null;
                double? number = reader.TryGetDouble(out var any) ? any : null;

                // 12.0 is a whole number too: some languages have no other.
                units ??= number is { } n && Math.Abs(n) <= 1e15 && Math.Floor(n) == n ? (long)n : null;
                return new UsageProperty(key, units, number, null, IsNull: false, null);
            case JsonTokenType.String:
                var text = JsonText.TryReadString(ref reader, out var said) ? said : null;
                long? parsed = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
                return new UsageProperty(key, parsed, null, text ?? "", IsNull: false, null);
            case JsonTokenType.Null:
                return new UsageProperty(key, null, null, null, IsNull: true, null);
            case JsonTokenType.StartObject when !nested:
                problem = Read(ref reader, nested: true, out var properties) ?? problem;
                return new UsageProperty(key, null, null, null, IsNull: false, properties);
            default:
                reader.Skip();
                return new UsageProperty(key, null, null, null, IsNull: false, null);
        }
    }
}
