using Actors.Testing.Postgres;

namespace Actors.Integration.Clusters;

/// <summary>Two silos and two web nodes over one database, for tests that stop none of them.</summary>
public sealed class RunningCluster : IAsyncLifetime
{
    private readonly PostgresServer _server = new();

    public ProcessCluster Cluster { get; private set; } = null!;

    public SiloClient One => Cluster.Webs[0].Client;

    public SiloClient Two => Cluster.Webs[1].Client;

    public async ValueTask InitializeAsync()
    {
        await _server.InitializeAsync();
        Cluster = await ProcessCluster.StartAsync(_server, new ClusterStart { Silos = 2, Webs = 2 }, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (Cluster is not null)
        {
            await Cluster.DisposeAsync();
        }

        await _server.DisposeAsync();
    }
}
