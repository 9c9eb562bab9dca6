using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Actors.Scoring;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

public sealed class ScoreWriteTests
{
    private const string Path = "/api/public/scores";

    [Fact]
    public async Task A_score_is_stored_under_its_id()
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await server.PostJsonAsync(
            Path, """{"id":"s1","traceId":"t1","observationId":"o1","name":"helpful","value":0.5,"comment":"why","metadata":{"a":1},"environment":"Prod"}""");

        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual("""{"id":"s1"}""", body);
        var score = Assert.IsType<ScoreEvent>(Assert.Single(server.Grains.Events("one/t:t1")));
        Assert.Equal(("s1", "helpful", 0.5, "o1", "why", "prod"), (score.ScoreId, score.Name, score.Value, score.ObservationId, score.Comment, score.Environment));
        Assert.Equal(ScoreSource.Api, score.Source);
    }

    [Theory]
    [InlineData("""{"sessionId":"x","name":"n","value":1}""", "one/s:x")]
    [InlineData("""{"datasetRunId":"x","name":"n","value":"good"}""", "one/r:x")]
    [InlineData("""{"traceId":"x","name":"n","value":1,"dataType":"BOOLEAN","source":"API"}""", "one/t:x")]
    [InlineData("""{"traceId":"x","name":"n","value":1,"source":"ANNOTATION","configId":"c"}""", "one/t:x")]
    [InlineData("""{"traceId":"x","name":"output","value":"better","dataType":"CORRECTION","source":"ANNOTATION"}""", "one/t:x")]
    public async Task Every_target_and_source_is_taken_and_an_id_is_made(string score, string key)
    {
        await using var server = await ApiServer.StartAsync(services => services.AddSingleton<IScoreRules, OneConfig>());
        var (status, body) = await server.PostJsonAsync(Path, score);

        Assert.Equal(HttpStatusCode.OK, status);
        var stored = Assert.IsType<ScoreEvent>(Assert.Single(server.Grains.Events(key)));
        Json.AssertEqual($$"""{"id":"{{stored.ScoreId}}"}""", body);
        Assert.True(Guid.TryParse(stored.ScoreId, out _));
    }

    [Fact]
    public async Task A_public_key_is_enough()
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pk-lf-2");
        var (status, _) = await server.PostJsonAsync(Path, """{"traceId":"t1","name":"n","value":1}""");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["two/t:t1"], server.Grains.Keys);
    }

    [Theory]
    [InlineData(null, "No authorization header")]
    [InlineData("Digest x", "Invalid authorization header")]
    [InlineData("Bearer pk-lf-9", "Invalid credentials. Confirm that you've configured the correct host.")]
    public async Task Without_a_key_nothing_is_stored(string? header, string message)
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = null;
        if (header is not null)
        {
            server.Client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        }

        var (status, body) = await server.PostJsonAsync(Path, """{"traceId":"t1","name":"n","value":1}""");
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Json.AssertEqual($$"""{"message":"{{message}}"}""", body);
        Assert.Empty(server.Grains.Keys);
    }

    [Theory]
    [InlineData("""{"traceId":"t","name":"n","value":1,"source":"EVAL"}""", "invalid_value", "source", "Invalid option: expected one of API, ANNOTATION")]
    [InlineData("""{"traceId":"t","name":"n","value":1,"source":"GUESS"}""", "invalid_value", "source", "Invalid option: expected one of API, EVAL, ANNOTATION")]
    [InlineData("""{"traceId":"t","name":"n","value":1,"source":"ANNOTATION"}""", "custom", "configId", "An annotation needs the configId of its score config")]
    [InlineData("""{"traceId":"t","name":"","value":1}""", "too_small", "name", "Too small: expected a name")]
    [InlineData("""{"traceId":"t","name":"n"}""", "invalid_type", "value", "Invalid input: expected number")]
    [InlineData("""{"traceId":"t","name":"n","value":2,"dataType":"BOOLEAN"}""", "invalid_type", "value", "Invalid input: expected 0 or 1")]
    [InlineData("""{"traceId":"t","name":"n","value":"","dataType":"TEXT"}""", "invalid_type", "value", "Invalid input: expected 1 to 500 characters")]
    [InlineData("""{"traceId":"t","name":"n","value":"x","dataType":"CORRECTION","configId":"c"}""", "invalid_type", "value", "Invalid input: a correction follows no config")]
    [InlineData("""{"name":"n","value":1}""", "custom", null, "Provide exactly one of traceId, sessionId and datasetRunId")]
    [InlineData("""{"traceId":"t","sessionId":"s","name":"n","value":1}""", "custom", null, "Provide exactly one of traceId, sessionId and datasetRunId")]
    [InlineData("""{"sessionId":"s","observationId":"o","name":"n","value":1}""", "custom", "observationId", "observationId needs a traceId")]
    [InlineData("""[]""", "invalid_type", null, "Invalid input: expected object, received array")]
    [InlineData("""true""", "invalid_type", null, "Invalid input: expected object, received boolean")]
    public async Task A_wrong_score_is_told_what_is_wrong(string body, string code, string? field, string message)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, answer) = await server.PostJsonAsync(Path, body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var expected = new JsonObject
        {
            ["message"] = "Invalid request data",
            ["error"] = new JsonArray(new JsonObject { ["code"] = code, ["path"] = field is null ? new JsonArray() : new JsonArray(field), ["message"] = message }),
        };
        Json.AssertEqual(expected.ToJsonString(), answer);
        Assert.Empty(server.Grains.Keys);
    }

    [Theory]
    [InlineData(500, HttpStatusCode.OK)]
    [InlineData(501, HttpStatusCode.BadRequest)]
    public async Task A_text_ends_at_500_characters(int length, HttpStatusCode expected)
    {
        await using var server = await ApiServer.StartAsync();
        var score = $$"""{"traceId":"t","name":"n","dataType":"TEXT","value":"{{new string('x', length)}}"}""";
        Assert.Equal(expected, (await server.PostJsonAsync("/api/public/scores", score)).Status);
    }

    [Fact]
    public async Task What_is_no_json_or_too_large_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostJsonAsync(Path, "{")).Status);
        var (status, body) = await server.PostAsync(Path, new ByteArrayContent(new byte[5 << 20]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Json.AssertEqual("""{"message":"Request body is too large","error":"PayloadTooLargeError"}""", body);
    }

    [Fact]
    public async Task A_stream_that_cannot_store_is_told_to_the_caller()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Failures["one/t:full"] = () => new EventLogOverloadedException("full");
        server.Grains.Failures["one/t:broken"] = () => new InvalidOperationException("secret detail");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.PostJsonAsync(Path, """{"traceId":"full","name":"n","value":1}""")).Status);
        var (status, body) = await server.PostJsonAsync(Path, """{"traceId":"broken","name":"n","value":1}""");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Json.AssertEqual("""{"message":"Internal Server Error","error":"InternalServerError"}""", body);
    }

    [Fact]
    public async Task A_config_gives_its_name_and_type_or_refuses_in_both_doors()
    {
        await using var server = await ApiServer.StartAsync(services => services.AddSingleton<IScoreRules, OneConfig>());

        var (status, _) = await server.PostJsonAsync(Path, """{"id":"s1","traceId":"t1","name":"mine","value":1,"configId":"c"}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var (refused, why) = await server.PostJsonAsync(Path, """{"traceId":"t1","name":"mine","value":7,"configId":"c"}""");
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Json.AssertEqual("""{"message":"Invalid request data","error":[{"code":"custom","path":["configId"],"message":"too high"}]}""", why);

        var (batch, answer) = await server.IngestAsync(Parsing.Batch(
            Parsing.Event("score-create", """{"id":"s2","traceId":"t1","name":"mine","value":1,"configId":"c"}""", "e1"),
            Parsing.Event("score-create", """{"id":"s3","traceId":"t2","name":"mine","value":7,"configId":"c"}""", "e2"),
            Parsing.Event("score-create", """{"id":"s4","traceId":"t1","name":"mine","value":1,"configId":"c","dataType":"NUMERIC"}""", "e3"),
            Parsing.Event("score-create", """{"id":"s5","traceId":"t1","name":"free","value":7}""", "e4")));
        Assert.Equal(HttpStatusCode.MultiStatus, batch);
        Assert.Equal(["e1", "e3", "e4"], JsonNode.Parse(answer)!["successes"]!.AsArray().Select(s => (string?)s!["id"]));
        var error = Assert.Single(JsonNode.Parse(answer)!["errors"]!.AsArray())!;
        Assert.Equal(("e2", 400), ((string?)error["id"], (int)error["status"]!));
        Json.AssertEqual("""[{"code":"custom","path":["body","configId"],"message":"too high"}]""", (string)error["error"]!);
        Assert.Equal(
            [("s1", "config", ScoreDataType.Boolean), ("s2", "config", ScoreDataType.Boolean), ("s4", "config", ScoreDataType.Numeric), ("s5", "free", ScoreDataType.Numeric)],
            server.Grains.Events("one/t:t1").Cast<ScoreEvent>().Select(s => (s.ScoreId, s.Name, s.DataType)));
        Assert.Empty(server.Grains.Events("one/t:t2"));
    }

    [Fact]
    public async Task A_score_is_deleted_in_the_stream_that_holds_it()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Scores[("one", "a/b")] = StreamId.ForSession("chat");
        const string Answer = """{"message":"Score deletion queued successfully"}""";

        Assert.Equal((HttpStatusCode.Accepted, Answer), await server.SendAsync(HttpMethod.Delete, Path + "/a%2Fb"));
        Assert.Equal((HttpStatusCode.Accepted, Answer), await server.SendAsync(HttpMethod.Delete, Path + "/unknown"));
        server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");
        Assert.Equal((HttpStatusCode.Accepted, Answer), await server.SendAsync(HttpMethod.Delete, Path + "/a%2Fb"));

        Assert.Equal(["one/s:chat"], server.Grains.Keys);
        Assert.Equal(["a/b"], server.Grains.Trace("one/s:chat").DeletedScores);
    }

    private sealed class OneConfig : IScoreRules
    {
        public ValueTask<ScoreVerdict> CheckAsync(ProjectId project, ScoreEvent score, bool typeIsSaid, CancellationToken cancellationToken) =>
            ValueTask.FromResult(score.Value > 1
                ? ScoreVerdict.Refused("too high")
                : ScoreVerdict.Accepted(score with { Name = "config", DataType = typeIsSaid ? score.DataType : ScoreDataType.Boolean }));
    }
}
