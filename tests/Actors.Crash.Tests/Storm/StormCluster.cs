using System.Net.Http.Headers;
using Actors.Testing.Postgres;
using Actors.Testing.Processes.Network;

namespace Actors.Crash;

/// <summary>A cluster whose nodes are on hosts of their own, with the PostgreSQL server under it, to make trouble for.</summary>
internal sealed class StormCluster : IAsyncDisposable
{
    private readonly HostNetwork _network;
    private ProcessCluster? _nodes;

    private StormCluster(HostNetwork network)
    {
        _network = network;
        Postgres = new PostgresServer { Network = (network.Address, network.Range) };
    }

    public PostgresServer Postgres { get; }

    public ProcessCluster Nodes => _nodes ?? throw new InvalidOperationException("The cluster has not started.");

    public static async Task<StormCluster> StartAsync(int silos, int webs, CancellationToken cancellationToken)
    {
        var storm = new StormCluster(await HostNetwork.CreateAsync(cancellationToken));
        try
        {
            await storm.Postgres.InitializeAsync();
            storm._nodes = await ProcessCluster.StartAsync(
                storm.Postgres,
                new ClusterStart
                {
                    Silos = silos,
                    Webs = webs,
                    Network = storm._network,
                    Keys = ProjectKeys.New("storm"),
                    Environment = new Dictionary<string, string?>(Administrator.Variables)
                    {
                        // The columns' own audit shall see much in a short time.
                        ["Actors__Analytics__AuditInterval"] = "00:00:01",
                        ["Actors__Analytics__AuditStreams"] = "50",
                        ["Actors__Cluster__DrainDelay"] = "00:00:00",
                    },
                },
                cancellationToken);
            return storm;
        }
        catch
        {
            await storm.DisposeAsync();
            throw;
        }
    }

    /// <summary>A writer that goes from web node to web node.</summary>
    public ManyNodes NewTeller(int first, CancellationToken until) =>
        new(Nodes.Webs.Select(w => new Uri(w.Start.Urls!)), Nodes.Keys, first, until);

    /// <summary>A client of one node, with the key of whoever runs the cluster.</summary>
    public static SiloClient NewAdministrator(ClusterNode node)
    {
        var client = new SiloClient(node.Process.Address, null);
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Administrator.AdminKey);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null)
        {
            await _nodes.DisposeAsync();
        }

        await Postgres.DisposeAsync();
        await _network.DisposeAsync();
    }
}
