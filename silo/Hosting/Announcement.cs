using Actors.Access;
using Actors.Web.Otlp.Grpc;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Actors.Silo.Hosting;

/// <summary>Makes sure that the first project exists, and tells the newcomer where everything is.</summary>
internal sealed class Announcement(
    StartProjects projects, IProjectDirectory directory, IServer server, GrpcDoorAddress grpc, IHostApplicationLifetime lifetime)
    : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await directory.EnsureAsync(projects.First, cancellationToken);
        if (projects.Demo is { } demo)
        {
            await directory.EnsureAsync(demo, cancellationToken);
        }

        lifetime.ApplicationStarted.Register(Announce);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void Announce()
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? SiloDefaults.DefaultUrl;
        Console.WriteLine(Text(ToLocal(address), grpc.Value is { } opened ? ToLocal(opened) : null, projects));
    }

    /// <summary>The address as a browser on this machine would write it.</summary>
    internal static string ToLocal(string address) =>
        address.Replace("[::]", "localhost", StringComparison.Ordinal).Replace("0.0.0.0", "localhost", StringComparison.Ordinal).TrimEnd('/');

    internal static string Text(string url, string? grpcUrl, StartProjects projects)
    {
        var first = projects.First;
        var demo = projects.Demo is { } d ? $"  Demo        {url}/p/{d.ProjectId}/live\n" : "";
        var grpc = grpcUrl is null ? "" : $", {grpcUrl} (gRPC)";
        return $$"""

              Actors is ready at {{url}}

              Project     {{first.ProjectName}}   {{url}}/p/{{first.ProjectId}}/live
            {{demo}}  Public key  {{first.PublicKey}}
              Secret key  {{first.SecretKey}}
              OTLP        {{url}}/v1/traces (HTTP){{grpc}}

              Send a first trace (Node.js, `npm install langfuse`):

              import { Langfuse } from "langfuse";
              const langfuse = new Langfuse({ baseUrl: "{{url}}", publicKey: "{{first.PublicKey}}", secretKey: "{{first.SecretKey}}" });
              langfuse.trace({ name: "hello" }).generation({ name: "answer", model: "gpt-4o", input: "Hi", usage: { input: 3, output: 5 } }).end({ output: "Hello!" }); await langfuse.flushAsync();

            """;
    }
}
