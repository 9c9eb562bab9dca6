using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Crash;

/// <summary>Reads what the server says in the words of <see cref="Told"/>.</summary>
internal static class ToldJson
{
    /// <summary>A trace with all that is in it.</summary>
    public static Told Trace(JsonNode trace) => new(
        Text(trace["id"])!,
        new ToldTrace(
            Instant(trace["timestamp"])!.Value,
            Text(trace["name"]),
            Text(trace["environment"])!,
            Text(trace["userId"]),
            Text(trace["sessionId"]),
            Text(trace["release"]),
            Text(trace["output"])),
        [.. trace["observations"]!.AsArray().Select(o => Observation(o!))],
        [.. trace["scores"]!.AsArray().Select(s => Score(s!))]);

    /// <summary>A row of a list of traces.</summary>
    public static string Row(JsonNode row) => ToldText.Row(
        Text(row["id"])!,
        Text(row["userId"]),
        Text(row["sessionId"]),
        Text(row["release"]),
        Money(row["totalCost"]),
        row["observations"]!.AsArray().Select(o => Text(o)!),
        row["scores"]!.AsArray().Select(s => Text(s)!));

    public static ToldScore Score(JsonNode s) => new(
        Text(s["id"])!,
        Instant(s["timestamp"])!.Value,
        Text(s["name"])!,
        Text(s["dataType"])!,
        Text(s["environment"])!,
        Text(s["observationId"]),
        Text(s["sessionId"]),
        (double)(s["value"] ?? 0),
        Text(s["dataType"]) == "CATEGORICAL" ? Text(s["stringValue"]) : null);

    /// <summary>A score by its id; null: there is none.</summary>
    public static async Task<ToldScore?> ReadScoreAsync(SiloClient client, string id, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync($"/api/public/v2/scores/{id}", cancellationToken);
        return answer.Code switch
        {
            200 => Score(answer.Json),
            404 => null,
            _ => throw new InvalidOperationException($"The score {id} was answered by {answer}"),
        };
    }

    private static ToldObservation Observation(JsonNode o) =>
        new(Text(o["id"])!, Text(o["type"])!, Text(o["name"]), Instant(o["startTime"])!.Value, Text(o["environment"])!)
        {
            End = Instant(o["endTime"]),
            FirstToken = Instant(o["completionStartTime"]),
            Level = Text(o["level"])!,
            Model = Text(o["model"]),
            Prompt = Text(o["promptName"]),
            PromptVersion = (int?)o["promptVersion"],
            Output = Text(o["output"]),
            Input = (int)o["promptTokens"]!,
            OutputTokens = (int)o["completionTokens"]!,
            InputCost = Money(o["calculatedInputCost"]),
            OutputCost = Money(o["calculatedOutputCost"]),
        };

    private static string? Text(JsonNode? node) =>
        node is null ? null : node is JsonValue value && value.TryGetValue(out string? text) ? text : node.ToJsonString();

    private static DateTimeOffset? Instant(JsonNode? node) =>
        Text(node) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;

    private static decimal Money(JsonNode? node) => node is null ? 0 : (decimal)node;
}
