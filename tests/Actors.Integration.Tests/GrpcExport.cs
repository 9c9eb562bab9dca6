using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Integration;

/// <summary>What an export was answered.</summary>
/// <param name="Status">The code of gRPC.</param>
/// <param name="Details">What the refusal says besides, as text; empty: nothing.</param>
internal sealed record GrpcExportAnswer(string Status, string Details);

/// <summary>One span over OTLP/gRPC, written by hand: the frame and the message are a few bytes.</summary>
internal static class GrpcExport
{
    public const string Ok = "0";
    public const string ResourceExhausted = "8";
    public const string Unavailable = "14";

    /// <summary>Sends a span of a new trace with a text.</summary>
    public static async Task<GrpcExportAnswer> SendAsync(HttpClient client, string input, CancellationToken cancellationToken)
    {
        var message = Message(input);
        using var content = new ByteArrayContent([0, .. BigEndian(message.Length), .. message]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/opentelemetry.proto.collector.trace.v1.TraceService/Export")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        using var response = await client.SendAsync(request, cancellationToken);
        await response.Content.ReadAsByteArrayAsync(cancellationToken);

        // An answer without a message has its status among the headers.
        var status = response.Headers.TryGetValues("grpc-status", out var refusal) ? refusal : response.TrailingHeaders.GetValues("grpc-status");
        return new GrpcExportAnswer(status.Single(), response.Headers.TryGetValues("grpc-status-details-bin", out var details) ? Decode(details.Single()) : "");
    }

    /// <summary>A time as spans have it.</summary>
    public static long Nanoseconds(DateTimeOffset time) => (time.Ticks - DateTimeOffset.UnixEpoch.Ticks) * 100;

    private static string Decode(string base64) =>
        Encoding.UTF8.GetString(Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '=')));

    private static byte[] Message(string input)
    {
        var id = RandomNumberGenerator.GetBytes(16);
        var at = BitConverter.GetBytes(Nanoseconds(TimeProvider.System.GetUtcNow()));
        byte[] span =
        [
            .. Field(1, id), .. Field(2, id[..8]), .. Field(5, "flood"u8.ToArray()), 0x39, .. at, 0x41, .. at,
            .. Field(9, [.. Field(1, "input.value"u8.ToArray()), .. Field(2, Field(1, Encoding.UTF8.GetBytes(input)))]),
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
