using System.Net;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Tests;

/// <summary>What reads answer, compared as literal JSON (langfuse-api §3 to §5, §15).</summary>
public sealed class ReadEndpointTests
{
    private const string Times = "\"createdAt\":\"2026-01-05T10:00:03.000Z\",\"updatedAt\":\"2026-01-05T10:00:04.000Z\"";

    private const string TraceCore = $$"""
        "id":"t/1","externalId":null,"timestamp":"2026-01-05T10:00:00.000Z","name":"answer","userId":"u","release":null,"version":null,
        "projectId":"one","environment":"default","public":false,"bookmarked":false,"tags":["a","b"],"sessionId":"s1",
        {{Times}},"htmlPath":"/project/one/traces/t%2F1"
        """;

    private const string Io = "\"metadata\":{\"n\":5},\"input\":{\"q\":\"hi\"},\"output\":\"plain\"";

    private const string Generation = $$"""
        {"id":"g1","projectId":"one","traceId":"t/1","parentObservationId":null,"name":"call","type":"GENERATION","environment":"default",
         "startTime":"2026-01-05T10:00:00.000Z","endTime":"2026-01-05T10:00:01.500Z","version":null,{{Times}},"input":[1],"output":null,
         "metadata":{},"level":"DEFAULT","statusMessage":null,"model":"gpt-4o","modelParameters":null,
         "completionStartTime":"2026-01-05T10:00:00.250Z","promptId":null,"promptName":null,"promptVersion":null,
         "usageDetails":{"input":3,"output":5,"total":8},"costDetails":{"input":0.5,"total":0.75},
         "usage":{"unit":"TOKENS","input":3,"output":5,"total":8},"unit":"TOKENS","promptTokens":3,"completionTokens":5,"totalTokens":8,
         "usagePricingTierName":"Standard","usagePricingTierId":"tier","modelId":"model","inputPrice":0.000003,"outputPrice":null,"totalPrice":null,
         "calculatedInputCost":0.5,"calculatedOutputCost":null,"calculatedTotalCost":0.75,"latency":1.5,"timeToFirstToken":0.25}
        """;

