using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Actors.Tracing;

namespace Actors.Web.Tests;

public sealed class IngestionEndpointTests
{
    private const string OneTrace =
        """{"batch":[{"id":"e1","type":"trace-create","timestamp":"2026-01-05T10:00:00.000Z","body":{"id":"t1","name":"hello"}}]}""";

    [Fact]
    public async Task A_batch_is_answered_per_event_once_its_streams_have_it()
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await server.IngestAsync("""
            {"batch":[
              {"id":"e1","type":"trace-create","timestamp":"2026-01-05T10:00:00.000Z","body":{"id":"t1"}},
              {"id":"e2","type":"span-create","timestamp":"2026-01-05T10:00:00.000Z","body":{"id":"s1","traceId":"t1","level":"LOUD"}},
              {"id":"e3","type":"span-create","timestamp":"2026-01-05T10:00:00.000Z","body":{"id":"s2","traceId":"t1"}},
              {"id":"e4","type":"sdk-log","timestamp":"2026-01-05T10:00:00.000Z","body":{"log":{"a":1}}}
            ],"metadata":{"batch_size":4}}
            """);

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Json.AssertEqual(
            """
            {"successes":[{"id":"e1","status":201},{"id":"e3","status":201}],
             "errors":[{"id":"e2","status":400,"message":"Invalid request data",
               "error":"[{\u0022code\u0022:\u0022invalid_value\u0022,\u0022path\u0022:[\u0022body\u0022,\u0022level\u0022],\u0022message\u0022:\u0022Invalid option: expected one of DEBUG, DEFAULT, WARNING, ERROR\u0022}]"}]}
            """,
            body);
        Assert.Equal(["e1", "e3"], server.Grains.Events("one/t:t1").Select(e => e.EventId));
    }

    [Fact]
    public async Task A_stream_that_fails_harms_no_other()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Failures["one/t:bad"] = () => new InvalidOperationException("secret detail");
        var (status, body) = await server.IngestAsync("""
            {"batch":[
              {"id":"e1","type":"trace-create","timestamp":"2026-01-05T10:00:00.000Z","body":{"id":"bad"}},
              {"id":"e2","type":"trace-create","timestamp":"2026-01-05T10:00:00.000Z","body":{"id":"good"}}]}
            """);

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Json.AssertEqual(
            """
            {"successes":[{"id":"e2","status":201}],
             "errors":[{"id":"e1","status":500,"message":"Internal Server Error","error":"The event could not be stored; send it again."}]}
            """,
            body);
    }

    [Fact]
    public async Task A_silo_that_went_away_is_tried_again()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Ingestion:AppendBackOff", "00:00:00.001"));
        var tries = 0;
        server.Grains.Failures["one/t:t1"] = () =>
        {
            if (++tries == 2)
            {
                server.Grains.Failures.Clear();
            }

            return new Orleans.Runtime.SiloUnavailableException("gone");
        };
        var (status, body) = await server.IngestAsync(OneTrace);

        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Assert.Contains("\"successes\":[{\"id\":\"e1\"", body, StringComparison.Ordinal);
        Assert.Equal(3, server.Grains.Trace("one/t:t1").Calls);
    }

    [Fact]
    public async Task An_overloaded_log_asks_the_whole_request_to_come_again()
    {
        await using var server = await ApiServer.StartAsync();
        server.Grains.Failures["one/t:t1"] = () => new EventLogOverloadedException("full");
        using var content = new StringContent(OneTrace, Encoding.UTF8, "application/json");
        using var response = await server.Client.PostAsync(
            new Uri("/api/public/ingestion", UriKind.Relative), content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
        Assert.Contains("\"code\":\"rate_limited\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Packed_bodies_are_unpacked(string encoding)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, _) = await server.PostAsync("/api/public/ingestion", Packed(Encoding.UTF8.GetBytes(OneTrace), encoding));
        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Assert.Single(server.Grains.Events("one/t:t1"));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Packed_bodies_that_are_cut_off_are_refused(string encoding)
    {
        await using var server = await ApiServer.StartAsync();
        var text = Encoding.UTF8.GetBytes(OneTrace.Replace("hello", string.Concat(Enumerable.Range(0, 300)), StringComparison.Ordinal));
        var packed = await Packed(text, encoding).ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        using var content = new ByteArrayContent(packed[..(packed.Length / 2)]);
        content.Headers.ContentEncoding.Add(encoding);
        var (status, body) = await server.PostAsync("/api/public/ingestion", content);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Invalid request data", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_above_the_limit_are_refused_however_they_are_packed()
    {
        await using var server = await ApiServer.StartAsync();
        var large = new byte[10 << 20];
        var (plain, _) = await server.PostAsync("/api/public/ingestion", new ByteArrayContent(large));
        var (packed, _) = await server.PostAsync("/api/public/ingestion", Packed(large, "gzip"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, plain);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, packed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"batch":{}}""")]
    [InlineData("""{"events":[]}""")]
    [InlineData("""{"batch":[]} x""")]
    [InlineData("""{"batch":[],"batch":[]}""")]
    [InlineData("""{"batch":[{"id":NaN}]}""")]
    public async Task What_is_no_batch_is_refused_as_a_whole(string body)
    {
        await using var server = await ApiServer.StartAsync();
        var (status, answer) = await server.IngestAsync(body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.StartsWith("""{"message":"Invalid request data","errors":[""", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_batch_is_answered_with_empty_lists()
    {
        await using var server = await ApiServer.StartAsync();
        var (status, body) = await server.IngestAsync("""{"batch":[]}""");
        Assert.Equal(HttpStatusCode.MultiStatus, status);
        Assert.Equal("""{"successes":[],"errors":[]}""", body);
    }

    [Fact]
    public async Task Too_many_bytes_under_way_are_answered_with_429()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Ingestion:MaxBytesUnderWayPerProject", "1024"));
        var hold = server.Grains.Held.GetOrAdd("one/t:large", _ => new Hold());
        var large = Parsing.Batch(Parsing.Event("trace-create", $$"""{"id":"large","input":"{{new string('x', 2000)}}"}"""));
        var slow = server.IngestAsync(large);
        await hold.Begun.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, (await server.IngestAsync(OneTrace)).Status);

        hold.Released.SetResult();
        Assert.Equal(HttpStatusCode.MultiStatus, (await slow.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).Status);
        Assert.Equal(HttpStatusCode.MultiStatus, (await server.IngestAsync(OneTrace)).Status);
    }

    internal static ByteArrayContent Packed(byte[] bytes, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "deflate" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(packed, leaveOpen: true),
            _ => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            stream.Write(bytes);
        }

        var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        return content;
    }
}
