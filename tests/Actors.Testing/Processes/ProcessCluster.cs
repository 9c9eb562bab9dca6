using System.Globalization;
using Actors.Testing.Postgres;
using Actors.Testing.Processes.Network;

namespace Actors.Testing.Processes;

/// <summary>
/// A cluster of real processes on this machine: silos and web nodes with ports of their own on loopback, or with hosts of their
/// own, one database of a real PostgreSQL server, one shared directory. Nodes are killed, stopped, paused, cut off and started
/// again one by one.
/// </summary>
public sealed class ProcessCluster : IAsyncDisposable
{
    private const int HttpPort = 3000;

    // Orleans.Runtime.SiloStatus.
    private const int Active = 3;
    private const int Dead = 6;

    private readonly ScratchDirectory _scratch = new();
    private readonly string _database;
    private readonly ClusterStart _start;
    private readonly Queue<NetworkHost> _hosts;

    private ProcessCluster(string database, ClusterStart start, IEnumerable<NetworkHost> hosts)
    {
        (_database, _start, _hosts) = (database, start, new(hosts));
        Silos = [.. Enumerable.Range(1, start.Silos).Select(n => New("silo", n))];
        Webs = [.. Enumerable.Range(1, start.Webs).Select(n => New("web", n))];
        Wholes = [.. Enumerable.Range(1, start.Wholes).Select(n => New("all", n))];
    }

    /// <summary>The nodes with actors and without a public API.</summary>
    public IReadOnlyList<ClusterNode> Silos { get; }

    /// <summary>The nodes with the public API and without actors.</summary>
    public IReadOnlyList<ClusterNode> Webs { get; }

    /// <summary>The nodes with both.</summary>
    public IReadOnlyList<ClusterNode> Wholes { get; }

    /// <summary>All nodes, those with actors first.</summary>
    public IEnumerable<ClusterNode> Nodes => [.. Silos, .. Wholes, .. Webs];

    /// <summary>The keys of the first project, on every node.</summary>
    public ProjectKeys Keys => _start.Keys;

    /// <summary>The directory that all nodes see.</summary>
    public string SharedDirectory => _scratch.Combine("shared");

    /// <summary>The connection string of its database.</summary>
    public string Database => _database;

    /// <summary>Makes a database on a server and starts all nodes.</summary>
    public static async Task<ProcessCluster> StartAsync(PostgresServer server, ClusterStart start, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(start);
        var hosts = new List<NetworkHost>();
        for (var i = 0; start.Network is { } network && i < start.Silos + start.Webs + start.Wholes; i++)
        {
            hosts.Add(await network.AddHostAsync(cancellationToken));
        }

        var cluster = new ProcessCluster(await server.CreateDatabaseAsync(cancellationToken), start, hosts);
        try
        {
            await cluster.StartAllAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts all nodes that do not run, at once: none may depend on another being there first.</summary>
    public Task StartAllAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Nodes.Where(n => !n.IsRunning).Select(n => n.StartAsync(cancellationToken)));

    /// <summary>Kills all nodes at once.</summary>
    public Task KillAllAsync() => Task.WhenAll(Nodes.Where(n => n.IsRunning).Select(n => n.KillAsync()));

    /// <summary>How many silos have been declared dead, as the members' table says.</summary>
    public Task<long> CountDeadAsync(CancellationToken cancellationToken) => CountAsync(Dead, cancellationToken);

    /// <summary>
    /// Starts every node that has ended, again and again, until all silos that run are members: one that stood still while it was
    /// declared dead learns of it after a while, and ends.
    /// </summary>
    public async Task SettleAsync(TimeSpan limit, CancellationToken cancellationToken) =>
        await Eventually.GetAsync(
            "active silos",
            limit,
            async () =>
            {
                await StartAllAsync(cancellationToken);
                return await CountAsync(Active, cancellationToken);
            },
            active => active == Silos.Count + Wholes.Count && Nodes.All(n => n.IsRunning),
            cancellationToken);

    private Task<long> CountAsync(int status, CancellationToken cancellationToken) => PostgresServer.CountAsync(
        _database, string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM orleans.silos WHERE status = {status}"), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(n => n.DisposeAsync().AsTask()));
        _scratch.Dispose();
    }

    private ClusterNode New(string role, int number)
    {
        var name = $"{role}-{number}";
        _hosts.TryDequeue(out var host);
        return new ClusterNode(name, new SiloStart
        {
            DataDirectory = _scratch.Combine(name),
            Keys = _start.Keys,
            Launcher = host?.Launcher ?? [],
            Urls = host is null ? SiloStart.AnyPort : $"http://{host.Address}:{HttpPort}",
            Environment = new Dictionary<string, string?>(_start.Environment)
            {
                ["Actors__Role"] = role,
                ["Actors__Storage"] = "postgres",
                ["Actors__Postgres__ConnectionString"] = _database,
                ["Actors__SharedDirectory"] = SharedDirectory,
                ["Actors__Cluster__AdvertisedAddress"] = host?.Address ?? "127.0.0.1",
                ["Actors__Cluster__SiloPort"] = "0",
                ["Actors__Cluster__GatewayPort"] = "0",
            },
        }, host);
    }
}

/// <summary>How a cluster is started.</summary>
public sealed record ClusterStart
{
    /// <summary>How many nodes have actors only.</summary>
    public int Silos { get; init; }

    /// <summary>How many nodes have the public API and the pages only.</summary>
    public int Webs { get; init; }

    /// <summary>How many nodes have both.</summary>
    public int Wholes { get; init; }

    /// <summary>Where each node gets a host of its own, and a fixed address; null: all are on loopback, on any port.</summary>
    public HostNetwork? Network { get; init; }

    /// <summary>The keys of the first project.</summary>
    public ProjectKeys Keys { get; init; } = ProjectKeys.New();

    /// <summary>Further environment variables of all nodes. Without a wait before the end unless it is said here: nobody balances loads.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } =
        new Dictionary<string, string?> { ["Actors__Cluster__DrainDelay"] = "00:00:00" };
}
