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

    private static long Nanoseconds => GrpcExport.Nanoseconds(TimeProvider.System.GetUtcNow());

    /// <summary>Sends one that nobody has sent before.</summary>
    public abstract Task<Fate> SendAsync(FloodTarget target, CancellationToken cancellationToken);

    private sealed class JsonDoor(string name, string path, HttpStatusCode stored, Func<string, string> body) : FloodDoor(name)
    {
        public override async Task<Fate> SendAsync(FloodTarget target, CancellationToken cancellationToken)
        {
            using var content = new StringContent(body(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
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

/// <summary>OTLP over gRPC.</summary>
internal sealed class GrpcFloodDoor() : FloodDoor("grpc")
{
    public override async Task<Fate> SendAsync(FloodTarget target, CancellationToken cancellationToken)
    {
        var answer = await GrpcExport.SendAsync(target.Grpc, Prose, cancellationToken);
        if (answer.Status == GrpcExport.ResourceExhausted)
        {
            Assert.Contains("google.rpc.RetryInfo", answer.Details, StringComparison.Ordinal);
            return Fate.Refused;
        }

        Assert.Equal(GrpcExport.Ok, answer.Status);
        return Fate.Stored;
    }
}
