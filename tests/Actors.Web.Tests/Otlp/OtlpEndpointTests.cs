using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Actors.Tracing;

namespace Actors.Web.Tests;

public sealed class OtlpEndpointTests
{
    internal const string TwoSpans = """
        {"resourceSpans":[{"resource":{"attributes":[
            {"key":"service.name","value":{"stringValue":"shop"}},
            {"key":"langfuse.environment","value":{"stringValue":"Production"}}]},
          "scopeSpans":[{"scope":{"name":"langfuse-sdk","version":"5.11.1"},"spans":[
            {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","name":"root",
             "startTimeUnixNano":"1767607200000000000","endTimeUnixNano":"1767607202500000000","status":{"code":0},
             "attributes":[
               {"key":"langfuse.observation.type","value":{"stringValue":"agent"}},
               {"key":"langfuse.observation.input","value":{"stringValue":"{\"q\":\"hi\"}"}},
               {"key":"langfuse.observation.output","value":{"stringValue":"plain text"}},
               {"key":"langfuse.trace.tags","value":{"arrayValue":{"values":[{"stringValue":"a"},{"stringValue":"b"}]}}},
               {"key":"user.id","value":{"stringValue":"u1"}},
               {"key":"session.id","value":{"stringValue":"s1"}}]},
            {"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"c7ad6b7169203332","parentSpanId":"b7ad6b7169203331","name":"chat",
             "startTimeUnixNano":1767607201000000000,"endTimeUnixNano":{"low":1,"high":0},"status":{"code":2,"message":"boom"},
             "attributes":[
               {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
               {"key":"gen_ai.response.model","value":{"stringValue":"gpt-4o"}},
               {"key":"gen_ai.request.temperature","value":{"doubleValue":0.5}},
               {"key":"gen_ai.usage.input_tokens","value":{"intValue":"30"}},
               {"key":"gen_ai.usage.output_tokens","value":{"intValue":10}},
               {"key":"gen_ai.usage.cache_read_input_tokens","value":{"intValue":12}},
               {"key":"gen_ai.input.messages","value":{"stringValue":"[{\"role\":\"user\",\"content\":\"hi\"}]"}}]}]}]}]}
        """;

    private const string Path = "/api/public/otel/v1/traces";
    private const string Stream = "one/t:0af7651916cd43dd8448eb211c80319c";

    [Theory]
    [InlineData(Path)]
    [InlineData("/v1/traces")]
    public async Task Spans_become_the_events_of_their_trace(string path)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await server.PostJsonAsync(path, TwoSpans);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("{}", body);
        var events = server.Grains.Events(Stream);
        var trace = Assert.IsType<TraceEvent>(events[0]);
        Assert.Equal(("root", "u1", "s1", "production"), (trace.Name, trace.UserId, trace.SessionId, trace.Environment));
        Assert.Null(trace.StartedAt);
        Assert.Equal(["a", "b"], trace.Tags);
        Assert.Equal(("""{"q":"hi"}""", "\"plain text\""), (trace.Input, trace.Output));

        var root = Assert.IsType<ObservationEvent>(events[1]);
        Assert.Equal(("b7ad6b7169203331", ObservationType.Agent), (root.ObservationId, root.Type));
        Assert.Equal(TimeSpan.FromSeconds(2.5), root.EndTime - root.StartTime);