    private const string Span = $$"""
        {"id":"s1","projectId":"one","traceId":"t/1","parentObservationId":"g1","name":null,"type":"SPAN","environment":"default",
         "startTime":"2026-01-05T10:00:00.000Z","endTime":null,"version":null,{{Times}},"input":null,"output":null,"metadata":{},
         "level":"ERROR","statusMessage":"boom","model":null,"modelParameters":null,"completionStartTime":null,"promptId":null,"promptName":null,
         "promptVersion":null,"usageDetails":{},"costDetails":{},"usage":{"unit":"TOKENS","input":0,"output":0,"total":0},"unit":"TOKENS",
         "promptTokens":0,"completionTokens":0,"totalTokens":0,"usagePricingTierName":null,"usagePricingTierId":null,"modelId":null,
         "inputPrice":null,"outputPrice":null,"totalPrice":null,"calculatedInputCost":null,"calculatedOutputCost":null,
         "calculatedTotalCost":null,"latency":null,"timeToFirstToken":null}
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_trace_is_answered_with_its_observations_and_scores()
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public/traces/t%2F1");
        Assert.Equal(HttpStatusCode.OK, status);
        const string Score = $$"""
            "traceId":"t/1","observationId":null,"source":"API","timestamp":"2026-01-05T10:00:02.000Z",{{Times}},"authorUserId":null,
            "comment":null,"configId":null,"queueId":null,"environment":"default"
            """;
        Json.AssertEqual(
            $$"""
            {{{TraceCore}},{{Io}},"totalCost":0.75,"latency":1.5,"observations":[{{Generation}},{{Span}}],"scores":[
              {"id":"n","name":"n","dataType":"NUMERIC","value":0.5,"metadata":{"a":1},{{Score}}},
              {"id":"b","name":"b","dataType":"BOOLEAN","value":0,"stringValue":"False","metadata":{},{{Score}}},
              {"id":"c","name":"c","dataType":"CATEGORICAL","value":0,"stringValue":"good","metadata":{},{{Score}}},
              {"id":"t","name":"t","dataType":"TEXT","stringValue":"long","metadata":{},{{Score}}},
              {"id":"o","name":"output","dataType":"CORRECTION","value":0,"stringValue":"better","metadata":{},{{Score}}}]}
            """,
            body);
    }

    [Theory]
    [InlineData("core", $$"""{{{TraceCore}},"totalCost":-1,"latency":-1,"observations":[],"scores":[]}""")]
    [InlineData("io,metrics", $$"""{{{TraceCore}},{{Io}},"totalCost":0.75,"latency":1.5,"observations":[],"scores":[]}""")]
    [InlineData("observations,nonsense", $$"""{{{TraceCore}},"totalCost":-1,"latency":-1,"observations":["g1","s1"],"scores":[]}""")]
    [InlineData("nonsense", $$"""{{{TraceCore}},{{Io}},"totalCost":0.75,"latency":1.5,"observations":["g1","s1"],"scores":["score-1"]}""")]
    public async Task A_list_of_traces_holds_the_fields_asked_for(string fields, string item)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync($"/api/public/traces?fields={fields}");
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual($$"""{"data":[{{item}}],"meta":{"page":1,"limit":50,"totalItems":1,"totalPages":1} }""", body);
    }

    [Fact]
    public async Task The_parameters_of_a_list_of_traces_are_passed_on()
    {
        await using var server = await ServerAsync();
        await server.GetAsync(
            "/api/public/traces?page=2&limit=7&userId=u&name=n&sessionId=s&fromTimestamp=2026-01-05T10:00:00Z&toTimestamp=2026-01-05T12:00:00%2B01:00"
            + "&orderBy=name.asc&tags=a&tags=b&version=v&release=r&environment=x&environment=y&fields=core");
        var query = server.Grains.Analytics.TraceQuery!;
        Assert.Equal((2, 7), (query.Page, query.Limit));
        Assert.Equal((Start, Start.AddHours(1)), (query.From, query.To));
        Assert.Equal((TraceOrder.Name, false, 0), (query.OrderBy, query.Descending, query.TextLimit));
        Assert.Equal("user:u name:n session:s version:v release:r env:x,y tags:a tags:b", Written(query));

        await server.GetAsync("/api/public/traces?page=&limit=&userId=&fields=&filter=%5B%5D");
        query = server.Grains.Analytics.TraceQuery!;
        Assert.Equal(
            (1, 50, "", TraceOrder.Timestamp, true, null), (query.Page, query.Limit, Written(query), query.OrderBy, query.Descending, query.TextLimit));
    }

    [Theory]
    [InlineData("/traces?limit=101", "too_big", "limit")]
    [InlineData("/traces?limit=0", "too_small", "limit")]
    [InlineData("/traces?page=0", "too_small", "page")]
    [InlineData("/traces?page=x", "invalid_type", "page")]
    [InlineData("/traces?orderBy=name", "invalid_value", "orderBy")]
    [InlineData("/traces?orderBy=shoes.asc", "invalid_value", "orderBy")]
    [InlineData("/traces?fromTimestamp=yesterday", "invalid_format", "fromTimestamp")]
    [InlineData("/observations?type=THING", "invalid_value", "type")]
    [InlineData("/observations?level=LOUD", "invalid_value", "level")]
    [InlineData("/observations?toStartTime=9999-01-01T00:00:00Z", "invalid_format", "toStartTime")]
    [InlineData("/traces?filter=x", "custom", "filter")]
    [InlineData("/traces?filter=null", "invalid_type", "filter")]
    [InlineData("/observations?filter=x", "custom", "filter")]
    [InlineData("/v2/observations?filter=x", "custom", "filter")]
    [InlineData("/v2/observations?limit=1001", "too_big", "limit")]
    [InlineData("/v2/observations?limit=-1", "too_small", "limit")]
    [InlineData("/v2/observations?parseIoAsJson=true", "custom", "parseIoAsJson")]
    [InlineData("/v2/observations?isRootObservation=maybe", "invalid_value", "isRootObservation")]
    [InlineData("/v2/observations?cursor=nonsense", "custom", "cursor")]
    [InlineData("/v2/observations?cursor=e30%3D", "custom", "cursor")]
    [InlineData("/v2/observations?type=THING", "invalid_value", "type")]
    [InlineData("/sessions?page=0", "too_small", "page")]
    [InlineData("/sessions?fromTimestamp=x", "invalid_format", "fromTimestamp")]
    [InlineData("/sessions?limit=1000", "too_big", "limit")]
    public async Task Wrong_parameters_are_named(string path, string code, string field)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public" + path);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith(
            $$"""{"message":"Invalid request data","error":[{"code":"{{code}}","path":["{{field}}"],"message":""", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Observations_are_answered_alone_and_in_lists()
    {
        await using var server = await ServerAsync();
        Json.AssertEqual(Generation, (await server.GetAsync("/api/public/observations/g1")).Body);
        Json.AssertEqual(
            $$"""{"data":[{{Generation}},{{Span}}],"meta":{"page":3,"limit":1,"totalItems":2,"totalPages":2} }""",
            (await server.GetAsync(
                "/api/public/observations?page=3&limit=1&type=GENERATION&level=error&parentObservationId=p&traceId=t&fromStartTime=2026-01-05T10:00:00Z")).Body);
        var query = server.Grains.Analytics.ObservationQuery!;
        Assert.Equal(("type:GENERATION trace:t level:ERROR parent:p", Start), (Written(query), query.From));
    }

    [Fact]
    public async Task Sessions_are_answered_alone_and_in_lists()
    {
        await using var server = await ServerAsync();
        const string Session = """
            "id":"s1","createdAt":"2026-01-05T10:00:00.000Z","projectId":"one","environment":"default"
            """;
        Json.AssertEqual(
            $$"""{"data":[{{{Session}}}],"meta":{"page":1,"limit":50,"totalItems":101,"totalPages":3} }""",
            (await server.GetAsync("/api/public/sessions")).Body);
        var (_, body) = await server.GetAsync("/api/public/sessions/s1");
        Json.AssertEqual($$"""{{{Session}},"traces":[{{{TraceCore.Replace(",\"htmlPath\":\"/project/one/traces/t%2F1\"", "", StringComparison.Ordinal)}},{{Io}}}]}""", body);
        Assert.Equal("session:s1", Written(server.Grains.Analytics.TraceQuery!));
    }

    [Fact]
    public async Task The_project_of_the_key_is_answered()
    {
        await using var server = await ServerAsync();
        Json.AssertEqual(
            """{"data":[{"id":"one","name":"Project One","organization":{"id":"org","name":"Organization"},"metadata":{}}]}""",
            (await server.GetAsync("/api/public/projects")).Body);
    }

    [Theory]
    [InlineData("/traces/100%25252Funknown/?x=/y", "Trace 100%252Funknown not found within authorized project")]
    [InlineData("/traces/unknown", "Trace unknown not found within authorized project")]
    [InlineData("/observations/unknown", "Observation not found within authorized project")]
    [InlineData("/sessions/unknown", "Session not found within authorized project")]
    [InlineData("/nothing/here", "Not found")]
    public async Task What_is_not_there_is_answered_with_404(string path, string message)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public" + path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Json.AssertEqual($$"""{"message":"{{message}}","error":"LangfuseNotFoundError"}""", body);
    }

    [Theory]
    [InlineData(typeof(QueryTooLongException), 422, """{"message":"The query took too long. Ask for less: a shorter time, fewer columns, more filters.","error":"Request timed out"}""")]
    [InlineData(typeof(EventLogUnavailableException), 503, """{"message":"The event log does not answer; send the request again.","error":"ServiceUnavailable"}""")]
    [InlineData(typeof(InvalidOperationException), 500, """{"message":"Internal Server Error","error":"InternalServerError"}""")]
    public async Task A_read_that_fails_says_whether_to_come_again_and_nothing_of_the_inside(Type failure, int expected, string problem)
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Analytics.Failure = (Exception)Activator.CreateInstance(failure, failure == typeof(EventLogUnavailableException) ? ["secret", null] : ["secret"])!;
        var (status, body) = await server.GetAsync("/api/public/traces");
        Assert.Equal((HttpStatusCode)expected, status);
        Json.AssertEqual(problem, body);
    }

    [Fact]
    public async Task Another_method_is_answered_with_405()
    {
        await using var server = await ServerAsync();
        foreach (var (status, body) in new[]
        {
            await server.GetAsync("/api/public/ingestion"), await server.PostJsonAsync("/api/public/sessions", "{}"),
        })
        {
            Assert.Equal(HttpStatusCode.MethodNotAllowed, status);
            Json.AssertEqual("""{"message":"Method not allowed","error":"MethodNotAllowedError"}""", body);
        }
    }

    [Theory]
    [InlineData("\"{\\\"a\\\":1}\"", """{"a":1}""")]
    [InlineData("\" [1, 2] \"", "[1, 2]")]
    [InlineData("\"{broken\"", "\"{broken\"")]
    [InlineData("\"5\"", "5")]
    [InlineData("\"true\"", "true")]
    [InlineData("\"null\"", "null")]
    [InlineData("\"12345678901234567890\"", "\"12345678901234567890\"")]
    [InlineData("\"2026-01-05\"", "\"2026-01-05\"")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"plain\"", "\"plain\"")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData(null, "null")]
    public void Strings_that_hold_json_are_answered_as_that(string? stored, string expected) =>
        Assert.Equal(expected, Api.StoredJson.Value(stored).Text);

    private static string Written(TraceQuery query) => FilterText.Format(FilterCatalog.Traces, query.Filter);

    private static string Written(ObservationQuery query) => FilterText.Format(FilterCatalog.Observations, query.Filter);

    private static async Task<ApiServer> ServerAsync()
    {
        var server = await ApiServer.StartAsync();
        var trace = new TraceRecord
        {
            Id = "t/1",
            Timestamp = Start,
            Name = "answer",
            UserId = "u",
            SessionId = "s1",
            Environment = "default",
            Tags = ["a", "b"],
            Metadata = """{"n":"5"}""",
            Input = "\"{\\\"q\\\":\\\"hi\\\"}\"",
            Output = "\"plain\"",
            CreatedAt = Start.AddSeconds(3),
            UpdatedAt = Start.AddSeconds(4),
            Summary = new TraceSummary { CostUsd = 0.7500m, Latency = TimeSpan.FromSeconds(1.5), Observations = 2 },
        };
        var generation = new ObservationRecord
        {
            Id = "g1",
            TraceId = "t/1",
            Type = ObservationType.Generation,
            Name = "call",
            StartTime = Start,
            EndTime = Start.AddSeconds(1.5),
            CompletionStartTime = Start.AddMilliseconds(250),
            Environment = "default",
            Model = "gpt-4o",
            Input = "[1]",
            Usage = [new("input", 3), new("output", 5), new("total", 8)],
            Cost = new ObservationCost
            {
                Details = [new("input", 0.50m), new("total", 0.75m)],
                TotalUsd = 0.75m,
                ModelId = "model",
                TierId = "tier",
                TierName = "Standard",
                InputPrice = 0.0000030m,
            },
            CreatedAt = Start.AddSeconds(3),
            UpdatedAt = Start.AddSeconds(4),
        };
        var span = new ObservationRecord
        {
            Id = "s1",
            TraceId = "t/1",
            ParentObservationId = "g1",
            Type = ObservationType.Span,
            StartTime = Start,
            Environment = "default",
            Level = ObservationLevel.Error,
            StatusMessage = "boom",
            CreatedAt = Start.AddSeconds(3),
            UpdatedAt = Start.AddSeconds(4),
        };
        ScoreRecord[] scores =
        [
            Score("n", "n", ScoreDataType.Numeric, 0.5, null) with { Metadata = """{"a":1}""" },
            Score("b", "b", ScoreDataType.Boolean, 0, null),
            Score("c", "c", ScoreDataType.Categorical, null, "good"),
            Score("t", "t", ScoreDataType.Text, null, "long"),
            Score("o", "output", ScoreDataType.Correction, null, "better"),
        ];
        server.Grains.Trace("one/t:t/1").Document = new StreamDocument(1, trace, [generation, span], scores);
        server.Grains.Analytics.Traces.Add(trace);
        server.Grains.Analytics.Observations.AddRange([generation, span]);
        server.Grains.Analytics.Sessions.Add(new SessionRecord("s1", Start, "default", 1));
        return server;
    }

    private static ScoreRecord Score(string id, string name, ScoreDataType type, double? value, string? text) => new()
    {
        Id = id,
        TraceId = "t/1",
        Name = name,
        DataType = type,
        Value = value,
        StringValue = text,
        Environment = "default",
        Timestamp = Start.AddSeconds(2),
        CreatedAt = Start.AddSeconds(3),
        UpdatedAt = Start.AddSeconds(4),
    };
}
