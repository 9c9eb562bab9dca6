using System.Net;
using Actors.Storage.Clustering;
using Orleans.Configuration;

namespace Actors.Silo.Hosting;

/// <summary>How silos and web nodes find each other through PostgreSQL. See <c>docs/cluster.md</c> for what was measured.</summary>
internal static class ClusterHosting
{
    private const string ServiceId = "actors";

    public static void UseCluster(this ISiloBuilder silo, Node node)
    {
        var connection = OrleansSchema.ConnectionString(node.Database!);
        var (siloPort, gatewayPort) = ClusterPorts.Choose(node.SiloPort, node.GatewayPort);
        silo.Configure<ClusterOptions>(cluster => Name(cluster, node));
        silo.Configure<ClusterMembershipOptions>(Watch);
        silo.UseAdoNetClustering(table => (table.Invariant, table.ConnectionString) = (OrleansSchema.Invariant, connection));
        silo.UseAdoNetReminderService(table => (table.Invariant, table.ConnectionString) = (OrleansSchema.Invariant, connection));
        silo.AddAdoNetGrainStorageAsDefault(states =>
            (states.Invariant, states.ConnectionString, states.DeleteStateOnClear) = (OrleansSchema.Invariant, connection, true));
        if (node.AdvertisedAddress is { } address)
        {
            silo.ConfigureEndpoints(address, siloPort, gatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(address));
        }
        else
        {
            silo.ConfigureEndpoints(siloPort, gatewayPort, listenOnAnyHostAddress: true);
        }
    }

    public static void UseCluster(this IClientBuilder client, Node node)
    {
        client.Configure<ClusterOptions>(cluster => Name(cluster, node));
        client.UseAdoNetClustering(table =>
            (table.Invariant, table.ConnectionString) = (OrleansSchema.Invariant, OrleansSchema.ConnectionString(node.Database!)));
        // A silo that was added since is of use soon, and one that is gone is not tried for long.
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = TimeSpan.FromSeconds(2));
        client.UseConnectionRetryFilter<FirstSilo>();
    }

    private static void Name(ClusterOptions cluster, Node node) => (cluster.ClusterId, cluster.ServiceId) = (node.ClusterId, ServiceId);

    private static void Watch(ClusterMembershipOptions membership)
    {
        // Three probes of two seconds: a pause of three seconds is no death, and a death is known after six.
        membership.ProbeTimeout = membership.MinProbeTimeout = membership.MaxProbeTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedProbesLimit = 3;
        membership.NumVotesForDeathDeclaration = 1;

        // A whole cluster that comes back at other addresses asks the silos of before until their last sign of life is this old.
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(2);
        membership.NumMissedTableIAmAliveLimit = 3;

        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        membership.DefunctSiloCleanupPeriod = TimeSpan.FromHours(1);
    }
}
