using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Tracing;

namespace Actors.Web.Tests.Fuzzing;

/// <summary>Two good events, or one good span, in a request with something that was changed.</summary>
internal sealed class Canary(int number, bool isBatch)
{
    private const string Text = "Still here: Ключ 🦜";

    /// <summary>A trace of its own.</summary>
    public string TraceId { get; } = "ca" + number.ToString("x30", CultureInfo.InvariantCulture);

    public (FuzzInput Input, Canary? Canary) Beside(string part, Random random)
    {
        var good = isBatch ? Event("before") : Span();
        var body = isBatch
            ? $$"""{"batch":[{{good}},{{part}},{{Event("after")}}]}"""
            : $$"""{"resourceSpans":[{{(random.Next(2) == 0 ? $"{part},{good}" : $"{good},{part}")}}]}""";
        var whole = new FuzzInput(Encoding.UTF8.GetBytes(body), "application/json");
        if (isBatch || random.Next(3) > 0 || Protobuf(part) is not { } changed)
        {
            return (whole, this);
        }

        // In the binary form one message after the other is one message with both. The second is damaged, not the first.
        var other = new FuzzInput(changed, null).Damage(random).Body;
        return (new FuzzInput([.. Protobuf(good)!, .. other], "application/x-protobuf"), this);
    }

    /// <summary>Whether the contract lets the whole request be refused: it cannot be read, or an export breaks a rule for exports.</summary>
    public bool MayBeRefused(FuzzInput input)
    {
        try
        {
            using var document = JsonDocument.Parse(input.Body, new JsonDocumentOptions { MaxDepth = 10_000 });
            return !isBatch;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    /// <summary>Whether it was stored, once and unchanged.</summary>
    public bool IsWhole(IReadOnlyList<StreamEvent> stored) => isBatch
        ? stored is [TraceEvent { Name: "before" } first, TraceEvent { Name: "after" } second] && Says(first.Input) && Says(second.Input)
        : stored is [TraceEvent { Name: "canary" } trace, ObservationEvent { Name: "canary" } observation] && Says(trace.Input) && Says(observation.Input);

    private static bool Says(string? input) => input is not null && JsonSerializer.Deserialize<string>(input) == Text;

    private static byte[]? Protobuf(string resourceSpans)
    {
        try
        {
            return OtlpBinary.Of(new JsonObject { ["resourceSpans"] = new JsonArray(JsonNode.Parse(resourceSpans)) });
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NullReferenceException or OverflowException or JsonException or ArgumentException)
        {
            // What was changed has no binary form.
            return null;
        }
    }

    private string Event(string name) =>
        $$$"""{"id":"{{{TraceId}}}-{{{name}}}","type":"trace-create","timestamp":"2026-03-02T12:00:00Z","body":{"id":"{{{TraceId}}}","name":"{{{name}}}","input":"{{{Text}}}"}}""";

    private string Span() => $$$"""
        {"resource":{"attributes":[]},"scopeSpans":[{"scope":{"name":"langfuse-sdk","version":"5"},"spans":[{"traceId":"{{{TraceId}}}","spanId":"00000000000000ca",
         "name":"canary","startTimeUnixNano":"1767607200000000000","endTimeUnixNano":"1767607202500000000","attributes":[
         {"key":"langfuse.observation.input","value":{"stringValue":"{{{Text}}}"}}]}]}]}
        """;
}
