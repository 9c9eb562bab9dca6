using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Actors.Grains.Pricing;
using Actors.Tracing;
using Actors.Web.Otlp;

namespace Actors.Web.Tests;

/// <summary>One span with attributes that are written as plain JSON, so that a test shows what an instrumentation sends.</summary>
internal sealed partial record SpanSample(string Scope, string Name, string Attributes)
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string SpanId = "b7ad6b7169203331";

    private static readonly OtlpSpanMapper Mapper = new(PriceBooks.Current.AttributeKeys);

    /// <summary>The version of its scope.</summary>
    public string ScopeVersion { get; init; } = "1.0.0";

    /// <summary>The parent's id; null: a root.</summary>
    public string? Parent { get; init; }

    /// <summary>The names of its events, each with its attributes as plain JSON.</summary>
    public IReadOnlyList<(string Name, string Attributes)> Events { get; init; } = [];

    /// <summary>The attributes of its resource as plain JSON.</summary>
    public string Resource { get; init; } = "{}";

    public static SpanSample Of(string scope, string name, string attributes) => new(scope, name, attributes);

    /// <summary>The export that holds this span alone, in the text form.</summary>
    public string ToJson()
    {
        var span = new JsonObject
        {
            ["traceId"] = TraceId,
            ["spanId"] = SpanId,
            ["name"] = Name,
            ["startTimeUnixNano"] = "1767607200000000000",
            ["endTimeUnixNano"] = "1767607202500000000",
            ["attributes"] = List(Attributes),
            ["events"] = new JsonArray([.. Events.Select(e => new JsonObject
            {
                ["name"] = e.Name, ["timeUnixNano"] = "1767607201000000000", ["attributes"] = List(e.Attributes),
            })]),
        };
        if (Parent is not null)
        {
            span["parentSpanId"] = Parent;
        }

        return new JsonObject
        {
            ["resourceSpans"] = new JsonArray(new JsonObject
            {
                ["resource"] = new JsonObject { ["attributes"] = List(Resource) },
                ["scopeSpans"] = new JsonArray(new JsonObject
                {
                    ["scope"] = new JsonObject { ["name"] = Scope, ["version"] = ScopeVersion },
                    ["spans"] = new JsonArray(span),
                }),
            }),
        }.ToJsonString();
    }

    public IReadOnlyList<StreamEvent> Map() => Map(OtlpJson.Read(Encoding.UTF8.GetBytes(ToJson())));

    public static IReadOnlyList<StreamEvent> Map(IReadOnlyList<OtlpSpanGroup> groups) =>
        [.. Mapper.Map(groups, Parsing.At).Streams.SelectMany(s => s.Events)];

    public ObservationEvent Observation() => Map().OfType<ObservationEvent>().Single();

    /// <summary>What the observation says, a line for each thing that it says.</summary>
    public string Summary()
    {
        var o = Observation();
        var text = new StringBuilder($"{o.Type!.Value.ToWire()} {o.Name}");
        Line("level", o.Level == ObservationLevel.Default ? null : o.Level!.Value.ToWire());
        Line("status", o.StatusMessage);
        Line("model", o.Model);
        Line("parameters", o.ModelParameters);
        Line("usage", o.Usage.Count == 0 ? null : string.Join(' ', o.Usage.Select(u => string.Create(CultureInfo.InvariantCulture, $"{u.Key}={u.Units}"))));
        Line("cost", o.Cost.Count == 0 ? null : string.Join(' ', o.Cost.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key}={c.CostUsd}"))));
        Line("prompt", o.PromptName is null ? null : string.Create(CultureInfo.InvariantCulture, $"{o.PromptName} {o.PromptVersion}"));
        Line("first token", o.CompletionStartTime is { } first ? string.Create(CultureInfo.InvariantCulture, $"{(first - o.StartTime!.Value).TotalMilliseconds} ms") : null);
        Line("in", o.Input);
        Line("out", o.Output);
        return text.ToString();

        void Line(string name, string? value)
        {
            if (value is not null)
            {
                text.Append('\n').Append(name).Append(' ').Append(value);
            }
        }
    }

    private static JsonArray List(string attributes) =>
        new([.. JsonNode.Parse(attributes)!.AsObject().Select(a => new JsonObject { ["key"] = a.Key, ["value"] = Value(a.Value!) })]);

    private static JsonObject Value(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => new() { ["stringValue"] = value.GetValue<string>() },
        JsonValueKind.True or JsonValueKind.False => new() { ["boolValue"] = value.GetValue<bool>() },
        JsonValueKind.Number when value.AsValue().TryGetValue<long>(out var integer) => new() { ["intValue"] = integer },
        JsonValueKind.Number => new() { ["doubleValue"] = value.GetValue<double>() },
        JsonValueKind.Array => new()
        {
            ["arrayValue"] = new JsonObject { ["values"] = new JsonArray([.. value.AsArray().Select(i => Value(i!))]) },
        },
        _ => new() { ["kvlistValue"] = new JsonObject { ["values"] = List(value.ToJsonString()) } },
    };
}
