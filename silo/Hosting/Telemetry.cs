using Actors.Analytics;
using Actors.Grains;
using Actors.Storage;
using Actors.Web;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Actors.Silo.Hosting;

/// <summary>
/// The server's own metrics and traces: metrics in Prometheus' text at <c>/metrics</c>, and both over OTLP to wherever
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says. The other <c>OTEL_</c> variables are those of the OpenTelemetry SDK.
/// </summary>
internal static class Telemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // Orleans counts activations and messages; the framework counts requests by route, connections, memory and collections.
    private static readonly string[] Meters =
    [
        WebApi.MeterName, GrainsInstruments.MeterName, StorageInstruments.MeterName, AnalyticsInstruments.MeterName,
        "Microsoft.Orleans", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime",
    ];

    // To trace the arrival of traces would never end when a server exports to itself; the rest would only be noise.
    private static readonly string[] Untraced = ["/v1", "/api/public/otel", "/api/public/health", "/api/public/ready", "/health", "/ready", "/metrics", "/_blazor"];

    public static void AddActorsTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("actors"))
            .WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        if (IsExported(builder.Configuration))
        {
            telemetry
                .WithTracing(tracing => tracing
                    .SetSampler(RequestSampler.OfServer)
                    .AddSource(AnalyticsInstruments.MeterName, "Microsoft.Orleans.Application")
                    .AddAspNetCoreInstrumentation(requests => requests.Filter = context => !IsUntraced(context.Request.Path)))
                .UseOtlpExporter();
        }
    }

    /// <summary>Lets the traces of requests go on through the actors, when somebody collects them: it costs something with every call.</summary>
    public static ISiloBuilder AddActorsTelemetry(this ISiloBuilder silo) =>
        IsExported(silo.Configuration) ? silo.AddActivityPropagation() : silo;

    /// <inheritdoc cref="AddActorsTelemetry(ISiloBuilder)"/>
    public static IClientBuilder AddActorsTelemetry(this IClientBuilder client) =>
        IsExported(client.Configuration) ? client.AddActivityPropagation() : client;

    /// <summary>Serves <c>/metrics</c> to callers on this machine, and to those who show the administrator's key.</summary>
    public static void MapActorsMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint();

    private static bool IsExported(IConfiguration configuration) => !string.IsNullOrEmpty(configuration[Endpoint]);

    private static bool IsUntraced(PathString path) =>
        Array.Exists(Untraced, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));
}
