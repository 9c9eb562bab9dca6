using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Actors.Silo.Hosting;

/// <summary>Tells the operator that a silo without pages is ready, and where it says how it does.</summary>
internal sealed class SiloAnnouncement(Node node, IServer server, IHostApplicationLifetime lifetime) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? SiloDefaults.DefaultUrl;
            Console.WriteLine(Text(Announcement.ToLocal(address), node));
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal static string Text(string url, Node node) =>
        $$"""

          Actors is ready at {{url}}

          Silo of the cluster '{{node.ClusterId}}', without API and pages: /health, /ready, /metrics

        """;
}
