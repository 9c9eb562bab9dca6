using System.Globalization;
using System.Text.Json.Nodes;

namespace Actors.Testing.Processes;

/// <summary>Events as a client puts them on the wire.</summary>
public static class Wire
{
    /// <summary>An instant as clients write it.</summary>
    public static string Iso(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>One event with an id of its own.</summary>
    public static JsonObject Event(string type, DateTimeOffset at, JsonObject body) => new()
    {
        ["id"] = Guid.NewGuid().ToString(),
        ["type"] = type,
        ["timestamp"] = Iso(at),
        ["body"] = body,
    };

    /// <summary>A trace with nothing but a name.</summary>
    public static JsonObject Trace(string id, DateTimeOffset at, string name = "trace") =>
        Event("trace-create", at, new JsonObject { ["id"] = id, ["timestamp"] = Iso(at), ["name"] = name });

    /// <summary>A span that took a second.</summary>
    public static JsonObject Span(string id, string traceId, DateTimeOffset at, string name = "span") =>
        Event("span-create", at, new JsonObject
        {
            ["id"] = id,
            ["traceId"] = traceId,
            ["name"] = name,
            ["startTime"] = Iso(at.AddSeconds(-1)),
            ["endTime"] = Iso(at),
        });

    /// <summary>An ended call of a model whose price is known: 2.5 and 10 dollars per million.</summary>
    public static JsonObject Generation(string id, string traceId, DateTimeOffset at, int input = 1000, int output = 100) =>
        Event("generation-create", at, new JsonObject
        {
            ["id"] = id,
            ["traceId"] = traceId,
            ["name"] = "answer",
            ["startTime"] = Iso(at.AddSeconds(-1)),
            ["endTime"] = Iso(at),
            ["model"] = "gpt-4o",
            ["input"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Where is my order?" }),
            ["output"] = "On its way.",
            ["usageDetails"] = new JsonObject { ["input"] = input, ["output"] = output },
        });

    /// <summary>A numeric score of a trace.</summary>
    public static JsonObject Score(string id, string traceId, DateTimeOffset at, double value = 0.5) =>
        Event("score-create", at, new JsonObject { ["id"] = id, ["traceId"] = traceId, ["name"] = "helpful", ["value"] = value });

    /// <summary>The id of an event.</summary>
    public static string IdOf(JsonObject wireEvent)
    {
        ArgumentNullException.ThrowIfNull(wireEvent);
        return (string)wireEvent["id"]!;
    }
}
