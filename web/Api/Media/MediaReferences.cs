using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Actors.Web.Api;

/// <summary>A reference to a file inside a value.</summary>
/// <param name="Field">The field of the value.</param>
/// <param name="Text">The reference as it stands there.</param>
/// <param name="JsonPath">Where its string stands in the value.</param>
/// <param name="MediaId">The file.</param>
internal sealed record FoundMediaReference(string Field, string Text, string JsonPath, string MediaId);

/// <summary>Finds references to files in JSON (langfuse-api §14).</summary>
internal static partial class MediaReferences
{
    private const string Begin = "@@@langfuseMedia:";

    // More than a value that people look at has; each is looked up and signed.
    private const int MaxPerValue = 100;

    /// <summary>The reference that stands in place of a file that was sent in base64.</summary>
    public static string ToDataUri(string contentType, string mediaId) => $"{Begin}type={contentType}|id={mediaId}|source=base64_data_uri@@@";

    public static void Find(string field, string? json, List<FoundMediaReference> found)
    {
        if (json is null || !json.Contains(Begin, StringComparison.Ordinal))
        {
            return;
        }

        using var document = JsonDocument.Parse(json);
        Walk(field, document.RootElement, [], found, found.Count + MaxPerValue);
    }

    // The way is put into words only where it leads to a reference: for every value it could be far longer than the text.
    private static void Walk(string field, JsonElement value, List<Step> way, List<FoundMediaReference> found, int max)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                foreach (Match match in Reference().Matches(value.GetString()!))
                {
                    if (found.Count < max)
                    {
                        found.Add(new FoundMediaReference(field, match.Value, Describe(way), match.Groups["id"].Value));
                    }
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    way.Add(new Step(null, index++));
                    Walk(field, item, way, found, max);
                    way.RemoveAt(way.Count - 1);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    way.Add(new Step(property.Name, 0));
                    Walk(field, property.Value, way, found, max);
                    way.RemoveAt(way.Count - 1);
                }

                break;
        }
    }

    private static string Describe(List<Step> way)
    {
        var text = new StringBuilder("$");
        foreach (var (name, index) in way)
        {
            _ = name is null
                ? text.Append(CultureInfo.InvariantCulture, $"[{index}]")
                : text.Append("['").Append(name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)).Append("']");
        }

        return text.ToString();
    }

    private readonly record struct Step(string? Name, int Index);

    [GeneratedRegex(@"@@@langfuseMedia:type=[^|@]+\|id=(?<id>[^|@]+)\|source=[^|@]+@@@")]
    private static partial Regex Reference();
}
