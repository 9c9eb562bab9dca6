using System.Net.Http.Headers;
using Actors.Testing.Postgres;
using Actors.Testing.Processes.Network;

namespace Actors.Crash;

/// <summary>Silos and web nodes as real processes on hosts of their own, over a real PostgreSQL.</summary>
internal sealed class StormCluster : IAsyncDisposable
{
    private const int HttpPort = 3000;

    private readonly ScratchDirectory _data = new();
    private readonly HostNetwork _network;

    private StormCluster(HostNetwork network)
    {
        _network = network;
        Postgres = new PostgresServer { Network = (network.Address, network.Range) };
    }

    public ProjectKeys Keys { get; } = ProjectKeys.New("storm");

    public PostgresServer Postgres { get; }

    public List<StormNode> Silos { get; } = [];

    public List<StormNode> Webs { get; } = [];

    public IEnumerable<StormNode> Nodes => Silos.Concat(Webs);

    public static async Task<StormCluster> StartAsync(int silos, int webs, CancellationToken cancellationToken)
    {
        var cluster = new StormCluster(await HostNetwork.CreateAsync(cancellationToken));
        try
        {
            await cluster.Postgres.InitializeAsync();
            var database = await cluster.Postgres.CreateDatabaseAsync(cancellationToken);
            for (var i = 0; i < silos + webs; i++)
            {
                var host = await cluster._network.AddHostAsync(cancellationToken);
                (i < silos ? cluster.Silos : cluster.Webs).Add(new StormNode(host, cluster.StartOf(host, i < silos ? "silo" : "web", database)));
            }

            await Task.WhenAll(cluster.Nodes.Select(n => n.StartAsync(cancellationToken)));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>A writer that goes from web node to web node.</summary>
    public ManyNodes NewTeller(int first, CancellationToken until) => new(Webs.Select(w => w.Address), Keys, first, until);

    /// <summary>A client of one node, with the key of whoever runs the cluster.</summary>
    public static SiloClient NewAdministrator(StormNode node)
    {
        var client = new SiloClient(node.Address, null);
        client.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Administrator.AdminKey);
        return client;
    }

    /// <summary>Brings back every node that has ended.</summary>
    public Task RestoreAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Nodes.Where(n => n.HasEnded).Select(async n =>
        {
            await n.KillAsync();
            await n.StartAsync(cancellationToken);
        }));

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Postgres.DisposeAsync();
        await _network.DisposeAsync();
        _data.Dispose();
    }

    private SiloStart StartOf(NetworkHost host, string role, string database) => new()
    {
        DataDirectory = _data.Combine(host.Namespace),
        Keys = Keys,
        Launcher = host.Launcher,
        Urls = $"http://{host.Address}:{HttpPort}",
        Environment = new Dictionary<string, string?>(Administrator.Variables)
        {
            ["Actors__Storage"] = "postgres",
            ["Actors__Postgres__ConnectionString"] = database,
            ["Actors__SharedDirectory"] = _data.Combine("shared"),
            ["Actors__Role"] = role,
            ["Actors__Cluster__AdvertisedAddress"] = host.Address,
            ["Actors__Analytics__AuditInterval"] = "00:00:01",
            ["Actors__Analytics__AuditStreams"] = "50",
        },
    };
}
