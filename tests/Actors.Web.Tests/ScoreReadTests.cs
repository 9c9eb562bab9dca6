using System.Net;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Tests;

/// <summary>What reads of scores answer, compared as literal JSON (langfuse-api §6.2 to §6.4).</summary>
public sealed class ScoreReadTests
{
    private const string Times =
        "\"timestamp\":\"2026-01-05T10:00:02.000Z\",\"createdAt\":\"2026-01-05T10:00:03.000Z\",\"updatedAt\":\"2026-01-05T10:00:04.000Z\"";

    private const string Common =
        $$"""
        "source":"ANNOTATION",{{Times}},"authorUserId":"person","comment":"because \"so\"","configId":"config","queueId":"queue",
        "environment":"production","metadata":{"n":1,"deep":{"list":[1.5,"a",null]} }
        """;

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_first_version_lists_scores_with_what_is_known_of_their_traces()
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public/scores?limit=2");
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual(
            $$"""
            {"data":[
              {"id":"n","traceId":"t","observationId":null,"name":"n","dataType":"NUMERIC","value":0.25,{{Common}},
               "trace":{"userId":"u","tags":["a","b"],"environment":"default"} },
              {"id":"b","traceId":"t","observationId":"o","name":"b","dataType":"BOOLEAN","value":1,"stringValue":"True",{{Common}},
               "trace":{"userId":null,"tags":[],"environment":null} }],
             "meta":{"page":1,"limit":2,"totalItems":6,"totalPages":3} }
            """,
            body);
        Assert.True(server.Grains.Analytics.ScoreQuery!.TraceScoresOnly);
    }

    [Fact]
    public async Task The_second_version_lists_scores_of_everything()
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public/v2/scores");
        Assert.Equal(HttpStatusCode.OK, status);
        string Item(string id, string target, string value, string trace) => $$"""
            {"id":"{{id}}","name":"{{(id == "x" ? "output" : id)}}","projectId":"one",{{target}},{{value}},{{Common}},"trace":{{trace}}}
            """;
        const string OfTrace = "\"traceId\":\"t\",\"observationId\":null,\"sessionId\":null,\"datasetRunId\":null";
        Json.AssertEqual(
            $$"""
            {"data":[
              {{Item("n", OfTrace, "\"dataType\":\"NUMERIC\",\"value\":0.25", """{"userId":"u","tags":["a","b"],"environment":"default","sessionId":"s"}""")}},
              {{Item("b", OfTrace.Replace("\"observationId\":null", "\"observationId\":\"o\"", StringComparison.Ordinal), "\"dataType\":\"BOOLEAN\",\"value\":1,\"stringValue\":\"True\"", "null")}},
              {{Item("c", "\"traceId\":null,\"observationId\":null,\"sessionId\":\"s\",\"datasetRunId\":null", "\"dataType\":\"CATEGORICAL\",\"value\":0,\"stringValue\":\"good\"", "null")}},
              {{Item("r", "\"traceId\":null,\"observationId\":null,\"sessionId\":null,\"datasetRunId\":\"run\"", "\"dataType\":\"NUMERIC\",\"value\":1", "null")}},
              {{Item("t", OfTrace, "\"dataType\":\"TEXT\",\"stringValue\":\"long\"", "null")}},
              {{Item("x", OfTrace, "\"dataType\":\"CORRECTION\",\"value\":0,\"stringValue\":\"better\"", "null")}}],
             "meta":{"page":1,"limit":50,"totalItems":6,"totalPages":1} }
            """,
            body);
        Assert.False(server.Grains.Analytics.ScoreQuery!.TraceScoresOnly);

        (_, body) = await server.GetAsync("/api/public/v2/scores?limit=1&fields=score");
        Assert.Contains("\"trace\":null", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_third_version_answers_values_as_what_they_are_and_the_groups_asked_for()
    {
        await using var server = await ServerAsync();
        const string Core = $"\"projectId\":\"one\",\"source\":\"ANNOTATION\",\"environment\":\"production\",{Times}";
        var (status, body) = await server.GetAsync("/api/public/v3/scores");
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual(
            $$"""
            {"data":[
              {"id":"n","name":"n","dataType":"NUMERIC","value":0.25,{{Core}}},
              {"id":"b","name":"b","dataType":"BOOLEAN","value":true,{{Core}}},
              {"id":"c","name":"c","dataType":"CATEGORICAL","value":"good",{{Core}}},
              {"id":"r","name":"r","dataType":"NUMERIC","value":1,{{Core}}},
              {"id":"t","name":"t","dataType":"TEXT","value":"long",{{Core}}},
              {"id":"x","name":"output","dataType":"CORRECTION","value":"better",{{Core}}}],
             "meta":{"limit":50} }
            """,
            body);

        (_, body) = await server.GetAsync("/api/public/v3/scores?fields=details,subject,annotation");
        string Full(string id, string subject) => $$"""
            "id":"{{id}}",{{Core}},"comment":"because \"so\"","configId":"config","metadata":{"n":1,"deep":{"list":[1.5,"a",null]} },
            "authorUserId":"person","queueId":"queue","subject":{{subject}}
            """;
        Json.AssertEqual(
            $$"""
            {"data":[
              {"name":"n","dataType":"NUMERIC","value":0.25,{{Full("n", """{"kind":"trace","id":"t"}""")}}},
              {"name":"b","dataType":"BOOLEAN","value":true,{{Full("b", """{"kind":"observation","id":"o","traceId":"t"}""")}}},
              {"name":"c","dataType":"CATEGORICAL","value":"good",{{Full("c", """{"kind":"session","id":"s"}""")}}},
              {"name":"r","dataType":"NUMERIC","value":1,{{Full("r", """{"kind":"experiment","id":"run"}""")}}},
              {"name":"t","dataType":"TEXT","value":"long",{{Full("t", """{"kind":"trace","id":"t"}""")}}},
              {"name":"output","dataType":"CORRECTION","value":"better",{{Full("x", """{"kind":"trace","id":"t"}""")}}}],
             "meta":{"limit":50} }
            """,
            body);
    }

    [Fact]
    public async Task The_third_version_goes_on_from_its_cursor()
    {
        await using var server = await ServerAsync();
        var (_, body) = await server.GetAsync("/api/public/v3/scores?limit=2");
        var cursor = Convert.ToBase64String("{\"v\":1,\"lastTimestamp\":\"2026-01-05T10:00:02.000Z\",\"lastId\":\"b\"}"u8).TrimEnd('=');
        Assert.EndsWith($"],\"meta\":{{\"limit\":2,\"cursor\":\"{cursor}\"}}}}", body, StringComparison.Ordinal);
        Assert.Equal(3, server.Grains.Analytics.ScoreQuery!.Limit);

        await server.GetAsync("/api/public/v3/scores?limit=2&cursor=" + cursor);
        Assert.Equal(new ScoreCursor(Start.AddSeconds(2), "b"), server.Grains.Analytics.ScoreQuery!.After);
    }

    [Fact]
    public async Task One_score_is_answered_by_its_id()
    {
        await using var server = await ServerAsync();
        Json.AssertEqual(
            $$"""{"id":"n","traceId":"t","observationId":null,"name":"n","dataType":"NUMERIC","value":0.25,{{Common}}}""",
            (await server.GetAsync("/api/public/scores/n")).Body);
        Json.AssertEqual(
            $$"""
            {"id":"c","projectId":"one","traceId":null,"observationId":null,"sessionId":"s","datasetRunId":null,"name":"c",
             "dataType":"CATEGORICAL","value":0,"stringValue":"good",{{Common}}}
            """,
            (await server.GetAsync("/api/public/v2/scores/c")).Body);
    }

    [Theory]
    [InlineData("/scores/unknown")]
    [InlineData("/scores/c")]
    [InlineData("/scores/r")]
    [InlineData("/scores/x")]
    [InlineData("/v2/scores/unknown")]
    [InlineData("/v2/scores/bad%0Did")]
    public async Task A_score_that_a_version_does_not_know_is_answered_with_404(string path)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public" + path);
        Assert.Equal(HttpStatusCode.NotFound, status);
        Json.AssertEqual("""{"message":"Score not found","error":"LangfuseNotFoundError"}""", body);
    }

    [Fact]
    public async Task The_parameters_of_the_first_two_versions_are_passed_on()
    {
        await using var server = await ServerAsync();
        const string Shared =
            "page=2&limit=7&userId=u&name=n&fromTimestamp=2026-01-05T10:00:00Z&toTimestamp=2026-01-05T12:00:00%2B01:00&environment=x&environment=y"
            + "&source=EVAL&operator=%3E%3D&value=0.5&scoreIds=a,b&configId=c&queueId=q&dataType=NUMERIC&traceTags=s&traceTags=t";
        await server.GetAsync("/api/public/scores?" + Shared);
        Check(server.Grains.Analytics.ScoreQuery!);

        await server.GetAsync("/api/public/v2/scores?filter=" + Uri.EscapeDataString(
            """[{"type":"stringObject","column":"metadata","key":"a","operator":"=","value":"b"}]"""));
        Assert.Equal(
            new Condition("metadata", "a", FilterOperator.Equal, new TextValue("b")), server.Grains.Analytics.ScoreQuery!.Filter);

        await server.GetAsync("/api/public/v2/scores?sessionId=s1&datasetRunId=r1&traceId=t1&observationId=o1,o2&fields=score,trace&" + Shared);
        var query = server.Grains.Analytics.ScoreQuery!;
        Check(query);
        Assert.Equal(("s1", "r1", "t1"), (query.SessionIds.Single(), query.DatasetRunIds.Single(), query.TraceIds.Single()));
        Assert.Equal(["o1", "o2"], query.ObservationIds);

        static void Check(ScoreQuery query)
        {
            Assert.Equal((2, 7, "u", "n"), (query.Page, query.Limit, query.UserId, query.Names.Single()));
            Assert.Equal((Start, Start.AddHours(1)), (query.From, query.To));
            Assert.Equal(["x", "y"], query.Environments);
            Assert.Equal((ScoreSource.Eval, ScoreDataType.Numeric), (query.Sources.Single(), query.DataTypes.Single()));
            Assert.Equal(new ScoreValueTest(ScoreComparison.GreaterOrEqual, 0.5), query.ValueTests.Single());
            Assert.Equal(["a", "b"], query.Ids);
            Assert.Equal(("c", "q"), (query.ConfigIds.Single(), query.QueueIds.Single()));
            Assert.Equal(["s", "t"], query.TraceTags);
        }
    }

    [Fact]
    public async Task The_parameters_of_the_third_version_are_passed_on()
    {
        await using var server = await ServerAsync();
        await server.GetAsync(
            "/api/public/v3/scores?id=a,b&name=n,m&source=api,eval&dataType=numeric&environment=x,y&configId=c&queueId=q&authorUserId=p&value=1,2.5"
            + "&valueMin=0.5&valueMax=9&traceId=t&observationId=o&fromTimestamp=2026-01-05T10:00:00Z&toTimestamp=2026-01-05T11:00:00Z");
        var query = server.Grains.Analytics.ScoreQuery!;
        Assert.Equal(["a", "b"], query.Ids);
        Assert.Equal(["n", "m"], query.Names);
        Assert.Equal([ScoreSource.Api, ScoreSource.Eval], query.Sources);
        Assert.Equal(["x", "y"], query.Environments);
        Assert.Equal(("c", "q", "p", "t", "o"),
            (query.ConfigIds.Single(), query.QueueIds.Single(), query.AuthorUserIds.Single(), query.TraceIds.Single(), query.ObservationIds.Single()));
        Assert.Equal([1, 2.5], query.Values);
        Assert.Equal([new(ScoreComparison.GreaterOrEqual, 0.5), new(ScoreComparison.LessOrEqual, 9)], query.ValueTests);
        Assert.Equal((Start, Start.AddHours(1), false), (query.From, query.To, query.WithTotal));

        await server.GetAsync("/api/public/v3/scores?dataType=BOOLEAN&value=true,false&experimentId=r");
        query = server.Grains.Analytics.ScoreQuery!;
        Assert.Equal([1, 0], query.Values);
        Assert.Equal("r", query.DatasetRunIds.Single());

        await server.GetAsync("/api/public/v3/scores?dataType=CATEGORICAL&value=good,bad&sessionId=s");
        query = server.Grains.Analytics.ScoreQuery!;
        Assert.Equal(["good", "bad"], query.Labels);
        Assert.Equal("s", query.SessionIds.Single());
    }

    [Theory]
    [InlineData("/scores?limit=101", "too_big", "limit", "Too big: expected number to be <=100")]
    [InlineData("/scores?page=0", "too_small", "page", "Too small: expected number to be >=1")]
    [InlineData("/scores?operator=~", "invalid_value", "operator", "Invalid option: expected one of <, >, <=, >=, !=, =")]
    [InlineData("/scores?value=much", "invalid_type", "value", "Invalid input: expected number, received string")]
    [InlineData("/scores?source=ME", "invalid_value", "source", "Invalid option: expected one of API, ANNOTATION, EVAL")]
    [InlineData("/scores?dataType=COLOR", "invalid_value", "dataType", "Invalid option: expected one of NUMERIC, CATEGORICAL, BOOLEAN, TEXT, CORRECTION")]
    [InlineData("/v2/scores?limit=101", "too_big", "limit", "Too big: expected number to be <=100")]
    [InlineData("/v3/scores?limit=101", "too_big", "limit", "Too big: expected number to be <=100")]
    [InlineData("/v3/scores?fields=details,all", "invalid_value", "fields", "Invalid option: expected one of core, details, subject, annotation")]
    [InlineData("/v3/scores?value=1", "custom", "value", "value needs exactly one dataType of NUMERIC, BOOLEAN and CATEGORICAL")]
    [InlineData("/v3/scores?value=a&dataType=TEXT", "custom", "value", "value needs exactly one dataType of NUMERIC, BOOLEAN and CATEGORICAL")]
    [InlineData("/v3/scores?value=1&dataType=NUMERIC,BOOLEAN", "custom", "value", "value needs exactly one dataType of NUMERIC, BOOLEAN and CATEGORICAL")]
    [InlineData("/v3/scores?value=a&dataType=NUMERIC", "invalid_value", "value", "Invalid option: expected one of numbers")]
    [InlineData("/v3/scores?valueMin=1", "custom", "valueMin", "valueMin and valueMax need dataType=NUMERIC")]
    [InlineData("/v3/scores?valueMax=1&dataType=BOOLEAN", "custom", "valueMax", "valueMin and valueMax need dataType=NUMERIC")]
    [InlineData("/v3/scores?observationId=o", "custom", "observationId", "observationId needs a traceId")]
    [InlineData("/v3/scores?traceId=t&sessionId=s", "custom", "traceId", "Use at most one of traceId, sessionId and experimentId")]
    [InlineData("/v3/scores?sessionId=s&experimentId=e", "custom", "traceId", "Use at most one of traceId, sessionId and experimentId")]
    [InlineData("/v3/scores?cursor=abc", "custom", "cursor", "Invalid cursor: take it from meta.cursor of the page before")]
    [InlineData("/v3/scores?cursor=eyJ2IjoyfQ", "custom", "cursor", "Invalid cursor: take it from meta.cursor of the page before")]
    public async Task A_wrong_parameter_is_named(string path, string code, string field, string message)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public" + path);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            $$"""{"message":"Invalid request data","error":[{"code":"{{code}}","path":["{{field}}"],"message":"{{message}}"}]}""", body);
    }

    [Fact]
    public async Task A_parameter_that_the_third_version_does_not_know_is_refused()
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public/v3/scores?page=2");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            """{"message":"Invalid request data","error":[{"code":"unrecognized_keys","path":[],"message":"Unrecognized key: \"page\""}]}""", body);
    }

    [Theory]
    [InlineData("userId=u")]
    [InlineData("traceTags=a")]
    public async Task The_second_version_filters_by_the_trace_only_when_it_answers_it(string filter)
    {
        await using var server = await ServerAsync();
        var (status, body) = await server.GetAsync("/api/public/v2/scores?fields=score&" + filter);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            """{"message":"Filtering by userId or traceTags needs 'trace' in the fields parameter","error":"InvalidRequestError"}""", body);
    }

    [Theory]
    [InlineData("/scores")]
    [InlineData("/v2/scores")]
    [InlineData("/v2/scores/n")]
    [InlineData("/v3/scores")]
    public async Task Without_keys_nothing_is_answered(string path)
    {
        await using var server = await ServerAsync();
        server.Client.DefaultRequestHeaders.Authorization = null;
        var (status, body) = await server.GetAsync("/api/public" + path);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("\"message\"", body, StringComparison.Ordinal);
    }

    private static async Task<ApiServer> ServerAsync()
    {
        var server = await ApiServer.StartAsync();
        server.Grains.Analytics.Scores.AddRange(
        [
            new(Score("n", ScoreDataType.Numeric, 0.25) with { TraceId = "t" }, new ScoredTrace("u", ["a", "b"], "default", "s")),
            new(Score("b", ScoreDataType.Boolean, 1) with { TraceId = "t", ObservationId = "o" }, null),
            new(Score("c", ScoreDataType.Categorical, null, "good") with { SessionId = "s" }, null),
            new(Score("r", ScoreDataType.Numeric, 1) with { DatasetRunId = "run" }, null),
            new(Score("t", ScoreDataType.Text, null, "long") with { TraceId = "t" }, null),
            new(Score("x", ScoreDataType.Correction, null, "better") with { TraceId = "t", Name = "output" }, null),
        ]);
        return server;
    }

    private static ScoreRecord Score(string id, ScoreDataType type, double? value, string? text = null) => new()
    {
        Id = id,
        Name = id,
        DataType = type,
        Value = value,
        StringValue = text,
        Source = ScoreSource.Annotation,
        Environment = "production",
        Comment = "because \"so\"",
        ConfigId = "config",
        QueueId = "queue",
        AuthorUserId = "person",
        Metadata = """{"n":1,"deep":{"list":[1.5,"a",null]}}""",
        Timestamp = Start.AddSeconds(2),
        CreatedAt = Start.AddSeconds(3),
        UpdatedAt = Start.AddSeconds(4),
    };
}
