using System.IO.Compression;
using Actors.Testing;
using Actors.Tracing;
using Actors.Web.Otlp.Grpc;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Compression;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Web.Tests;

/// <summary>The door for gRPC, called by the real client library with messages as bytes.</summary>
public sealed class GrpcTests
{
    private const string Stream = "one/t:0af7651916cd43dd8448eb211c80319c";
    private static readonly SpanSample Sample = SpanSample.Of("openai", "chat", """
        {"gen_ai.operation.name":"chat","gen_ai.request.model":"gpt-4o","gen_ai.usage.input_tokens":3}
        """);

    [Fact]
    public async Task An_export_is_stored_and_answered_with_an_empty_message()
    {
        await using var server = await StartAsync();

        Assert.Empty(await ExportAsync(server, Sample.ToProtobuf()));

        Assert.Equal(2, server.Grains.Events(Stream).Count);
    }

    [Fact]
    public async Task The_same_spans_give_the_same_events_through_every_door()
    {
        await using var server = await StartAsync();
        foreach (var (name, (span, _)) in Instrumentations.All)
        {
            var seen = server.Grains.Events(Stream).Count;
            await ExportAsync(server, span.ToProtobuf());
            var overGrpc = server.Grains.Events(Stream).Skip(seen).ToList();
            await server.PostJsonAsync("/v1/traces", span.ToJson());
            var overHttp = server.Grains.Events(Stream).Skip(seen + overGrpc.Count).ToList();

            Assert.NotEmpty(overGrpc);
            Assert.True(Text(overGrpc).SequenceEqual(Text(overHttp)), name);
        }

        static IEnumerable<string> Text(IEnumerable<StreamEvent> events) => EventEquality.Print(events.Select(e => e with { EventId = "" }));
    }

    [Fact]
    public async Task A_packed_export_is_unpacked()
    {
        await using var server = await StartAsync();

        await ExportAsync(server, Sample.ToProtobuf(), encoding: "gzip");

        Assert.Equal(2, server.Grains.Events(Stream).Count);
    }

    [Theory]
    [InlineData(null, "No authorization header")]
    [InlineData("Basic nonsense", "Invalid authorization header")]
    [InlineData("Basic cGstbGYtMTpzay1sZi14", "Invalid credentials. Confirm that you've configured the correct host.")]
    public async Task Nobody_exports_without_a_key(string? authorization, string message)
    {
        await using var server = await StartAsync();

        var refused = await RefusedAsync(() => ExportAsAsync(server, Sample.ToProtobuf(), authorization));

        Assert.Equal((StatusCode.Unauthenticated, message), (refused.StatusCode, refused.Status.Detail));
        Assert.Empty(server.Grains.Keys);
    }

    [Fact]
    public async Task A_public_key_may_not_export()
    {
        await using var server = await StartAsync();

        Assert.Equal(StatusCode.PermissionDenied, (await RefusedAsync(() => ExportAsAsync(server, [], "Bearer pk-lf-1"))).StatusCode);
    }

    [Fact]
    public async Task What_cannot_be_read_is_an_invalid_argument()
    {
        await using var server = await StartAsync();

        var cut = await RefusedAsync(() => ExportAsync(server, Sample.ToProtobuf()[..^3]));
        var version = await RefusedAsync(() => ExportAsync(server, [], metadata: ("x-langfuse-ingestion-version", "5")));

        Assert.Equal(StatusCode.InvalidArgument, cut.StatusCode);
        Assert.Equal((StatusCode.InvalidArgument, "x-langfuse-ingestion-version must be a number of at most 4"), (version.StatusCode, version.Status.Detail));
    }

    [Fact]
    public async Task A_message_above_the_limit_exhausts_a_resource_however_it_is_packed()
    {
        await using var server = await StartAsync(("Actors:Ingestion:MaxExportBytes", "4096"));

        var plain = await RefusedAsync(() => ExportAsync(server, new byte[5000]));
        var packed = await RefusedAsync(() => ExportAsync(server, new byte[1 << 20], encoding: "gzip"));

        Assert.Equal((StatusCode.ResourceExhausted, StatusCode.ResourceExhausted), (plain.StatusCode, packed.StatusCode));
        Assert.DoesNotContain(plain.Trailers, t => t.Key == "grpc-status-details-bin");
    }

    [Fact]
    public async Task An_export_that_does_not_fit_now_is_told_when_to_come_again()
    {
        await using var server = await StartAsync(("Actors:Ingestion:RetryAfter", "00:00:07"));
        server.Grains.Failures[Stream] = () => new EventLogOverloadedException("full");

        var refused = await RefusedAsync(() => ExportAsync(server, Sample.ToProtobuf()));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);

