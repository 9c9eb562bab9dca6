using Actors.LoadGen.Load;
using Actors.LoadGen.Server;
using Actors.LoadGen.Workload;

namespace Actors.LoadGen.Viewers;

/// <summary>One step: the same load, with some viewers or none.</summary>
/// <param name="Viewers">How many looked.</param>
/// <param name="EventsPerSecond">What the load reached.</param>
/// <param name="ServerCores">The server's CPU time per second.</param>
/// <param name="BytesPerViewer">Bytes per second and viewer on the wire.</param>
/// <param name="BatchesPerViewer">Render batches per second and viewer.</param>
/// <param name="CallsPerViewer">Calls of scripts per second and viewer.</param>
/// <param name="IsServed">Whether every viewer got something.</param>
internal sealed record ViewersStep(
    int Viewers, double EventsPerSecond, double ServerCores, double BytesPerViewer, double BatchesPerViewer, double CallsPerViewer, bool IsServed);

/// <summary>Loads a server a little, and lets viewers look at a page of it.</summary>
internal sealed class ViewersRun(ViewersOptions options, string data)
{
    private const int Connections = 4;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    /// <summary>Measures nobody, each number of viewers, and nobody again.</summary>
    public async Task<IReadOnlyList<ViewersStep>> RunAsync(CancellationToken cancellationToken)
    {
        await using var silo = await SiloProcess.StartAsync(options.Silo, data, cancellationToken);
        using var http = silo.CreateClient(Connections);
        var load = new ArrivalLoad(new IngestionClient(http), new CanonicalWorkload(run: 1), new Tally(), Connections);
        Say("warm-up");
        await WatchedAsync(5, silo, load, WarmUp, cancellationToken);
        var steps = new List<ViewersStep>();
        foreach (var viewers in (int[])[0, .. options.Viewers, 0])
        {
            Say($"{viewers} viewers");
            steps.Add(await WatchedAsync(viewers, silo, load, options.Duration, cancellationToken));
        }

        await silo.StopAsync();
        return steps;
    }

    private async Task<ViewersStep> WatchedAsync(int viewers, SiloProcess silo, ArrivalLoad load, TimeSpan duration, CancellationToken cancellationToken)
    {
        var page = new Uri(silo.Address, options.Page);
        var circuits = new List<CircuitClient>();
        try
        {
            for (var i = 0; i < viewers; i++)
            {
                circuits.Add(await CircuitClient.OpenAsync(page, cancellationToken));
            }

            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var pinging = PingAsync(circuits, ending.Token);
            await load.RunAsync(options.Rate, Settling, cancellationToken);
            var (bytes, batches, calls) = (circuits.Sum(c => c.Bytes), circuits.Sum(c => c.Batches), circuits.Sum(c => c.Calls));
            long[] before = [.. circuits.Select(c => c.Batches)];
            var (cpu, started) = (silo.Sample().Cpu, Time.GetTimestamp());
            var result = await load.RunAsync(options.Rate, duration, cancellationToken);
            var elapsed = Time.GetElapsedTime(started);
            var each = Math.Max(1, viewers) * elapsed.TotalSeconds;
            var step = new ViewersStep(
                viewers,
                result.EventsPerSecond,
                (silo.Sample().Cpu - cpu) / elapsed,
                (circuits.Sum(c => c.Bytes) - bytes) / each,
                (circuits.Sum(c => c.Batches) - batches) / each,
                (circuits.Sum(c => c.Calls) - calls) / each,
                circuits.Zip(before).All(c => c.First.Batches > c.Second));
            await ending.CancelAsync();
            await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return step;
        }
        finally
        {
            foreach (var circuit in circuits)
            {
                await circuit.DisposeAsync();
            }
        }
    }

    private static async Task PingAsync(IReadOnlyList<CircuitClient> circuits, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PingInterval, Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var circuit in circuits)
            {
                await circuit.PingAsync();
            }
        }
    }

    private static void Say(string phase) => Console.Error.WriteLine($"… {phase}");
}
