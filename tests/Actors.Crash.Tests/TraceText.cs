using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>An observation in the few words that are compared.</summary>
internal sealed record ObservationText(
    string Id,
    string Type,
    DateTimeOffset Start,
    DateTimeOffset? End,
    string Level,
    string? Model,
    string? Output,
    int Input,
    int OutputTokens,
    decimal Cost);

/// <summary>A trace as text: two that are equal read alike, and two that are not show where.</summary>
internal static class TraceText
{
    public const string Absent = "absent";

    /// <summary>What is expected of a trace.</summary>
    public static string Of(
        string id,
        string? name,
        string? user,
        string? output,
        decimal cost,
        IEnumerable<ObservationText> observations,
        IEnumerable<(string Id, double Value)> scores)
    {
        var text = new StringBuilder();
        Line(text, $"trace {id} name={name} user={user} output={output} cost={Round(cost)}");
        foreach (var o in observations.OrderBy(o => o.Id, StringComparer.Ordinal))
        {
            var end = o.End is { } known ? Wire.Iso(known) : "";
            Line(text, $"observation {o.Id} {o.Type} {Wire.Iso(o.Start)}..{end} {o.Level} model={o.Model} output={o.Output} tokens={o.Input}+{o.OutputTokens} cost={Round(o.Cost)}");
        }

        foreach (var (scoreId, value) in scores.OrderBy(s => s.Id, StringComparer.Ordinal))
        {
            Line(text, $"score {scoreId} {value}");
        }

        return text.ToString();
    }

    /// <summary>What the server says of a trace.</summary>
    public static string Of(Answer answer)
    {
        if (answer.Code == 404)
        {
            return Absent;
        }

        if (answer.Code != 200)
        {
            return answer.ToString();
        }

        var trace = answer.Json;
        return Of(
            Text(trace["id"])!,
            Text(trace["name"]),
            Text(trace["userId"]),
            Text(trace["output"]),
            Money(trace["totalCost"]),
            trace["observations"]!.AsArray().Select(o => Observation(o!)),
            trace["scores"]!.AsArray().Select(s => (Text(s!["id"])!, (double)s["value"]!)));
    }

    /// <summary>What is expected of a row of a list.</summary>
    public static string Row(string id, IEnumerable<string> observations, IEnumerable<string> scores, decimal cost) =>
        $"{id} cost={Round(cost)} {string.Join(' ', observations.Order(StringComparer.Ordinal))} {string.Join(' ', scores.Order(StringComparer.Ordinal))}";

    /// <summary>What the server says in a row of a list.</summary>
    public static string Row(JsonNode row) => Row(
        Text(row["id"])!,
        row["observations"]!.AsArray().Select(o => Text(o)!),
        row["scores"]!.AsArray().Select(s => Text(s)!),
        Money(row["totalCost"]));

    private static ObservationText Observation(JsonNode o) => new(
        Text(o["id"])!,
        Text(o["type"])!,
        Instant(o["startTime"])!.Value,
        Instant(o["endTime"]),
        Text(o["level"])!,
        Text(o["model"]),
        Text(o["output"]),
        (int)o["promptTokens"]!,
        (int)o["completionTokens"]!,
        Money(o["calculatedTotalCost"]));

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string? Text(JsonNode? node) => node is null ? null : node is JsonValue value && value.TryGetValue(out string? text) ? text : node.ToJsonString();

    private static DateTimeOffset? Instant(JsonNode? node) =>
        Text(node) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static decimal Money(JsonNode? node) => node is null ? 0 : (decimal)node;

    // The wire carries doubles; twelve places are far below the price of a token.
    private static string Round(decimal cost) => decimal.Round(cost, 12).ToString("0.############", CultureInfo.InvariantCulture);
}