        // Status.details[0] is an Any: its type in field 1, a RetryInfo with a delay of 7 s in field 2.
        byte[] any = [0x12, 0x04, 0x0A, 0x02, 0x08, 0x07];
        Assert.Equal(any, refused.Trailers.GetValueBytes("grpc-status-details-bin")![^any.Length..]);
    }

    [Fact]
    public async Task An_export_that_could_not_be_stored_is_unavailable()
    {
        await using var server = await StartAsync();
        server.Grains.Failures[Stream] = () => new InvalidOperationException();

        Assert.Equal(StatusCode.Unavailable, (await RefusedAsync(() => ExportAsync(server, Sample.ToProtobuf()))).StatusCode);
    }

    [Fact]
    public async Task A_span_of_the_far_future_is_a_partial_success()
    {
        await using var server = await StartAsync();
        var export = Sample.ToProtobuf();
        export.AsSpan(export.AsSpan().IndexOf((byte)0x39) + 1, 8).Fill(0x7F);

        var answer = await ExportAsync(server, export);

        Assert.Equal([0x0A, 0x29, 0x08, 0x01, 0x12, 0x25, .. "A span's time is after the year 2199."u8], answer);
    }

    [Theory]
    [InlineData("opentelemetry.proto.collector.metrics.v1.MetricsService")]
    [InlineData("opentelemetry.proto.collector.logs.v1.LogsService")]
    [InlineData("grpc.health.v1.Health")]
    public async Task Other_services_are_not_implemented(string service)
    {
        await using var server = await StartAsync();

        Assert.Equal(StatusCode.Unimplemented, (await RefusedAsync(() => ExportAsync(server, [], service: service))).StatusCode);
    }

    [Fact]
    public async Task No_page_and_no_route_of_the_api_is_behind_the_door()
    {
        await using var server = await StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(OtlpGrpc.Address(server)) };
        foreach (var path in new[] { "/", "/api/public/health", "/v1/traces" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Version = new Version(2, 0), VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_port_that_was_chosen_and_is_taken_stops_the_start_and_says_so()
    {
        await using var first = await StartAsync();
        var port = new Uri(OtlpGrpc.Address(first)).Port;

        var refused = await Assert.ThrowsAsync<GrpcPortException>(() => ApiServer.StartAsync(
            ("Actors:Otlp:GrpcHost", "127.0.0.1"), ("Actors:Otlp:GrpcPort", port.ToString(System.Globalization.CultureInfo.InvariantCulture))));

        Assert.Contains($"Actors:Otlp:GrpcPort is {port}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_door_may_stay_shut()
    {
        await using var server = await ApiServer.StartAsync(("Actors:Otlp:GrpcPort", "0"));

        Assert.Null(server.Services.GetRequiredService<GrpcDoorAddress>().Value);
    }

    [Theory]
    [InlineData("Actors:Otlp:GrpcPort", "70000")]
    [InlineData("Actors:Otlp:GrpcPort", "-2")]
    [InlineData("Actors:Otlp:GrpcHost", "example.com")]
    public async Task Settings_that_are_none_stop_the_start(string key, string value)
    {
        var refused = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => ApiServer.StartAsync((key, value)));

        Assert.Contains(key.Split(':')[^1], refused.Message, StringComparison.Ordinal);
    }

    private static Task<ApiServer> StartAsync(params (string Key, string Value)[] settings) =>
        ApiServer.StartAsync([.. settings, ("Actors:Otlp:GrpcPort", "-1")]);

    private static Task<RpcException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);

    private static Task<byte[]> ExportAsAsync(ApiServer server, byte[] message, string? authorization) =>
        CallAsync(server, message, OtlpGrpc.TraceService, authorization, null, null);

    private static Task<byte[]> ExportAsync(
        ApiServer server, byte[] message, string service = OtlpGrpc.TraceService, string? encoding = null, (string Key, string Value)? metadata = null) =>
        CallAsync(server, message, service, ApiServer.Basic("pk-lf-1", "sk-lf-1").ToString(), encoding, metadata);

    private static async Task<byte[]> CallAsync(
        ApiServer server, byte[] message, string service, string? authorization, string? encoding, (string Key, string Value)? metadata)
    {
        using var channel = GrpcChannel.ForAddress(
            OtlpGrpc.Address(server), new GrpcChannelOptions { CompressionProviders = [new GzipCompressionProvider(CompressionLevel.Fastest)] });
        var headers = new Metadata();
        if (authorization is not null)
        {
            headers.Add("authorization", authorization);
        }

        if (encoding is not null)
        {
            headers.Add("grpc-internal-encoding-request", encoding);
        }

        if (metadata is { } more)
        {
            headers.Add(more.Key, more.Value);
        }

        return await channel.CreateCallInvoker()
            .AsyncUnaryCall(OtlpGrpc.Export(service), null, new CallOptions(headers, cancellationToken: TestContext.Current.CancellationToken), message);
    }
}
