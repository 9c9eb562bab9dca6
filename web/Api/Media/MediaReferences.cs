using System.Globalization;
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

    public static void Find(string field, string? json, List<FoundMediaReference> found)
    {
        if (json is null || !json.Contains(Begin, StringComparison.Ordinal))
        {
            return;
        }

        using var document = JsonDocument.Parse(json);
        Walk(field, document.RootElement, "$", found, found.Count + MaxPerValue);
    }

    private static void Walk(string field, JsonElement value, string path, List<FoundMediaReference> found, int max)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                foreach (Match match in Reference().Matches(value.GetString()!))
                {
                    if (found.Count < max)
                    {
                        found.Add(new FoundMediaReference(field, match.Value, path, match.Groups["id"].Value));
                    }
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Walk(field, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), found, max);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    var name = property.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal);
                    Walk(field, property.Value, $"{path}['{name}']", found, max);
                }

                break;
        }
    }

    [GeneratedRegex(@"@@@langfuseMedia:type=[^|@]+\|id=(?<id>[^|@]+)\|source=[^|@]+@@@")]
    private static partial Regex Reference();
}
