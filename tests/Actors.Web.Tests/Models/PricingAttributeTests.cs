using System.Text.Json.Nodes;
using Actors.Tracing;

namespace Actors.Web.Tests;

/// <summary>What a project's own prices depend on is kept, whatever door an observation comes through.</summary>
public sealed class PricingAttributeTests : IAsyncLifetime
{
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartWithStoresAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("ingestion")]
    [InlineData("legacy")]
    [InlineData("otlp")]
    public async Task The_keys_of_a_model_are_kept_from_its_addition_to_its_removal(string door)
    {
        await SendAsync(door, "before");
        var model = await AddModelAsync("plan", "größe");
        await SendAsync(door, "between");
        await _server.SendAsync(HttpMethod.Delete, $"/api/public/models/{model}");
        await SendAsync(door, "after");

        PricingAttribute builtIn = new(PricingAttributeSource.ModelParameters, "service_tier", "flex");
        Assert.Equal([builtIn], Kept("before"));
        Assert.Equal(
            [builtIn, new(PricingAttributeSource.Metadata, "größe", "7"), new(PricingAttributeSource.Metadata, "plan", "gold")],
            Kept("between").OrderBy(a => a.Source).ThenBy(a => a.Key, StringComparer.Ordinal));
        Assert.Equal([builtIn], Kept("after"));
    }

    private IReadOnlyList<PricingAttribute> Kept(string trace) =>
        Assert.Single(_server.Grains.Events($"one/t:{TraceId(trace)}").OfType<ObservationEvent>()).PricingAttributes;

    // A client that escapes what is not ASCII, as most do, writes "größe" with escapes.
    private async Task SendAsync(string door, string trace)
    {
        const string Metadata = """{"plan":"gold","gr\u00f6\u00dfe":7,"other":"x"}""";
        var id = TraceId(trace);
        var (status, body) = door switch
        {
            "ingestion" => await _server.IngestAsync($$$"""
                {"batch":[{"id":"e","type":"generation-create","timestamp":"2026-01-05T10:00:00.000Z","body":{"id":"g-{{{id}}}","traceId":"{{{id}}}",
                 "modelParameters":{"service_tier":"flex"},"metadata":{{{Metadata}}}}}]}
                """),
            "legacy" => await _server.PostJsonAsync(
                "/api/public/generations",
                $$"""{"id":"g-{{id}}","traceId":"{{id}}","modelParameters":{"service_tier":"flex"},"metadata":{{Metadata}}}"""),
            _ => await _server.PostJsonAsync("/api/public/otel/v1/traces", Export(id, Metadata)),
        };
        Assert.True((int)status < 300, body);
    }

    private static string Export(string trace, string metadata) => new JsonObject
    {
        ["resourceSpans"] = new JsonArray(new JsonObject
        {
            ["scopeSpans"] = new JsonArray(new JsonObject
            {
                ["scope"] = new JsonObject { ["name"] = "langfuse-sdk" },
                ["spans"] = new JsonArray(new JsonObject
                {
                    ["traceId"] = trace,
                    ["spanId"] = "00000000000000a1",
                    ["parentSpanId"] = "00000000000000a0",
                    ["name"] = "call",
                    ["startTimeUnixNano"] = "1767607200000000000",
                    ["endTimeUnixNano"] = "1767607201000000000",
                    ["attributes"] = new JsonArray(
                        Attribute("langfuse.observation.type", "generation"),
                        Attribute("langfuse.observation.model.parameters", """{"service_tier":"flex"}"""),
                        Attribute("langfuse.observation.metadata", metadata)),
                }),
            }),
        }),
    }.ToJsonString();

    private static JsonObject Attribute(string key, string value) =>
        new() { ["key"] = key, ["value"] = new JsonObject { ["stringValue"] = value } };

    // OpenTelemetry's ids are 32 hexadecimal digits.
    private static string TraceId(string trace) => Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(trace)).PadLeft(32, '0');

    private async Task<string> AddModelAsync(params string[] keys)
    {
        var tiers = keys.Select((key, i) =>
            $$$"""{"name":"tier {{{i}}}","isDefault":false,"priority":{{{i + 1}}},"conditions":[{"source":"metadata","key":"{{{key}}}","operator":"in","values":["x"]}],"prices":{"input":2}}""");
        var (status, body) = await _server.PostJsonAsync(
            "/api/public/models",
            $$$"""
            {"modelName":"own","matchPattern":"own",
             "pricingTiers":[{"name":"Standard","isDefault":true,"priority":0,"conditions":[],"prices":{"input":1}},{{{string.Join(',', tiers)}}}]}
            """);
        Assert.True((int)status == 200, body);
        return (string)JsonNode.Parse(body)!["id"]!;
    }
}
