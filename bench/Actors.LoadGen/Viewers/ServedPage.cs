using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Actors.LoadGen.Viewers;

/// <summary>What a page says for the circuit that is to take it over: its components and its state.</summary>
/// <param name="Operations">The components as the hub wants them.</param>
/// <param name="State">The state of the application, encrypted by the server.</param>
internal sealed partial record ServedPage(string Operations, string State)
{
    /// <summary>Reads the comments in a page's markup.</summary>
    public static ServedPage Parse(string markup)
    {
        var components = new JsonArray();
        foreach (Match match in Components().Matches(markup))
        {
            var marker = JsonNode.Parse(match.Groups[1].Value)!.AsObject();

            // A component that was rendered already has a second comment behind it, which says only where it ends.
            if (marker.ContainsKey("descriptor"))
            {
                components.Add(new JsonObject { ["type"] = "add", ["ssrComponentId"] = components.Count + 1, ["marker"] = marker });
            }
        }

        var operations = new JsonObject { ["batchId"] = 1, ["operations"] = components };
        return new ServedPage(operations.ToJsonString(JsonSerializerOptions.Web), States().Match(markup).Groups[1].Value);
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->", RegexOptions.Singleline)]
    private static partial Regex Components();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex States();
}
