using System.Text.Json.Nodes;
using Actors.Testing.Postgres;

namespace Actors.Integration.Clusters;

/// <summary>
/// Three whole servers that were started at the same moment on an empty database and an empty shared directory, with no keys but
/// those that they make themselves. Its database may be stopped and started.
/// </summary>
public sealed class NewCluster : IAsyncLifetime
{
    private readonly ScratchDirectory _scratch = new();
    private IReadOnlyList<SiloClient> _clients = [];

    public PostgresServer Server { get; } = new();

    public string Database { get; private set; } = "";

    public IReadOnlyList<SiloProcess> Nodes { get; private set; } = [];

    /// <summary>The keys that are kept for all nodes.</summary>
    public ProjectKeys Keys { get; private set; } = null!;

    /// <summary>Speak each node's API with those keys.</summary>
    public IReadOnlyList<SiloClient> Clients => _clients;

    public string SharedDirectory => _scratch.Combine("shared");

    public async ValueTask InitializeAsync()
    {
        await Server.InitializeAsync();
        Database = await Server.CreateDatabaseAsync(CancellationToken.None);
        Nodes = await Task.WhenAll(Enumerable.Range(1, 3).Select(n => SiloProcess.StartAsync(Start($"node-{n}"), CancellationToken.None)));
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(SharedDirectory, "first-project.json")))!;
        Keys = new ProjectKeys("my-project", (string)kept["PublicKey"]!, (string)kept["SecretKey"]!);
        _clients = [.. Nodes.Select(node => new SiloClient(node.Address, Keys))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }

        await Task.WhenAll(Nodes.Select(n => n.DisposeAsync().AsTask()));
        await Server.DisposeAsync();
        _scratch.Dispose();
    }

    private SiloStart Start(string name) => new()
    {
        DataDirectory = _scratch.Combine(name),
        GrpcPort = -1,
        Environment = new Dictionary<string, string?>
        {
            ["Actors__Storage"] = "postgres",
            ["Actors__Postgres__ConnectionString"] = Database,
            ["Actors__SharedDirectory"] = SharedDirectory,
            ["Actors__Cluster__AdvertisedAddress"] = "127.0.0.1",
            ["Actors__Cluster__SiloPort"] = "0",
            ["Actors__Cluster__GatewayPort"] = "0",
            ["Actors__Cluster__DrainDelay"] = "00:00:00",
        },
    };
}
