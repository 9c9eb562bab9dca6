using System.Net;
using System.Text.Json.Nodes;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Tests;

public sealed class CommentEndpointTests(StoredApi stored) : IClassFixture<StoredApi>
{
    private const string Path = "/api/public/comments";

    private ApiServer Api => stored.Server;

    [Fact]
    public async Task What_exists_can_be_commented()
    {
        Api.Grains.Trace("one/t:there").Document = new StreamDocument(1, ATrace("there"), [], []);
        Api.Grains.Analytics.Observations.Add(AnObservation("seen"));
        Api.Grains.Analytics.Sessions.Add(new SessionRecord("talk", DateTimeOffset.UnixEpoch, "default", 1));
        var prompt = JsonNode.Parse((await Api.PostJsonAsync("/api/public/v2/prompts", """{"name":"commented","prompt":"x"}""")).Body)!["id"];
        foreach (var (type, id) in new[] { ("TRACE", "there"), ("OBSERVATION", "seen"), ("SESSION", "talk"), ("PROMPT", prompt!.ToString()) })
        {
            var (status, body) = await Api.PostJsonAsync(
                Path, $$"""{"projectId":"one","objectType":"{{type}}","objectId":"{{id}}","content":" **good** \n","authorUserId":null}""");
            Assert.True(status == HttpStatusCode.OK, body);
            var commentId = JsonNode.Parse(body)!["id"]!.ToString();

            var comment = JsonNode.Parse((await Api.GetAsync($"{Path}/{commentId}")).Body)!;
            Json.AssertEqual(
                $$"""
                {"id":"{{commentId}}","projectId":"one","createdAt":"{{comment["createdAt"]}}","updatedAt":"{{comment["createdAt"]}}",
                 "objectType":"{{type}}","objectId":"{{id}}","content":"**good**","authorUserId":null}
                """,
                comment.ToJsonString());
            Json.AssertEqual(
                $$"""{"data":[{{comment.ToJsonString()}}],"meta":{"page":1,"limit":50,"totalItems":1,"totalPages":1} }""",
                (await Api.GetAsync($"{Path}?objectType={type}&objectId={id}")).Body);
        }
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("OBSERVATION")]
    [InlineData("SESSION")]
    [InlineData("PROMPT")]
    public async Task What_does_not_exist_cannot(string type)
    {
        var (status, body) = await Api.PostJsonAsync(Path, $$"""{"projectId":"one","objectType":"{{type}}","objectId":"nothing","content":"x"}""");
        Assert.Equal(HttpStatusCode.NotFound, status);
        Json.AssertEqual($$"""{"message":"{{type}} nothing not found within authorized project","error":"LangfuseNotFoundError"}""", body);
    }

    [Theory]
    [InlineData("POST", "", """{"projectId":"two","objectType":"TRACE","objectId":"t","content":"x"}""", 400, """{"message":"projectId is not the project of the API key","error":"InvalidRequestError"}""")]
    [InlineData("POST", "", """{"projectId":"one","objectType":"TRACE","objectId":"t","content":"x","authorUserId":"stranger"}""", 400, """{"message":"authorUserId is no member of the organization","error":"InvalidRequestError"}""")]
    [InlineData("POST", "", """{"projectId":"one","objectType":"trace","objectId":"t","content":"x"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_value","path":["objectType"],"message":"Invalid option: expected one of TRACE, OBSERVATION, SESSION, PROMPT"}]}""")]
    [InlineData("POST", "", """{"projectId":"one","objectType":"TRACE","objectId":"t","content":"x","more":1}""", 400, """{"message":"Invalid request data","error":[{"code":"unrecognized_keys","path":[],"message":"Unrecognized key: \"more\""}]}""")]
    [InlineData("POST", "", """{"projectId":"one","objectType":"TRACE","objectId":"t","content":"  "}""", 400, """{"message":"Invalid request data","error":[{"code":"too_small","path":["content"],"message":"Too small: expected string to have >=1 characters"}]}""")]
    [InlineData("POST", "", """{"objectType":"TRACE","objectId":"t","content":"x"}""", 400, """{"message":"Invalid request data","error":[{"code":"invalid_type","path":["projectId"],"message":"Invalid input: expected string, received undefined"}]}""")]
    [InlineData("GET", "/none", null, 404, """{"message":"Comment not found within authorized project","error":"LangfuseNotFoundError"}""")]
    [InlineData("GET", "?objectId=t", null, 400, """{"message":"Invalid request data","error":[{"code":"custom","path":["objectType"],"message":"objectType is required when objectId is provided"}]}""")]
    [InlineData("GET", "?objectType=trace", null, 400, """{"message":"Invalid request data","error":[{"code":"invalid_value","path":["objectType"],"message":"Invalid option: expected one of TRACE, OBSERVATION, SESSION, PROMPT"}]}""")]
    [InlineData("GET", "?more=1", null, 400, """{"message":"Invalid request data","error":[{"code":"unrecognized_keys","path":[],"message":"Unrecognized key: \"more\""}]}""")]
    [InlineData("GET", "?limit=101", null, 400, """{"message":"Invalid request data","error":[{"code":"too_big","path":["limit"],"message":"Too big: expected number to be <=100"}]}""")]
    [InlineData("PUT", "", "{}", 405, """{"message":"Method not allowed","error":"MethodNotAllowedError"}""")]
    public async Task Wrong_requests_get_their_answer(string method, string path, string? json, int status, string expected)
    {
        var (answered, body) = await Api.SendAsync(new HttpMethod(method), Path + path, json);
        Assert.Equal(status, (int)answered);
        Json.AssertEqual(expected, body);
    }

    [Fact]
    public async Task A_comment_has_at_most_5000_characters()
    {
        var (status, body) = await Api.PostJsonAsync(
            Path, $$"""{"projectId":"one","objectType":"TRACE","objectId":"t","content":"{{new string('x', 5001)}}"}""");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual(
            """{"message":"Invalid request data","error":[{"code":"too_big","path":["content"],"message":"Too big: expected string to have <=5000 characters"}]}""",
            body);
    }

    private static TraceRecord ATrace(string id) => new()
    {
        Id = id, Timestamp = DateTimeOffset.UnixEpoch, Environment = "default", Summary = new TraceSummary(),
    };

    private static ObservationRecord AnObservation(string id) => new()
    {
        Id = id, TraceId = "t", Type = ObservationType.Span, StartTime = DateTimeOffset.UnixEpoch, Environment = "default",
    };
}
