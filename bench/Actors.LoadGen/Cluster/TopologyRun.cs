using Actors.LoadGen.Load;
using Actors.LoadGen.Server;
using Actors.LoadGen.Workload;

namespace Actors.LoadGen.Cluster;

/// <summary>
/// Loads one topology: as much as it takes, then the asked rate. Requests go to all nodes in turn; marked traces are sent to one
/// node and watched on another. Of two whole nodes one is killed afterwards, and then both. At the end everything is counted.
/// </summary>
internal sealed class TopologyRun(ClusterOptions options, Topology topology, string directory, PostgresProcess? postgres)
{
    private const int Connections = 16;
    private const double Flood = 20_000;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan FloodDuration = TimeSpan.FromSeconds(6);

    private readonly CanonicalWorkload _workload = new(run: 1);
    private readonly Tally _tally = new();

    // Each process compiles its own hot code, and all of them on the same cores.
    private TimeSpan LongestWarmUp => options.LongestWarmUp ?? TimeSpan.FromSeconds(12 + (8 * topology.Roles.Count));

    /// <summary>Measures everything.</summary>
    public async Task<ClusterStep> RunAsync(CancellationToken cancellationToken)
    {
        Say("start");
        var database = topology.IsOnPostgres ? await postgres!.CreateDatabaseAsync(topology.Id, cancellationToken) : null;
        await using var nodes = await ClusterNodes.StartAsync(options.Silo, directory, topology, database, cancellationToken);
        var check = new CountCheck(_tally);
        var firstEvent = Time.GetUtcNow();
        var step = await LoadAsync(nodes, cancellationToken);
        List<Count> counts = [.. await AskAsync(nodes, check, firstEvent, cancellationToken)];
        if (topology == Topology.Two)
        {
            step = step with { Failovers = await new Failover(nodes, options.Rate, _tally).RunAsync(cancellationToken) };
            counts.AddRange((await AskAsync(nodes, check, firstEvent, cancellationToken)).Select(c => c with { Where = $"{c.Where}, after the deaths" }));
        }

        await nodes.StopAsync();
        var repeated = step.Failovers.Count > 0 ? Failover.MostRepeated : 0;
        counts.AddRange(await check.ReadLogAsync(nodes.FirstData, cancellationToken, database, repeated));
        return step with { Counts = counts };
    }

    private async Task<ClusterStep> LoadAsync(ClusterNodes nodes, CancellationToken cancellationToken)
    {
        using var http = nodes.CreateClient(Connections);
        using var lag = new LagWatch(nodes.Apis[0]);
        await using var probe = PushProbe.OfTraces(nodes.Apis[0], _workload, _tally, target: nodes.Apis[^1]);
        var load = new ArrivalLoad(new IngestionClient(http), _workload, _tally, Connections);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var compilers = nodes.All.ConvertAll(n => new CompilerWatch(n.Process.Id));
        var watching = compilers.ConvertAll(c => c.RunAsync(ending.Token));

        Say("warm-up");
        await probe.StartAsync(cancellationToken);
        await WarmUpAsync(load, compilers, cancellationToken);

        Say("as much as it takes");
        var most = await FloodAsync(http, cancellationToken);
        await lag.CatchUpAsync(cancellationToken);

        Say($"{options.Rate:0} events/s");
        var step = await StepAsync(nodes, load, probe, lag, compilers, cancellationToken);
        await ending.CancelAsync();
        await Task.WhenAll(watching);
        return step with { Most = most };
    }

    private async Task WarmUpAsync(ArrivalLoad load, IReadOnlyList<CompilerWatch> compilers, CancellationToken cancellationToken)
    {
        using var warm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = load.RunAsync(options.Rate, LongestWarmUp, warm.Token);
        await Task.Delay(LeastWarmUp, Time, cancellationToken);
        await Task.WhenAll(compilers.Select(c => c.WaitUntilCalmAsync(LongestWarmUp - LeastWarmUp, cancellationToken)));
        await warm.CancelAsync();
        await running;
    }

    private async Task<ClusterStep> StepAsync(
        ClusterNodes nodes, ArrivalLoad load, PushProbe probe, LagWatch lag, IReadOnlyList<CompilerWatch> compilers, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writtenAhead = postgres is null ? 0 : await postgres.MeasureWriteAheadAsync(cancellationToken);
        var (acknowledged, server, database) = (_tally.Acknowledged, nodes.Cpu, postgres?.Sample().Cpu);
        var (compiled, loader) = (Compiled(), Environment.CpuUsage.TotalTime);
        var probing = probe.RunAsync(ending.Token);
        var result = await load.RunAsync(options.Rate, options.Duration, cancellationToken);
        await ending.CancelAsync();
        var loaderCpu = Environment.CpuUsage.TotalTime - loader;
        var catchUp = await lag.CatchUpAsync(cancellationToken);
        var push = await probing;
        var events = _tally.Acknowledged - acknowledged;
        var step = new ClusterStep
        {
            Topology = topology,
            Load = result,
            ServerMicroseconds = (nodes.Cpu - server).TotalMicroseconds / events,
            CompilerMicroseconds = (Compiled() - compiled).TotalMicroseconds / events,
            LoaderMicroseconds = loaderCpu.TotalMicroseconds / events,
            Push = push,
            Unseen = probe.Unseen,
            CatchUp = catchUp,
            PeakBytes = nodes.PeakBytes,
            Tally = _tally,
        };
        if (nodes.Database is null)
        {
            return step;
        }

        var after = postgres!.Sample();
        return step with
        {
            PostgresMicroseconds = (after.Cpu - database!.Value).TotalMicroseconds / events,
            PostgresBytes = after.ResidentBytes,
            Connections = await PostgresProcess.CountConnectionsAsync(nodes.Database, cancellationToken),
            WriteAheadBytes = (double)(await postgres.MeasureWriteAheadAsync(cancellationToken) - writtenAhead) / events,
        };

        TimeSpan Compiled() => TimeSpan.FromTicks(compilers.Sum(c => c.Total.Ticks));
    }

    // Far more than it can take is sent for a while, which ends with what is under way.
    private async Task<double> FloodAsync(HttpClient http, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(FloodDuration);
        var load = new ArrivalLoad(new IngestionClient(http), new CanonicalWorkload(run: 2), _tally, Connections);
        return (await load.RunAsync(Flood, FloodDuration, ending.Token)).EventsPerSecond;
    }

    private static async Task<IReadOnlyList<Count>> AskAsync(
        ClusterNodes nodes, CountCheck check, DateTimeOffset firstEvent, CancellationToken cancellationToken)
    {
        using var http = nodes.CreateClient(1);
        return await check.AskServerAsync(http, firstEvent, cancellationToken);
    }

    private void Say(string phase) => Console.Error.WriteLine($"… {topology.Name}: {phase}");
}
