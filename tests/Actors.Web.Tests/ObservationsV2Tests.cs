using System.Net;
using System.Text.Json;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Tests;

/// <summary><c>GET /v2/observations</c>, compared as literal JSON (langfuse-api §4.2).</summary>
public sealed class ObservationsV2Tests
{
    private const string Core = """
        "id":"g1","traceId":"t1","startTime":"2026-01-05T10:00:00.000Z","endTime":"2026-01-05T10:00:01.500Z","projectId":"one",
        "parentObservationId":null,"type":"GENERATION"
        """;

    private const string Unpriced = "\"modelId\":null,\"inputPrice\":null,\"outputPrice\":null,\"totalPrice\":null";

    private const string Basic = """
        "name":"call","level":"DEFAULT","statusMessage":null,"version":null,"environment":"default","bookmarked":false,"public":true,
        "userId":"u","sessionId":"s","isRootObservation":true
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", $"{{{Core},{Basic},{Unpriced}}}")]
    [InlineData("core", $"{{{Core},{Unpriced}}}")]
    [InlineData("time", $$"""{{{Core}},{{Unpriced}},"completionStartTime":"2026-01-05T10:00:00.250Z","createdAt":"2026-01-05T10:00:03.000Z","updatedAt":"2026-01-05T10:00:04.000Z"}""")]
    [InlineData("io,nonsense", $$"""{{{Core}},{{Unpriced}},"input":"{\"a\":\"ü\"}","output":"plain"}""")]
    [InlineData("model", $$"""{{{Core}},"providedModelName":"gpt-4o","internalModelId":"m","modelParameters":{"t":1},"modelId":"m","inputPrice":"0.000003","outputPrice":"0.00001","totalPrice":null}""")]
    [InlineData("usage", $$"""{{{Core}},{{Unpriced}},"usageDetails":{"input":3,"total":8},"costDetails":{"input":0.5,"total":0.75},"totalCost":0.75,"usagePricingTierName":"Standard"}""")]
    [InlineData("prompt", $$"""{{{Core}},{{Unpriced}},"promptId":null,"promptName":"greeting","promptVersion":2}""")]
    [InlineData("metrics", $$"""{{{Core}},{{Unpriced}},"latency":1.5,"timeToFirstToken":0.25}""")]
    [InlineData("trace_context", $$"""{{{Core}},{{Unpriced}},"traceName":"answer","tags":["a"],"release":"r"}""")]
    public async Task An_observation_holds_the_groups_asked_for(string fields, string item)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync($"/api/public/v2/observations?fields={fields}");

        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual($$"""{"data":[{{item}}],"meta":{} }""", body);
    }

    [Fact]
    public async Task Nothing_but_unknown_groups_means_all()
    {
        await using var server = await ServerAsync();
        var (_, body) = await server.GetAsync("/api/public/v2/observations?fields=nonsense");
        using var json = JsonDocument.Parse(body);

        Assert.Equal(42, json.RootElement.GetProperty("data")[0].EnumerateObject().Count());
    }

    [Theory]
    [InlineData("fields=metadata", $$"""{"n":5,"deep.a":{{Cut}},"deep.b":[1],"long":{{Cut}},"empty":{} }""")]
    [InlineData("fields=metadata&expandMetadata=long", $$"""{"n":5,"deep.a":{{Cut}},"deep.b":[1],"long":{{Long}},"empty":{} }""")]
    [InlineData("fields=metadata&expandMetadata=deep,other", $$"""{"n":5,"deep.a":{{Long}},"deep.b":[1],"long":{{Cut}},"empty":{} }""")]
    [InlineData("fields=metadata,io", $$"""{"n":5,"deep.a":{{Long}},"deep.b":[1],"long":{{Long}},"empty":{} }""")]
    public async Task Metadata_is_flat_and_cut_unless_asked_for(string query, string metadata)
    {
        await using var server = await ServerAsync();
        var (_, body) = await server.GetAsync($"/api/public/v2/observations?{query}");
        using var json = JsonDocument.Parse(body);

        Json.AssertEqual(metadata, json.RootElement.GetProperty("data")[0].GetProperty("metadata").GetRawText());
    }

    [Fact]
    public async Task A_cursor_leads_to_the_next_page_and_is_missing_on_the_last()
    {
        await using var server = await ServerAsync();
        server.Grains.Analytics.Observations.Add(Generation with { Id = "g2" });
        var (_, body) = await server.GetAsync("/api/public/v2/observations?limit=1");
        using var json = JsonDocument.Parse(body);
        var cursor = json.RootElement.GetProperty("meta").GetProperty("cursor").GetString()!;

        Assert.Equal(2, server.Grains.Analytics.ObservationQuery!.Limit);
        Assert.Single(json.RootElement.GetProperty("data").EnumerateArray());
        Json.AssertEqual(
            """{"lastStartTimeTo":"2026-01-05T10:00:00.000Z","lastTraceId":"t1","lastId":"g1"}""",
            System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(cursor)));
        await server.GetAsync($"/api/public/v2/observations?limit=1&cursor={Uri.EscapeDataString(cursor)}");
        Assert.Equal(new ObservationPlace(Start, "t1", "g1"), server.Grains.Analytics.ObservationQuery.After);
    }

    [Fact]
    public async Task No_observation_may_be_asked_for()
    {
        await using var server = await ServerAsync();
        Json.AssertEqual("""{"data":[],"meta":{} }""", (await server.GetAsync("/api/public/v2/observations?limit=0")).Body);
    }

    [Fact]
    public async Task The_parameters_are_passed_on()
    {
        await using var server = await ServerAsync();
        await server.GetAsync(
            "/api/public/v2/observations?name=n&userId=u&sessionId=s&type=span&traceId=t&level=ERROR&parentObservationId=&isRootObservation=true"
            + "&environment=a&environment=b&fromStartTime=2026-01-05T10:00:00Z&version=v&parseIoAsJson=false");

        var query = server.Grains.Analytics.ObservationQuery!;
        Assert.Equal(
            "session:s root:true -has:parent name:n user:u type:SPAN trace:t level:ERROR version:v env:a,b",
            FilterText.Format(FilterCatalog.Observations, query.Filter));
        Assert.Equal((Start, 51, false, false, false), (query.From, query.Limit, query.WithIo, query.WithMetadata, query.WithTotal));
    }

    private static async Task<ApiServer> ServerAsync()
    {
        var server = await ApiServer.StartAsync();
        server.Grains.Analytics.Observations.Add(Generation);
        server.Grains.Analytics.Traces.Add(new TraceRecord
        {
            Id = "t1",
            Timestamp = Start,
            Name = "answer",
            UserId = "u",
            SessionId = "s",
            Release = "r",
            Tags = ["a"],
            Public = true,
            Environment = "default",
            Summary = TraceSummary.Empty,
        });
        return server;
    }

    private const string Hundred = "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789";

    private const string Long = $"\"x{Hundred}{Hundred}\"";

    private const string Cut = $"\"x{Hundred}012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678\"";

    private static ObservationRecord Generation => new()
    {
        Id = "g1",
        TraceId = "t1",
        Type = ObservationType.Generation,
        Name = "call",
        StartTime = Start,
        EndTime = Start.AddSeconds(1.5),
        CompletionStartTime = Start.AddMilliseconds(250),
        Environment = "default",
        Model = "gpt-4o",
        ModelParameters = """{"t":1}""",
        Input = """{ "a": "\u00fc" }""",
        Output = "\"plain\"",
        Metadata = $$"""{"n":"5","deep":{"a":{{Long}},"b":[1]},"long":{{Long}},"empty":{} }""",
        Usage = [new("input", 3), new("total", 8)],
        Cost = new ObservationCost
        {
            Details = [new("input", 0.50m), new("total", 0.75m)],
            TotalUsd = 0.75m,
            ModelId = "m",
            TierName = "Standard",
            InputPrice = 0.0000030m,
            OutputPrice = 0.00001m,
        },
        PromptName = "greeting",
        PromptVersion = 2,
        CreatedAt = Start.AddSeconds(3),
        UpdatedAt = Start.AddSeconds(4),
    };
}
