using Actors.LoadGen.Server;

namespace Actors.LoadGen.Cluster;

/// <summary>A process of a server and where it keeps what is its own.</summary>
internal sealed record ClusterNode(string Role, string Data, SiloProcess Process)
{
    /// <summary>Whether clients speak to it.</summary>
    public bool HasApi => Role != Topology.Silo;

    /// <summary>When a read model was last written here.</summary>
    public DateTime LastWriteOfReadModel => Directory.Exists(Analytics)
        ? Directory.EnumerateFiles(Analytics).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max()
        : default;

    /// <summary>The directory of its read models.</summary>
    public string Analytics => Path.Combine(Data, "analytics");
}

/// <summary>The running processes of a server, on ports of their own, which change with each start.</summary>
internal sealed class ClusterNodes : IAsyncDisposable
{
    private readonly string _assembly;
    private readonly string _directory;
    private readonly Topology _topology;

    private ClusterNodes(string assembly, string directory, Topology topology, string? database) =>
        (_assembly, _directory, _topology, Database) = (assembly, directory, topology, database);

    /// <summary>The connection string of the database that they share; null: the one node has its own stores.</summary>
    public string? Database { get; }

    /// <summary>Those that run.</summary>
    public List<ClusterNode> All { get; } = [];

    /// <summary>Those that clients speak to.</summary>
    public IReadOnlyList<SiloProcess> Apis => [.. All.Where(n => n.HasApi).Select(n => n.Process)];

    /// <summary>The CPU time of all of them.</summary>
    public TimeSpan Cpu => TimeSpan.FromTicks(All.Sum(n => n.Process.Sample().Cpu.Ticks));

    /// <summary>The most memory that any of them ever held.</summary>
    public long PeakBytes => All.Max(n => n.Process.Sample().PeakBytes);

    /// <summary>The data directory of the first node.</summary>
    public string FirstData => DataOf(0);

    /// <summary>Starts all of them.</summary>
    public static async Task<ClusterNodes> StartAsync(
        string assembly, string directory, Topology topology, string? database, CancellationToken cancellationToken)
    {
        var nodes = new ClusterNodes(assembly, directory, topology, database);
        try
        {
            await nodes.StartMissingAsync(cancellationToken);
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client whose requests go to all nodes in turn.</summary>
    public HttpClient CreateClient(int connections) => SiloProcess.CreateClient([.. Apis.Select(a => a.Address)], connections);

    /// <summary>Starts those that do not run, all at once.</summary>
    public async Task StartMissingAsync(CancellationToken cancellationToken)
    {
        var missing = Enumerable.Range(0, _topology.Roles.Count).Where(n => All.TrueForAll(a => a.Data != DataOf(n))).ToList();
        await Task.WhenAll(missing.Select(n => StartNodeAsync(n, cancellationToken)));
    }

    /// <summary>Ends nodes with SIGKILL, all at once.</summary>
    public async Task KillAsync(params IReadOnlyList<ClusterNode> victims)
    {
        await Task.WhenAll(victims.Select(v => v.Process.KillAsync()));
        foreach (var victim in victims)
        {
            All.Remove(victim);
            await victim.Process.DisposeAsync();
        }
    }

    /// <summary>Asks all of them to end.</summary>
    public async Task StopAsync()
    {
        await Task.WhenAll(All.Select(n => n.Process.StopAsync()));
        All.Clear();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task StartNodeAsync(int number, CancellationToken cancellationToken)
    {
        var role = _topology.Roles[number];
        var data = Directory.CreateDirectory(DataOf(number)).FullName;
        var process = Database is null
            ? await SiloProcess.StartAsync(_assembly, data, cancellationToken)
            : await SiloProcess.StartAsync(_assembly, data, SettingsOf(role, Database), "/ready", cancellationToken);
        lock (All)
        {
            All.Add(new ClusterNode(role, data, process));
        }
    }

    private Dictionary<string, string> SettingsOf(string role, string database) => new()
    {
        ["Actors__Role"] = role,
        ["Actors__Storage"] = "postgres",
        ["Actors__Postgres__ConnectionString"] = database,
        ["Actors__SharedDirectory"] = Path.Combine(_directory, "shared"),
        ["Actors__Cluster__AdvertisedAddress"] = "127.0.0.1",
        ["Actors__Cluster__SiloPort"] = "0",
        ["Actors__Cluster__GatewayPort"] = "0",

        // Nobody balances loads here.
        ["Actors__Cluster__DrainDelay"] = "00:00:00",
    };

    private string DataOf(int number) => Path.Combine(_directory, $"{_topology.Roles[number]}-{number + 1}");
}
