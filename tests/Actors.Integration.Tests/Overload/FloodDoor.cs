using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Integration.Overload;

/// <summary>What became of one request of a flood.</summary>
internal enum Fate
{
    Stored,
    Refused,
}

/// <summary>A way to send one trace (or score) in one request, and to tell whether it was stored.</summary>
internal abstract class FloodDoor(string name)
{
    private const int Padding = 2_000;

    public string Name => name;

    /// <summary>All ways.</summary>
    public static IReadOnlyList<FloodDoor> All { get; } =
    [
        new JsonDoor("batch", "/api/public/ingestion", HttpStatusCode.MultiStatus, id => $$$"""
            {"batch":[{"id":"e-{{{id}}}","type":"trace-create","timestamp":"{{{Now}}}","body":{"id":"{{{id}}}","name":"flood","input":"{{{Prose}}}"}}]}
            """),
        new JsonDoor("single", "/api/public/traces", HttpStatusCode.OK, id => $$"""
            {"id":"{{id}}","name":"flood","timestamp":"{{Now}}","input":"{{Prose}}"}
            """),
        new JsonDoor("score", "/api/public/scores", HttpStatusCode.OK, id => $$"""
            {"id":"{{id}}","traceId":"scored-{{id}}","name":"flood","value":1,"comment":"{{Prose}}"}
            """),
        new JsonDoor("otlp", "/v1/traces", HttpStatusCode.OK, id => $$$"""
            {"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{{id}}}","spanId":"{{{id[..16]}}}","name":"flood",
            "startTimeUnixNano":"{{{Nanoseconds}}}","endTimeUnixNano":"{{{Nanoseconds}}}","attributes":[{"key":"input.value","value":{"stringValue":"{{{Prose}}}"}}]}]}]}]}
            """),
        new GrpcFloodDoor(),
    ];

    protected static string Prose { get; } = new('x', Padding);

    protected static string Now => TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);

    protected static long Nanoseconds => (TimeProvider.System.GetUtcNow().Ticks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    /// <summary>Sends one that nobody has sent before.</summary>
    public abstract Task<Fate> SendAsync(FloodTarget target, CancellationToken cancellationToken);

    protected static byte[] NewId() => RandomNumberGenerator.GetBytes(16);

    private sealed class JsonDoor(string name, string path, HttpStatusCode stored, Func<string, string> body) : FloodDoor(name)
    {
        public override async Task<Fate> SendAsync(FloodTarget target, CancellationToken cancellationToken)
        {
            using var content = new StringContent(body(Convert.ToHexStringLower(NewId())), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            using var response = await target.Http.PostAsync(new Uri(path, UriKind.Relative), content, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.True(response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1), text);
                return Fate.Refused;
            }

            Assert.True(response.StatusCode == stored, $"{Name}: {(int)response.StatusCode} {text}");
            Assert.DoesNotContain("\"status\":4", text, StringComparison.Ordinal);
            return Fate.Stored;
        }
    }
}

/// <summary>OTLP over gRPC, written by hand: the frame and the message are a few bytes.</summary>
internal sealed class GrpcFloodDoor() : FloodDoor("grpc")
{
    private const string Ok = "0";
    private const string ResourceExhausted = "8";

    public override async Task<Fate> SendAsync(FloodTarget target, CancellationToken cancellationToken)
    {
        var message = Export();
        using var content = new ByteArrayContent([0, .. BigEndian(message.Length), .. message]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        using var response = await target.Grpc.SendAsync(request, cancellationToken);
        await response.Content.ReadAsByteArrayAsync(cancellationToken);

        // An answer without a message has its status among the headers.
        var refusal = response.Headers.TryGetValues("grpc-status", out var status) ? status.Single() : null;
        if (refusal == ResourceExhausted)
        {
            var details = response.Headers.GetValues("grpc-status-details-bin").Single();
            Assert.Contains("google.rpc.RetryInfo", Encoding.UTF8.GetString(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '='))), StringComparison.Ordinal);
            return Fate.Refused;
        }

        Assert.Equal(Ok, refusal ?? response.TrailingHeaders.GetValues("grpc-status").Single());
        return Fate.Stored;
    }

    private static byte[] Export()
    {
        var id = NewId();
        var at = BitConverter.GetBytes(Nanoseconds);
        byte[] span =
        [
            .. Field(1, id), .. Field(2, id[..8]), .. Field(5, "flood"u8.ToArray()), 0x39, .. at, 0x41, .. at,
            .. Field(9, [.. Field(1, "input.value"u8.ToArray()), .. Field(2, Field(1, Encoding.UTF8.GetBytes(Prose)))]),
        ];
        return Field(1, Field(2, Field(2, span)));
    }

    private static byte[] Field(int number, byte[] value)
    {
        var length = new List<byte>();
        for (var rest = value.Length; ; rest >>= 7)
        {
            length.Add((byte)(rest > 0x7F ? rest & 0x7F | 0x80 : rest));
            if (rest <= 0x7F)
            {
                return [(byte)(number << 3 | 2), .. length, .. value];
            }
        }
    }

    private static byte[] BigEndian(int value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
