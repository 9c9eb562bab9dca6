using System.Net;
using System.Net.Http.Headers;
using Actors.Tracing;

namespace Actors.Web.Tests;

public sealed class TraceDeleteTests
{
    private const string One = """{"message":"Trace deleted successfully"}""";
    private const string Many = """{"message":"Traces deleted successfully"}""";

    [Fact]
    public async Task A_trace_is_deleted_by_its_actor_whether_it_is_known_or_not()
    {
        await using var server = await ApiServer.StartAsync();
        await server.IngestAsync(Parsing.Batch(Parsing.Event("trace-create", """{"id":"known"}""")));

        Assert.Equal((HttpStatusCode.OK, One), await server.SendAsync(HttpMethod.Delete, "/api/public/traces/known"));
        Assert.Equal((HttpStatusCode.OK, One), await server.SendAsync(HttpMethod.Delete, "/api/public/traces/unknown"));

        Assert.Equal(1, server.Grains.Trace("one/t:known").Deletions);
    }

    [Theory]
    [InlineData("a%2Fb%20c", "one/t:a/b c")]
    [InlineData("%2525", "one/t:%25")]
    public async Task Ids_are_taken_from_the_path_as_they_were_chosen(string escaped, string key)
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal((HttpStatusCode.OK, One), await server.SendAsync(HttpMethod.Delete, "/api/public/traces/" + escaped));
        Assert.Equal(1, server.Grains.Trace(key).Deletions);
    }

    [Fact]
    public async Task Many_traces_are_deleted_each_once_and_only_in_the_project_of_the_key()
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-2", "sk-lf-2");

        // An id that no trace can have is as unknown as any other.
        var answer = await server.SendAsync(HttpMethod.Delete, "/api/public/traces", """{"traceIds":["t1","t2","t1","a\rb",""]}""");

        Assert.Equal((HttpStatusCode.OK, Many), answer);
        Assert.Equal(["two/t:t1", "two/t:t2"], server.Grains.Keys);
        Assert.All(server.Grains.Keys, key => Assert.Equal(1, server.Grains.Trace(key).Deletions));
    }

    [Theory]
    [InlineData(1000, HttpStatusCode.OK)]
    [InlineData(1001, HttpStatusCode.BadRequest)]
    public async Task One_request_deletes_a_thousand_traces_at_most(int count, HttpStatusCode expected)
    {
        await using var server = await ApiServer.StartAsync();
        var ids = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"t{i}\""));
        Assert.Equal(expected, (await server.SendAsync(HttpMethod.Delete, "/api/public/traces", $$"""{"traceIds":[{{ids}}]}""")).Status);
    }

    [Theory]
    [InlineData("""{}""", "invalid_type", "traceIds", "Invalid input: expected array, received undefined")]
    [InlineData("""{"traceIds":null}""", "invalid_type", "traceIds", "Invalid input: expected array, received null")]
    [InlineData("""{"traceIds":"t1"}""", "invalid_type", "traceIds", "Invalid input: expected array, received string")]
    [InlineData("""{"traceIds":[]}""", "too_small", "traceIds", "Too small: expected array to have >=1 items")]
    [InlineData("""{"traceIds":["t1",5]}""", "invalid_type", "traceIds", "Invalid input: expected string, received number")]
    [InlineData("""["t1"]""", "invalid_type", null, "Invalid input: expected object, received array")]
    public async Task A_wrong_body_deletes_nothing_and_is_told_what_is_wrong(string body, string code, string? field, string message)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, answer) = await server.SendAsync(HttpMethod.Delete, "/api/public/traces", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var issue = System.Text.Json.Nodes.JsonNode.Parse(answer)!["error"]![0]!;
        Assert.Equal("Invalid request data", (string?)System.Text.Json.Nodes.JsonNode.Parse(answer)!["message"]);
        Assert.Equal((code, message), ((string?)issue["code"], (string?)issue["message"]));
        string?[] path = field is null ? [] : [field];
        Assert.Equal(path, issue["path"]!.AsArray().Select(p => (string?)p));
        Assert.Empty(server.Grains.Keys);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{")]
    public async Task What_is_no_json_is_refused(string? body)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, answer) = await server.SendAsync(HttpMethod.Delete, "/api/public/traces", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("""{"message":"Invalid request data","error":[""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_is_full_or_silent_is_told_to_the_caller()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Failures["one/t:full"] = () => new EventLogOverloadedException("full");
        server.Grains.Failures["one/t:silent"] = () => new EventLogUnavailableException("secret detail");

        var (full, limit) = await server.SendAsync(HttpMethod.Delete, "/api/public/traces/full");
        Assert.Equal(HttpStatusCode.TooManyRequests, full);
        Assert.Contains("\"code\":\"rate_limited\"", limit, StringComparison.Ordinal);
        var (silent, body) = await server.SendAsync(HttpMethod.Delete, "/api/public/traces", """{"traceIds":["fine","silent"]}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, silent);
        Json.AssertEqual("""{"message":"The event log does not answer; send the request again.","error":"ServiceUnavailable"}""", body);
    }

    [Theory]
    [InlineData("/traces/t1")]
    [InlineData("/traces")]
    [InlineData("/scores/s1")]
    public async Task Only_the_secret_key_deletes(string path)
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pk-lf-1");
        var (forbidden, body) = await server.SendAsync(HttpMethod.Delete, "/api/public" + path, """{"traceIds":["t1"]}""");
        Assert.Equal(HttpStatusCode.Forbidden, forbidden);
        Json.AssertEqual("""{"message":"Access denied - insufficient permissions for this endpoint"}""", body);

        server.Client.DefaultRequestHeaders.Authorization = null;
        var (unauthorized, why) = await server.SendAsync(HttpMethod.Delete, "/api/public" + path, """{"traceIds":["t1"]}""");
        Assert.Equal(HttpStatusCode.Unauthorized, unauthorized);
        Json.AssertEqual("""{"message":"No authorization header"}""", why);
        Assert.Empty(server.Grains.Keys);
    }
}
