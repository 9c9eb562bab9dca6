using Actors.Silo.Demo;
using Actors.Storage.Clustering;
using Orleans.Serialization;

namespace Actors.Silo.Hosting;

/// <summary>Registers what a node of a cluster needs besides its role's own.</summary>
internal static class NodeServices
{
    public static void AddNode(this IServiceCollection services, Node node)
    {
        services.AddSingleton(node);

        // What a store throws travels inside of our own exceptions, also to nodes that do not have the store.
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.UnionWith(["Npgsql", "DuckDB"]));
        if (node.Database is { } database)
        {
            services.AddHostedService(_ => new OrleansSchemaStartup(database));
            services.AddHostedService<Drain>();
            services.Configure<HostOptions>(host => host.ShutdownTimeout += node.DrainDelay);
        }

        if (!node.HasWeb)
        {
            services.AddHostedService<SiloAnnouncement>();
        }
    }

    /// <summary>Adds the demo traffic.</summary>
    /// <exception cref="StartupException">There is no public API here that it could be sent to.</exception>
    public static void AddDemo(this IServiceCollection services, Node node)
    {
        if (!node.HasWeb)
        {
            throw new StartupException($"{DemoTraffic.Flag} sends traffic to this server, which has no public API: Actors:Role is 'silo'. Give it to a node with another role.");
        }

        services.AddHostedService<DemoTraffic>();
    }
}
