using System.Diagnostics;
using System.Net;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Actors.Integration.Dotnet;

/// <summary>An application that traces with OpenTelemetry and exports to a server, as its documentation says.</summary>
internal sealed class TracedApplication : IDisposable
{
    /// <summary>The name of its own spans, and of those of libraries that ask for one.</summary>
    public const string Source = "Shop";

    private readonly RunningSilo _silo;
    private readonly ActivitySource _source = new(Source);
    private readonly TracerProvider _tracing;

    public TracedApplication(RunningSilo silo, params string[] libraries)
    {
        _silo = silo;
        _tracing = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("shop", serviceVersion: "1.2.3", serviceInstanceId: "one"))
            .AddSource([Source, .. libraries])
            .AddOtlpExporter(o =>
            {
                o.Protocol = OtlpExportProtocol.HttpProtobuf;
                o.Endpoint = new Uri(silo.Silo.Address, "/api/public/otel/v1/traces");
                o.Headers = $"Authorization={silo.Keys.Authorization}";
            })
            .Build();
    }

    /// <summary>Runs something inside a span of the application, exports, and reads what is inside that span.</summary>
    /// <returns>Its story (<see cref="TraceStory"/>).</returns>
    public async Task<string> TellAsync(Func<Task> run, CancellationToken cancellationToken)
    {
        string trace;
        using (var activity = _source.StartActivity("turn") ?? throw new InvalidOperationException("Nobody listens to the application."))
        {
            trace = activity.TraceId.ToHexString();
            await run();
        }

        Assert.True(_tracing.ForceFlush(10_000), "the exporter did not get rid of its spans in time");
        var answer = await _silo.Client.GetAsync($"/api/public/traces/{trace}", cancellationToken);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.ToString());
        Assert.Equal("1.2.3", (string?)answer.Json["version"]);
        Assert.Equal("turn", (string?)answer.Json["name"]);
        return TraceStory.Tell(answer.Json);
    }

    public void Dispose()
    {
        _tracing.Dispose();
        _source.Dispose();
    }
}