        var chat = Assert.IsType<ObservationEvent>(events[2]);
        Assert.Equal(("b7ad6b7169203331", ObservationType.Generation, "gpt-4o"), (chat.ParentObservationId, chat.Type, chat.Model));
        Assert.Equal((ObservationLevel.Error, "boom"), (chat.Level, chat.StatusMessage));
        Assert.Equal("""{"temperature":0.5}""", chat.ModelParameters);
        Assert.Equal("""[{"role":"user","content":"hi"}]""", chat.Input);
        Assert.Equal(
            [new("input", 18), new("output", 10), new("input_cached_tokens", 12), new("total", 40)],
            chat.Usage);
    }

    [Fact]
    public async Task A_span_that_is_sent_again_gives_the_same_event_ids()
    {
        await using var server = await ApiServer.StartAsync();
        await server.PostJsonAsync(Path, TwoSpans);
        await server.PostJsonAsync(Path, TwoSpans);
        var ids = server.Grains.Events(Stream).Select(e => e.EventId).ToList();
        Assert.Equal(6, ids.Count);
        Assert.Equal(ids[..3], ids[3..]);
        Assert.Equal(3, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"resourceSpans":5}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":{}}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":7}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"b7ad6b7169203331"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"zz","spanId":"b7ad6b7169203331"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000000","spanId":"b7ad6b7169203331"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","parentSpanId":"x"}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","attributes":{}}]}]}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331","events":"x"}]}]}]}""")]
    public async Task What_is_no_export_is_refused_as_a_whole(string json)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await server.PostJsonAsync(Path, json);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("{\"error\":\"", body, StringComparison.Ordinal);
        Assert.Empty(server.Grains.Keys);
    }

    [Fact]
    public async Task An_empty_export_is_fine()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal((HttpStatusCode.OK, "{}"), await server.PostJsonAsync(Path, """{"resourceSpans":[]}"""));
    }

    [Fact]
    public async Task Another_content_type_is_refused()
    {
        await using var server = await ApiServer.StartAsync();
        var answer = await server.PostAsync(Path, new StringContent("x", Encoding.UTF8, "text/plain"));
        Assert.Equal((HttpStatusCode.BadRequest, """{"error":"Invalid content type"}"""), answer);
    }

    [Theory]
    [InlineData("4", HttpStatusCode.OK)]
    [InlineData("1.5", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("4.1", HttpStatusCode.BadRequest)]
    [InlineData("5", HttpStatusCode.BadRequest)]
    [InlineData("four", HttpStatusCode.BadRequest)]
    public async Task The_ingestion_version_must_be_known(string version, HttpStatusCode expected)
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Add("x-langfuse-ingestion-version", version);
        Assert.Equal(expected, (await server.PostJsonAsync(Path, "{}")).Status);
    }

    [Fact]
    public async Task A_span_of_the_far_future_is_a_partial_success()
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await server.PostJsonAsync(Path, TwoSpans.Replace("1767607201000000000", "17676072010000000000", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, status);
        Json.AssertEqual("""{"partialSuccess":{"rejectedSpans":"1","errorMessage":"A span's time is after the year 2199."}}""", body);
    }

    [Fact]
    public async Task An_export_that_could_not_be_stored_shall_come_again()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Failures[Stream] = () => new InvalidOperationException();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await server.PostJsonAsync(Path, TwoSpans)).Status);
        server.Grains.Failures[Stream] = () => new EventLogOverloadedException("full");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.PostJsonAsync(Path, TwoSpans)).Status);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Packed_exports_are_unpacked(string encoding)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, _) = await server.PostAsync(Path, IngestionEndpointTests.Packed(Encoding.UTF8.GetBytes(TwoSpans), encoding));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(3, server.Grains.Events(Stream).Count);
    }

    [Theory]
    [InlineData("gzip", "The body could not be read or unpacked")]
    [InlineData("deflate", "The body could not be read or unpacked")]
    [InlineData("br", "The body could not be read or unpacked")]
    [InlineData("zstd", "The body could not be read or unpacked")]
    [InlineData("lzma", "Content-Encoding must be gzip, deflate, br or zstd")]
    public async Task What_cannot_be_unpacked_is_refused(string encoding, string error)
    {
        await using var server = await ApiServer.StartAsync();
        using var content = new StringContent("not packed at all", Encoding.UTF8, "application/json");
        content.Headers.ContentEncoding.Add(encoding);
        Assert.Equal((HttpStatusCode.BadRequest, $$"""{"error":"{{error}}"}"""), await server.PostAsync(Path, content));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task A_small_body_that_unpacks_to_a_large_one_is_refused(string encoding)
    {
        await using var server = await ApiServer.StartAsync();
        var answer = await server.PostAsync(Path, IngestionEndpointTests.Packed(new byte[40 << 20], encoding));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, """{"error":"Request body is too large"}"""), answer);
    }

    [Fact]
    public async Task A_zstd_frame_that_asks_for_a_huge_window_is_refused()
    {
        await using var server = await ApiServer.StartAsync();

        // Magic number, no content size, a window of 2^41 bytes less a little, one last block of one byte.
        using var content = new ByteArrayContent([0x28, 0xB5, 0x2F, 0xFD, 0x00, 0xF8, 0x09, 0x00, 0x00, 0x7B]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("zstd");
        Assert.Equal(HttpStatusCode.BadRequest, (await server.PostAsync(Path, content)).Status);
    }

    [Theory]
    [InlineData("/api/public/otel/v1/metrics")]
    [InlineData("/v1/metrics")]
    public async Task Metrics_are_accepted_and_not_kept(string path)
    {
        await using var server = await ApiServer.StartAsync();
        Assert.Equal((HttpStatusCode.OK, "{}"), await server.PostJsonAsync(path, """{"resourceMetrics":[]}"""));
        Assert.Empty(server.Grains.Keys);
    }

    [Fact]
    public async Task A_partial_success_is_told_in_the_binary_form_too()
    {
        await using var server = await ApiServer.StartAsync();
        var span = SpanSample.Of("s", "far", "{}").ToProtobuf();
        var at = span.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x39]) + 1;
        span.AsSpan(at, 8).Fill(0x7F);
        using var content = new ByteArrayContent(span);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");

        using var response = await server.Client.PostAsync(new Uri(Path, UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        byte[] message = [0x08, 0x01, 0x12, 0x28, .. "A span's time is after the year 2199."u8];
        message[3] = (byte)(message.Length - 4);
        Assert.Equal([0x0A, (byte)message.Length, .. message], await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(Path)]
    [InlineData("/v1/traces")]
    [InlineData("/v1/metrics")]
    public async Task Nobody_exports_without_a_key(string path)
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = null;
        Assert.Equal((HttpStatusCode.Unauthorized, """{"message":"No authorization header"}"""), await server.PostJsonAsync(path, "{}"));
        server.Client.DefaultRequestHeaders.Authorization = ApiServer.Basic("pk-lf-1", "sk-lf-unknown");
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.PostJsonAsync(path, "{}")).Status);
    }

    [Fact]
    public async Task A_public_key_may_not_export()
    {
        await using var server = await ApiServer.StartAsync();
        server.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "pk-lf-1");
        Assert.Equal(HttpStatusCode.Forbidden, (await server.PostJsonAsync(Path, TwoSpans)).Status);
    }
}
