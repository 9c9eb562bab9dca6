using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Actors.Tracing;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

/// <summary>The one-event routes say the same as the batch does, in their own spelling.</summary>
public sealed class LegacyEventTests
{
    [Fact]
    public async Task A_trace_is_stored()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal((HttpStatusCode.OK, """{"id":"t1"}"""), await server.PostJsonAsync("/api/public/traces", """{"id":"t1","name":"chat","userId":"u","metadata":{"a":1}}"""));
        var trace = Assert.IsType<TraceEvent>(Assert.Single(server.Grains.Events("one/t:t1")));
        Assert.Equal(("chat", "u", """{"a":1}"""), (trace.Name, trace.UserId, trace.Metadata));
    }

    [Theory]
    [InlineData("/traces", """{"name":"n"}""")]
    [InlineData("/spans", """{"name":"n"}""")]
    [InlineData("/generations", """{"name":"n"}""")]
    [InlineData("/events", """{"name":"n"}""")]
    public async Task What_is_created_may_leave_its_id_out(string path, string body)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, answer) = await server.PostJsonAsync("/api/public" + path, body);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal([$"one/t:{(string)JsonNode.Parse(answer)!["id"]!}"], server.Grains.Keys);
    }

    [Fact]
    public async Task A_span_is_created_and_updated()
    {
        await using var server = await ApiServer.StartAsync();
        await server.PostJsonAsync("/api/public/spans", """{"id":"s1","traceId":"t1","name":"step","startTime":"2026-01-05T10:00:00Z"}""");
        Assert.Equal(
            (HttpStatusCode.OK, """{"id":"s1"}"""),
            await server.SendAsync(HttpMethod.Patch, "/api/public/spans", """{"spanId":"s1","traceId":"t1","endTime":"2026-01-05T10:00:01Z","level":"ERROR"}"""));

        var events = server.Grains.Events("one/t:t1").Cast<ObservationEvent>().ToList();
        Assert.Equal([("s1", true, ObservationType.Span), ("s1", false, ObservationType.Span)], events.Select(e => (e.ObservationId, e.IsCreate, e.Type!.Value)));
        Assert.Equal((ObservationLevel.Error, Parsing.At.AddMilliseconds(-123).AddSeconds(1)), (events[1].Level, events[1].EndTime));
    }

    [Fact]
    public async Task A_generation_has_its_old_names()
    {
        await using var server = await ApiServer.StartAsync();
        await server.PostJsonAsync("/api/public/generations", """
            {"id":"g1","traceId":"t1","model":"gpt-4o","prompt":[{"role":"user","content":"hi"}],"completion":"hello",
             "usage":{"promptTokens":3,"completionTokens":5}}
            """);
        Assert.Equal(
            (HttpStatusCode.OK, """{"id":"g1"}"""),
            await server.SendAsync(HttpMethod.Patch, "/api/public/generations", """{"generationId":"g1","traceId":"t1","completion":"bye"}"""));

        var events = server.Grains.Events("one/t:t1").Cast<ObservationEvent>().ToList();
        Assert.Equal(("""[{"role":"user","content":"hi"}]""", "\"hello\""), (events[0].Input, events[0].Output));
        Assert.Equal([("input", 3L), ("output", 5L), ("total", 8L)], events[0].Usage.Select(u => (u.Key, u.Units)));
        Assert.Equal(("g1", "\"bye\"", false), (events[1].ObservationId, events[1].Output, events[1].IsCreate));
    }

    [Fact]
    public async Task What_is_said_later_within_one_millisecond_counts_later()
    {
        await using var server = await ApiServer.StartAsync(services => services.AddSingleton<TimeProvider>(new StoppedClock()));
        for (var n = 0; n < 3; n++)
        {
            await server.SendAsync(HttpMethod.Patch, "/api/public/spans", $$"""{"spanId":"s1","traceId":"t1","name":"{{n}}"}""");
        }

        Assert.Equal([("0", 0), ("1", 1), ("2", 2)], server.Grains.Events("one/t:t1").Cast<ObservationEvent>().Select(e => (e.Name, e.Sequence)));
    }

    [Fact]
    public async Task An_update_without_a_trace_finds_the_trace_of_what_it_updates()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Analytics.Observations.Add(new ObservationRecord
        {
            Id = "s1", TraceId = "t1", Type = ObservationType.Span, StartTime = Parsing.At, Environment = "default",
        });
        await server.SendAsync(HttpMethod.Patch, "/api/public/spans", """{"spanId":"s1","name":"known"}""");
        await server.SendAsync(HttpMethod.Patch, "/api/public/spans", """{"spanId":"s2","name":"unknown"}""");
        Assert.Equal(["one/t:s2", "one/t:t1"], server.Grains.Keys);
    }

    [Fact]
    public async Task Events_come_alone_or_as_a_list()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal((HttpStatusCode.OK, """{"id":"e1"}"""), await server.PostJsonAsync("/api/public/events", """{"id":"e1","traceId":"t1"}"""));
        Assert.Equal(
            (HttpStatusCode.OK, """{"id":"e2"}"""),
            await server.PostJsonAsync("/api/public/events", """[{"id":"e2","traceId":"t1"},{"id":"e3","traceId":"t2"},{"id":"e4","traceId":"t1"}]"""));
        Assert.Equal(["e1", "e2", "e4"], server.Grains.Events("one/t:t1").Cast<ObservationEvent>().Select(e => e.ObservationId));
        Assert.Equal(["e3"], server.Grains.Events("one/t:t2").Cast<ObservationEvent>().Select(e => e.ObservationId));
        Assert.All(server.Grains.Events("one/t:t1").Cast<ObservationEvent>(), e => Assert.Equal(ObservationType.Event, e.Type));
    }

    [Theory]
    [InlineData("POST", "/traces", """{"name":5}""", """[{"code":"invalid_type","path":["name"],"message":"Invalid input: expected string, received number"}]""")]
    [InlineData("POST", "/traces", """[]""", """[{"code":"invalid_type","path":[],"message":"Invalid input: expected object, received array"}]""")]
    [InlineData("POST", "/spans", """{"level":"LOUD"}""", """[{"code":"invalid_value","path":["level"],"message":"Invalid option: expected one of DEBUG, DEFAULT, WARNING, ERROR"}]""")]
    [InlineData("PATCH", "/spans", """{"name":"n"}""", """[{"code":"invalid_type","path":["spanId"],"message":"Invalid input: expected string, received undefined"}]""")]
    [InlineData("PATCH", "/generations", """{"name":"n"}""", """[{"code":"invalid_type","path":["generationId"],"message":"Invalid input: expected string, received undefined"}]""")]
    [InlineData("POST", "/generations", """{"prompt":"a","input":"b"}""", """[{"code":"custom","path":["prompt"],"message":"Invalid input: the property occurs twice"}]""")]
    [InlineData("POST", "/generations", """{"usage":{"promptTokens":1.5}}""", """[{"code":"custom","path":["usage"],"message":"Invalid input: promptTokens is not a whole number of zero or more"}]""")]
    [InlineData("POST", "/events", """[]""", """[{"code":"too_small","path":[],"message":"Expected 1 to 1000 events"}]""")]
    [InlineData("POST", "/events", """[{"id":"e1"},{"id":""},5]""", """[{"code":"too_small","path":["1","id"],"message":"Too small: expected at least 1 character"},{"code":"invalid_type","path":["2"],"message":"Invalid input: expected object, received number"}]""")]
    public async Task A_wrong_body_stores_nothing_and_is_told_what_is_wrong(string method, string path, string body, string issues)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, answer) = await server.SendAsync(new HttpMethod(method), "/api/public" + path, body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Json.AssertEqual($$"""{"message":"Invalid request data","error":{{issues}}}""", answer);
        Assert.Empty(server.Grains.Keys);
    }

    [Theory]
    [InlineData("POST", "/traces")]
    [InlineData("POST", "/spans")]
    [InlineData("PATCH", "/spans")]
    [InlineData("POST", "/generations")]
    [InlineData("PATCH", "/generations")]
    [InlineData("POST", "/events")]
    public async Task They_need_the_secret_key_and_json(string method, string path)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, answer) = await server.SendAsync(new HttpMethod(method), "/api/public" + path, "{");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("""{"message":"Invalid request data","error":[""", answer, StringComparison.Ordinal);
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pk-lf-1");
        Assert.Equal(HttpStatusCode.Forbidden, (await server.SendAsync(new HttpMethod(method), "/api/public" + path, "{}")).Status);
        server.Client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(new HttpMethod(method), "/api/public" + path, "{}")).Status);
    }

    [Theory]
    [InlineData("GET", "/spans")]
    [InlineData("DELETE", "/generations")]
    [InlineData("PATCH", "/events")]
    [InlineData("GET", "/ingestion")]
    [InlineData("PUT", "/scores")]
    public async Task Other_methods_are_not_allowed(string method, string path)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, answer) = await server.SendAsync(new HttpMethod(method), "/api/public" + path);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, status);
        Json.AssertEqual("""{"message":"Method not allowed","error":"MethodNotAllowedError"}""", answer);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Parsing.At;
    }
}
