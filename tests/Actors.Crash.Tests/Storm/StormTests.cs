using System.Globalization;
using Actors.Testing.Processes.Network;

namespace Actors.Crash;

/// <summary>
/// Acknowledged means durable, and once, in a cluster too: silos, web nodes and PostgreSQL are killed, silos are frozen until others
/// take their actors over, and cut off from each other, while clients go on writing to whichever web node answers. Afterwards
/// everything is there as it is after the kills of one server, and no audit of any silo has found a difference.
/// </summary>
public sealed class StormTests(ITestOutputHelper output)
{
    private const int Silos = 2;
    private const int Webs = 2;
    private const int MaxStories = 5_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(25);

    // So that a round of CI has seen each kind; more rounds draw them.
    private static readonly TroubleKind[] FirstRounds =
    [
        TroubleKind.KilledSilo, TroubleKind.FrozenSilo, TroubleKind.KilledPostgres, TroubleKind.KilledSilo, TroubleKind.KilledWeb,
        TroubleKind.CutSilo, TroubleKind.KilledSilos, TroubleKind.PartedSilos, TroubleKind.StoppedSilo, TroubleKind.KilledPostgres,
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static int Rounds =>
        int.TryParse(Environment.GetEnvironmentVariable("ACTORS_STORM_ROUNDS"), CultureInfo.InvariantCulture, out var set) ? set : FirstRounds.Length;

    [Fact]
    public async Task Every_acknowledged_event_survives_what_happens_to_a_cluster()
    {
        Assert.SkipUnless(HostNetwork.IsPossible, "Hosts of their own need root and iproute2.");
        await using var cluster = await StormCluster.StartAsync(Silos, Webs, Cancel);
        var told = new List<Story>();
        var round = 1;
        try
        {
            for (; round <= Rounds; round++)
            {
                var load = new Load(round, [.. told.Where(s => !s.IsOver)], MaxStories, Pause);
                var trouble = NextTrouble(cluster, round);
                var took = await UnderLoadAsync(cluster, load, trouble);
                told.AddRange(load.Stories.Except(told).ToList());
                await AuditAsync(cluster, load, told, round);
                output.WriteLine($"round {round}: {trouble.Kind}, {load.Stories.Count} stories, {load.Stories.Count(s => s.InDoubt)} in doubt, answers again after {took.TotalSeconds:0.0} s");
            }
        }
        catch (Exception e)
        {
            var transcripts = cluster.Nodes.Nodes.Select(n => $"=== {n.Name}\n{n.Process.Transcript}");
            throw new InvalidOperationException(
                $"Repeat with ACTORS_SEED={Seed.OfThisRun}: round {round}, {NextTrouble(cluster, round).Kind}: {e.Message}\n{string.Join('\n', transcripts)}", e);
        }

        output.WriteLine($"seed {Seed.OfThisRun}: {told.Sum(s => s.Scripts.Count)} traces and scores of sessions, {told.Sum(s => s.Acknowledged)} requests acknowledged");
    }

    private static Trouble NextTrouble(StormCluster cluster, int round)
    {
        var chance = Seed.For(round, 0);
        var drawn = (TroubleKind)chance.Next(Enum.GetValues<TroubleKind>().Length);
        return new Trouble(cluster, round <= FirstRounds.Length ? FirstRounds[round - 1] : drawn, chance, Cancel);
    }

    // Load runs before, through and after the trouble, until every writer has had an answer again.
    private static async Task<TimeSpan> UnderLoadAsync(StormCluster cluster, Load load, Trouble trouble)
    {
        using var over = new CancellationTokenSource();
        var running = load.RunAsync(writer => cluster.NewTeller(writer, over.Token), over.Token);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, Cancel);
        await trouble.MakeAsync();
        var from = TimeProvider.System.GetTimestamp();
        var before = load.Acknowledged;
        await Eventually.GetAsync(
            "an answer to each writer",
            TimeSpan.FromSeconds(30),
            () => load.Failure is { } failure
                ? throw new InvalidOperationException($"A writer has ended: {failure.Message}", failure)
                : Task.FromResult(load.Acknowledged),
            now => now.Zip(before).All(a => a.First > a.Second),
            Cancel,
            now => string.Join(", ", now.Zip(before)));
        var took = TimeProvider.System.GetElapsedTime(from);
        await over.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        await cluster.Nodes.SettleAsync(TimeSpan.FromSeconds(60), Cancel);
        return took;
    }

    private static async Task AuditAsync(StormCluster cluster, Load load, List<Story> told, int round)
    {
        using var client = new SiloClient(cluster.Nodes.Webs[round % Webs].Process.Address, cluster.Nodes.Keys);
        var audit = new Audit(client, Cancel);
        await audit.ColumnsAsync();
        await audit.StoriesAsync(load.Stories);
        List<Told> all = [.. told.SelectMany(s => s.Told())];
        await audit.TracesAsync(Load.NameOf(round), all);
        await audit.SessionsAsync(all);
        await audit.LiveAsync(LiveQuestion.Everything, all);
        await audit.LiveAsync(LiveQuestion.Of("Session", TraceTraits.SessionOf(Load.NameOf(round), 0)), all);
        foreach (var silo in cluster.Nodes.Silos)
        {
            using var administrator = StormCluster.NewAdministrator(silo);
            await new OwnAudits(administrator, Cancel).AssertCleanAsync(mayBeSilent: true);
        }
    }
}
