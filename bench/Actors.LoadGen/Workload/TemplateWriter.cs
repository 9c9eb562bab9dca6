using System.Buffers;
using System.Text;
using System.Text.Json;
using Actors.Grains.Pricing;
using Actors.Tracing;

namespace Actors.LoadGen.Workload;

/// <summary>Writes one template: trace, root span, two spans, two generations with about 1 KB in and out, one score.</summary>
internal sealed class TemplateWriter
{
    private static readonly string[] Models = ["gpt-4o-mini", "gpt-4o", "claude-3-5-sonnet-20241022", "gpt-4.1-mini"];
    private static readonly string[] Names = ["support-answer", "summarize", "extract-invoice", "translate", "plan-trip"];
    private static readonly string[] Environments = ["production", "production", "production", "staging"];

    private readonly ArrayBufferWriter<byte> _bytes = new(8192);
    private readonly List<Slot> _slots = [];
    private readonly Random _random;
    private decimal _costUsd;

    private TemplateWriter(int seed) => _random = new Random(seed);

    /// <summary>Writes the template of a seed.</summary>
    /// <param name="seed">The same seed writes the same template.</param>
    /// <param name="mark">The name of the trace and of its score; null: one of a few.</param>
    public static TraceTemplate Write(int seed, string? mark = null)
    {
        var writer = new TemplateWriter(seed);
        var duration = writer.WriteEvents(mark ?? Names[seed % Names.Length], mark ?? "helpfulness", Environments[seed % Environments.Length], seed);
        return new TraceTemplate(writer._bytes.WrittenSpan.ToArray(), [.. writer._slots], duration, writer._costUsd);
    }

    private int WriteEvents(string name, string score, string environment, int seed)
    {
        var retrieve = 20 + _random.Next(120);
        var plan = retrieve + Latency();
        var tool = plan + 30 + _random.Next(200);
        var answer = tool + Latency();
        var duration = answer + 2;

        Begin("trace-create", 0, duration);
        Text("\"id\":\"").Slot(SlotKind.TraceId).Text("\",\"timestamp\":\"").Time(0);
        Text($"\",\"name\":\"{name}\",\"userId\":\"user-{seed * 7 % 97}\",\"sessionId\":\"session-").Slot(SlotKind.SessionId);
        Text($"\",\"environment\":\"{environment}\",\"release\":\"2026.11.1\",\"version\":\"7\",\"tags\":[\"chat\",\"plan-{seed % 3}\"],");
        Text("\"metadata\":{\"tenant\":\"acme\",\"region\":\"eu-1\",\"retries\":0},");
        Text($"\"input\":{Json(Prose.Write(_random, 120))},\"output\":{Json(Prose.Write(_random, 160))}}}}},");

        Span("answer-question", 0, null, 0, duration, environment, 1);
        Span("retrieve", 1, 0, 1, retrieve, environment, 2);
        Generation("plan", 2, retrieve, plan, environment, 3, Models[seed % Models.Length]);
        Span("call-tool", 3, 0, plan, tool, environment, 4);
        Generation("answer", 4, tool, answer, environment, 5, Models[(seed / 3) % Models.Length]);

        Begin("score-create", 6, duration);
        Text("\"id\":\"").Slot(SlotKind.Uuid, 7).Text("\",\"traceId\":\"").Slot(SlotKind.TraceId);
        Text($"\",\"name\":\"{score}\",\"value\":{1 + _random.Next(5)},\"dataType\":\"NUMERIC\",\"environment\":\"{environment}\",\"comment\":\"from the widget\"}}}}");
        return duration;
    }

    private void Span(string name, int ordinal, int? parent, int start, int end, string environment, int eventOrdinal)
    {
        Begin("span-create", eventOrdinal, end);
        Observation(name, ordinal, parent, start, end, environment);
        Text("\"metadata\":{\"attempt\":1,\"cache\":\"miss\"},");
        Text($"\"input\":{{\"query\":{Json(Prose.Write(_random, 60))}}},\"output\":{{\"documents\":{_random.Next(9)}}}}}}},");
    }

    private void Generation(string name, int ordinal, int start, int end, string environment, int eventOrdinal, string model)
    {
        var (input, output) = (200 + _random.Next(400), 150 + _random.Next(300));
        _costUsd += Price(model, input, output);
        Begin("generation-create", eventOrdinal, end);
        Observation(name, ordinal, 0, start, end, environment);
        Text("\"completionStartTime\":\"").Time(start + ((end - start) / 4));
        Text($"\",\"model\":\"{model}\",\"modelParameters\":{{\"temperature\":0.2,\"max_tokens\":800}},");
        Text($"\"usageDetails\":{{\"input\":{input},\"output\":{output},\"total\":{input + output}}},");
        Text($"\"input\":[{{\"role\":\"system\",\"content\":{Json(Prose.Write(_random, 300))}}},{{\"role\":\"user\",\"content\":{Json(Prose.Write(_random, 650))}}}],");
        Text($"\"output\":{{\"role\":\"assistant\",\"content\":{Json(Prose.Write(_random, 950))}}}}}}},");
    }

    private void Observation(string name, int ordinal, int? parent, int start, int end, string environment)
    {
        Text("\"id\":\"").Slot(SlotKind.ObservationId, ordinal).Text("\",\"traceId\":\"").Slot(SlotKind.TraceId);
        Text($"\",\"name\":\"{name}\",\"environment\":\"{environment}\",");
        if (parent is { } p)
        {
            Text("\"parentObservationId\":\"").Slot(SlotKind.ObservationId, p).Text("\",");
        }

        Text("\"startTime\":\"").Time(start).Text("\",\"endTime\":\"").Time(end).Text("\",\"level\":\"DEFAULT\",");
    }

    private void Begin(string type, int ordinal, int at)
    {
        Text("{\"id\":\"").Slot(SlotKind.Uuid, ordinal).Text("\",\"timestamp\":\"").Time(at);
        Text($"\",\"type\":\"{type}\",\"body\":{{");
    }

    private TemplateWriter Text(string text)
    {
        Encoding.UTF8.GetBytes(text, _bytes);
        return this;
    }

    private TemplateWriter Time(int offsetMs)
    {
        _slots.Add(new Slot(_bytes.WrittenCount, SlotKind.Time, offsetMs));
        return Text("2026-01-01T00:00:00.000Z");
    }

    private TemplateWriter Slot(SlotKind kind, int argument = 0)
    {
        _slots.Add(new Slot(_bytes.WrittenCount, kind, argument));
        return Text(new string('0', kind switch { SlotKind.TraceId => 32, SlotKind.ObservationId => 16, SlotKind.Uuid => 36, _ => 8 }));
    }

    // Model calls take some hundred milliseconds, a few of them seconds.
    private int Latency() => (int)(300 * Math.Exp(1.2 * _random.NextDouble() * _random.NextDouble() * 2));

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";

    private static decimal Price(string model, int input, int output)
    {
        var cost = CostRules.Compute(
            PriceBooks.Current.Match(model),
            [new UsageEntry("input", input), new UsageEntry("output", output), new UsageEntry("total", input + output)],
            [],
            []);
        return cost.TotalUsd ?? throw new InvalidOperationException($"The price book has no price for {model}.");
    }
}
