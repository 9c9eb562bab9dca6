using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Actors.Integration.Dotnet;

/// <summary>
/// A trace as lines: each observation with its type, its name and what was said of it, indented under its parent. The
/// root, which is the test's own, is left out. For example
/// <code>
/// GENERATION chat gpt-4o
///   model gpt-4o {"temperature":0.5}
///   usage input=136 input_cached_tokens=64 output=7 total=207
///   cost 0.00049
///   in [{"role":"user","content":"Hi"}]
///   out "Hello"
/// </code>
/// </summary>
internal static class TraceStory
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Tell(JsonNode trace)
    {
        var observations = trace["observations"]!.AsArray().Select(o => o!).ToList();
        var root = Assert.Single(observations, o => o["parentObservationId"] is null);
        var text = new StringBuilder();
        foreach (var child in Children(observations, root))
        {
            Tell(text, observations, child, "");
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void Tell(StringBuilder text, List<JsonNode> observations, JsonNode observation, string indent)
    {
        Line((string)observation["type"]! + " " + (string?)observation["name"]);
        Said("  level ", (string)observation["level"]! == "DEFAULT" ? null : (string)observation["level"]! + " " + (string?)observation["statusMessage"]);
        Said("  model ", (string?)observation["model"], Json("modelParameters"));
        Said("  usage ", Numbers(observation["usageDetails"]!));
        Said("  cost ", observation["costDetails"]!["total"] is { } total ? ((decimal)total).ToString("0.##########", CultureInfo.InvariantCulture) : null);
        Said("  in ", Json("input"));
        Said("  out ", Json("output"));
        foreach (var child in Children(observations, observation))
        {
            Tell(text, observations, child, indent + "  ");
        }

        void Line(string line) => text.Append(indent).Append(line.ReplaceLineEndings(" ")).Append('\n');

        void Said(string word, params string?[] values)
        {
            if (values.Any(v => v is not null))
            {
                Line(word + string.Join(' ', values.Where(v => v is not null)));
            }
        }

        string? Json(string name) => observation[name] is { } value and not JsonObject { Count: 0 } ? value.ToJsonString(Readable) : null;
    }

    private static IEnumerable<JsonNode> Children(List<JsonNode> observations, JsonNode parent) => observations
        .Where(o => (string?)o["parentObservationId"] == (string)parent["id"]!)
        .OrderBy(o => (string)o["startTime"]!, StringComparer.Ordinal)
        .ThenBy(o => (string?)o["endTime"], StringComparer.Ordinal);

    private static string? Numbers(JsonNode details)
    {
        var pairs = details.AsObject().OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}").ToList();
        return pairs.Count == 0 ? null : string.Join(' ', pairs);
    }
}
