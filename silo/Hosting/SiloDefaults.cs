using Actors.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Configuration.Memory;
using Orleans.Configuration;

namespace Actors.Silo.Hosting;

/// <summary>What one process with everything in it needs: quiet logs, port 3000, a silo of its own.</summary>
internal static class SiloDefaults
{
    /// <summary>The address when nobody chose one. Loopback, because the pages have no accounts yet.</summary>
    public const string DefaultUrl = "http://localhost:3000";

    /// <summary>
    /// Settings are read once, at start. Watching their files would watch the whole working directory, which costs an idle
    /// server a few percent of a core in a busy one.
    /// </summary>
    public const string NoReload = "--hostBuilder:reloadConfigOnChange=false";

    // What an operator reads by default; a file, a variable or an argument may say otherwise.
    private static readonly Dictionary<string, string?> QuietLogs = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System.Net.Http.HttpClient"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
        // Both warn at every start of a healthy process: that the workstation collector is used, and that no check has run yet.
        ["Logging:LogLevel:Orleans.Runtime.Silo"] = "Error",
        ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
        // Encryption at rest of the keys that protect cookies is the operator's file system's.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
    };

    public static void AddActorsDefaults(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDataProtection().SetApplicationName("actors");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<SharedDirectory, ILoggerFactory>((keys, shared, logging) =>
            keys.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(shared.File("keys")), logging));
        builder.WebHost.UseStaticWebAssets();
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = QuietLogs });
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "HH:mm:ss ";
        });
        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
    }

    /// <summary>Makes the process a silo: alone on loopback, or one of a cluster.</summary>
    public static void UseActorsSilo(this WebApplicationBuilder builder, Node node, Action<ISiloBuilder> configure) =>
        builder.UseOrleans(silo =>
        {
            if (node.Database is null)
            {
                // Nobody else connects to an embedded silo, so any free port on loopback will do; a fixed one could be taken.
                var (siloPort, gatewayPort) = ClusterPorts.Choose(0, 0);
                silo.UseLocalhostClustering(siloPort, gatewayPort, serviceId: "actors", clusterId: "actors-embedded");
                silo.Configure<ClusterMembershipOptions>(membership => membership.NumVotesForDeathDeclaration = 1);
            }
            else
            {
                silo.UseCluster(node);
            }

            configure(silo);
        });

    /// <summary>Makes the process a client of the cluster's silos.</summary>
    public static void UseActorsClient(this WebApplicationBuilder builder, Node node, Action<IClientBuilder> configure) =>
        builder.UseOrleansClient(client =>
        {
            client.UseCluster(node);
            configure(client);
        });
}
