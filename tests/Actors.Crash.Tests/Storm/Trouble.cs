using Actors.Testing.Processes.Network;

namespace Actors.Crash;

/// <summary>What goes wrong in a round of a storm.</summary>
internal enum TroubleKind
{
    KilledSilo,
    KilledWeb,
    KilledPostgres,
    FrozenSilo,
    CutSilo,
    PartedSilos,
    KilledSilos,
    StoppedSilo,
}

/// <summary>Makes trouble while load runs, and ends it; afterwards all nodes run.</summary>
internal sealed class Trouble(StormCluster cluster, TroubleKind kind, Random chance, CancellationToken cancellationToken)
{
    // Longer than it takes until a silo that does not answer is declared dead, so that its actors live twice for a while.
    private static readonly (int Least, int Most) Absence = (13_000, 18_000);

    public TroubleKind Kind => kind;

    private ProcessCluster Nodes => cluster.Nodes;

    public async Task MakeAsync()
    {
        var silo = Nodes.Silos[chance.Next(Nodes.Silos.Count)];
        switch (kind)
        {
            case TroubleKind.KilledSilo:
                await KillAsync(silo);
                break;
            case TroubleKind.KilledSilos:
                await Task.WhenAll(Nodes.Silos.Select(s => s.KillAsync()));
                await Nodes.StartAllAsync(cancellationToken);
                break;
            case TroubleKind.KilledWeb:
                await KillAsync(Nodes.Webs[chance.Next(Nodes.Webs.Count)]);
                break;
            case TroubleKind.KilledPostgres:
                await cluster.Postgres.KillAsync();
                await PauseAsync(0, 2_000);
                await cluster.Postgres.StartAsync(cancellationToken);
                break;
            case TroubleKind.StoppedSilo:
                Assert.Equal(0, await silo.StopAsync());
                await silo.StartAsync(cancellationToken);
                break;
            case TroubleKind.FrozenSilo:
                silo.Pause();
                await PauseAsync(Absence.Least, Absence.Most);
                silo.Resume();
                break;
            case TroubleKind.CutSilo:
                await HostNetwork.CutAsync(silo.Host, cancellationToken);
                await PauseAsync(Absence.Least, Absence.Most);
                await HostNetwork.HealAsync(silo.Host, cancellationToken);
                break;
            default:
                var other = Nodes.Silos.First(s => s != silo);
                await HostNetwork.PartAsync(silo.Host, other.Host, cancellationToken);
                await PauseAsync(Absence.Least, Absence.Most);
                await HostNetwork.JoinAsync(silo.Host, other.Host, cancellationToken);
                break;
        }
    }

    private async Task KillAsync(ClusterNode node)
    {
        await node.KillAsync();
        await PauseAsync(0, 3_000);
        await node.StartAsync(cancellationToken);
    }

    private Task PauseAsync(int least, int most) =>
        Task.Delay(TimeSpan.FromMilliseconds(chance.Next(least, most)), TimeProvider.System, cancellationToken);
}
