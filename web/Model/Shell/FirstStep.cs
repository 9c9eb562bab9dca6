namespace Actors.Web.Model.Shell;

/// <summary>A way to send a first trace.</summary>
/// <param name="Key">Short name.</param>
/// <param name="Name">As people call it.</param>
/// <param name="Code">What is pasted into a terminal or a file.</param>
public sealed record FirstStep(string Key, string Name, string Code)
{
    /// <summary>Stands for a secret that nobody but its owner has.</summary>
    private const string Secret = "sk-lf-…";

    /// <summary>All ways, the usual first.</summary>
    /// <param name="address">Where this server is.</param>
    /// <param name="publicKey">A public key of the project; null: it has none.</param>
    public static IReadOnlyList<FirstStep> All(string address, string? publicKey)
    {
        var (url, key) = (address.TrimEnd('/'), publicKey ?? "pk-lf-…");
        return
        [
            new("js", "Node.js", $$"""
                npm install langfuse
                export LANGFUSE_BASEURL={{url}} LANGFUSE_PUBLIC_KEY={{key}} LANGFUSE_SECRET_KEY={{Secret}}
                node -e '
                const { Langfuse } = require("langfuse"), langfuse = new Langfuse();
                langfuse.trace({ name: "hello", input: "Does it move?" }).update({ output: "It moves." });
                langfuse.flushAsync();'
                """),
            new("python", "Python", $$"""
                pip install langfuse
                export LANGFUSE_BASE_URL={{url}} LANGFUSE_PUBLIC_KEY={{key}} LANGFUSE_SECRET_KEY={{Secret}}
                python3 -c '
                from langfuse import get_client
                langfuse = get_client()
                with langfuse.start_as_current_observation(as_type="span", name="hello", input="Does it move?") as span:
                    span.update(output="It moves.")
                langfuse.flush()'
                """),
            new("dotnet", ".NET", $$"""
                // dotnet add package OpenTelemetry.Exporter.OpenTelemetryProtocol
                using System.Diagnostics;
                using OpenTelemetry;
                using OpenTelemetry.Exporter;
                using OpenTelemetry.Trace;

                using var source = new ActivitySource("hello");
                using var tracing = Sdk.CreateTracerProviderBuilder().AddSource(source.Name).AddOtlpExporter(o =>
                {
                    o.Endpoint = new Uri("{{url}}/v1/traces");
                    o.Protocol = OtlpExportProtocol.HttpProtobuf;
                    o.Headers = "Authorization=Basic " + Convert.ToBase64String("{{key}}:{{Secret}}"u8);
                }).Build();
                using var hello = source.StartActivity("hello");
                hello?.SetTag("langfuse.observation.input", "Does it move?").SetTag("langfuse.observation.output", "It moves.");
                """),
            new("otel", "OpenTelemetry", $"""
                # For any exporter: whatever it sends arrives.
                export OTEL_EXPORTER_OTLP_ENDPOINT={url}
                export OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
                export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Basic $(printf '{key}:{Secret}' | base64 -w0)"
                """),
            new("curl", "curl", $$$"""
                curl -u {{{key}}}:{{{Secret}}} {{{url}}}/api/public/ingestion -H 'Content-Type: application/json' -d '{"batch": [
                  {"id": "hello-'$(date +%s)'", "type": "trace-create", "timestamp": "'$(date -u +%FT%TZ)'",
                   "body": {"id": "hello-'$(date +%s)'", "name": "hello", "input": "Does it move?", "output": "It moves."}}]}'
                """),
        ];
    }
}
