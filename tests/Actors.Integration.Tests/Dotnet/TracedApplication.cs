using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Actors.Integration.Dotnet;

/// <summary>
/// An application that traces with OpenTelemetry and exports as the documentation says: over HTTP to one project and over
/// gRPC to another, which then must hold the same.
/// </summary>
internal sealed class TracedApplication : IDisposable
{
    /// <summary>The name of its own spans, and of those of libraries that ask for one.</summary>
    public const string Source = "Shop";

    private static readonly string[] Place = ["projectId", "htmlPath", "createdAt", "updatedAt"];

    private readonly RunningSilo _silo;
    private readonly ActivitySource _source = new(Source);
    private readonly TracerProvider _tracing;

    public TracedApplication(RunningSilo silo, params string[] libraries)
    {
        _silo = silo;
        _tracing = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop", serviceVersion: "1.2.3", serviceInstanceId: "one"))
            .AddSource([Source, .. libraries])
            .AddOtlpExporter("http", o => Configure(
                o, OtlpExportProtocol.HttpProtobuf, new Uri(silo.Silo.Address, "/api/public/otel/v1/traces"), silo.Keys))
            .AddOtlpExporter("grpc", o => Configure(o, OtlpExportProtocol.Grpc, silo.Silo.GrpcAddress!, silo.MirrorKeys))
            .Build();
    }

    /// <summary>Runs something inside a span of the application, exports, and reads what is inside that span, in both projects.</summary>
    /// <returns>Its story (<see cref="TraceStory"/>).</returns>
    public async Task<string> TellAsync(Func<Task> run, CancellationToken cancellationToken)
    {
        string trace;
        using (var activity = _source.StartActivity("turn") ?? throw new InvalidOperationException("Nobody listens to the application."))
        {
            trace = activity.TraceId.ToHexString();
            await run();
        }

        Assert.True(_tracing.ForceFlush(10_000), "the exporters did not get rid of their spans in time");
        var answer = await ReadAsync(_silo.Client, trace, cancellationToken);
        Assert.Equal("1.2.3", (string?)answer["version"]);
        Assert.Equal("turn", (string?)answer["name"]);
        var story = TraceStory.Tell(answer);
        Assert.Equal(WithoutItsPlace(answer), WithoutItsPlace(await ReadAsync(_silo.Mirror, trace, cancellationToken)));
        return story;
    }

    public void Dispose()
    {
        _tracing.Dispose();
        _source.Dispose();
    }

    private static void Configure(OtlpExporterOptions options, OtlpExportProtocol protocol, Uri endpoint, ProjectKeys keys)
    {
        options.Protocol = protocol;
        options.Endpoint = endpoint;
        options.Headers = $"Authorization={keys.Authorization}";
    }

    private static async Task<JsonNode> ReadAsync(SiloClient client, string trace, CancellationToken cancellationToken)
    {
        var answer = await client.GetAsync($"/api/public/traces/{trace}", cancellationToken);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        return answer.Json;
    }

    // Where it is and when it came: all that may differ between two projects that were sent the same.
    private static string WithoutItsPlace(JsonNode trace)
    {
        foreach (var part in trace["observations"]!.AsArray().Append(trace).Select(n => n!.AsObject()))
        {
            foreach (var name in Place)
            {
                part.Remove(name);
            }
        }

        return trace.ToString();
    }
}
