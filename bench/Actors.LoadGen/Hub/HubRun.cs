using Actors.LoadGen.Load;
using Actors.LoadGen.Server;
using Actors.LoadGen.Workload;

namespace Actors.LoadGen.Hub;

/// <summary>One step: the same load, with clients that watch or without.</summary>
/// <param name="Name">What was watched.</param>
/// <param name="Clients">How many watched.</param>
/// <param name="Load">What the load reached.</param>
/// <param name="ServerCores">The server's CPU time per second.</param>
/// <param name="LoaderCores">The loader's CPU time per second, that of its clients included.</param>
/// <param name="BytesPerClient">Bytes per second and client.</param>
/// <param name="MessagesPerClient">Messages per second and client.</param>
/// <param name="Push">From the sending of a marked trace to the message of a client that counts it, ten messages per second.</param>
internal sealed record HubStep(
    string Name, int Clients, ArrivalResult Load, double ServerCores, double LoaderCores, double BytesPerClient, double MessagesPerClient, Latencies Push);

/// <summary>Loads a server and lets many clients watch twelve tiles each, at two updates per second.</summary>
internal sealed class HubRun(HubOptions options, string data)
{
    private const int Connections = 16;
    private const int ConnectingAtOnce = 20;

    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);

    private static readonly string[] Windows = ["1m", "5m", "15m", "1h"];
    private static readonly string[] Parts = ["", "env:production", "model:gpt-4o"];

    private readonly CanonicalWorkload _workload = new(run: 1);
    private readonly Tally _tally = new();

    // A client that subscribes tile by tile, and one that lets four tiles share a subscription.
    private static IReadOnlyList<string> OneByOne { get; } =
        [.. from part in Parts from window in Windows select $$"""{"filter":"{{part}}","windows":["{{window}}"],"rate":2}"""];

    private static IReadOnlyList<string> Together { get; } =
        [.. Parts.Select(part => $$"""{"filter":"{{part}}","windows":["{{string.Join("\",\"", Windows)}}"],"rate":2}""")];

    /// <summary>Measures everything.</summary>
    public async Task<IReadOnlyList<HubStep>> RunAsync(CancellationToken cancellationToken)
    {
        await using var silo = await SiloProcess.StartAsync(options.Silo, data, cancellationToken);
        using var http = silo.CreateClient(Connections);
        await using var probe = PushProbe.OfTraces(silo, _workload, _tally);
        var load = new ArrivalLoad(new IngestionClient(http), _workload, _tally, Connections);
        Say("warm-up");
        await probe.StartAsync(cancellationToken);
        await load.RunAsync(options.Rate, WarmUp, cancellationToken);
        var steps = new List<HubStep>
        {
            await StepAsync("nobody", silo, load, probe, [], cancellationToken),
            await WatchedAsync("12 subscriptions of one window", OneByOne, silo, load, probe, cancellationToken),
            await WatchedAsync("3 subscriptions of four windows", Together, silo, load, probe, cancellationToken),
            await StepAsync("nobody again", silo, load, probe, [], cancellationToken),
        };
        await silo.StopAsync();
        return steps;
    }

    private async Task<HubStep> WatchedAsync(
        string name, IReadOnlyList<string> subscriptions, SiloProcess silo, ArrivalLoad load, PushProbe probe, CancellationToken cancellationToken)
    {
        var clients = await ConnectAsync(silo, subscriptions, cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pinging = PingAsync(clients, ending.Token);
        await load.RunAsync(options.Rate, WarmUp, cancellationToken);
        var step = await StepAsync(name, silo, load, probe, clients, cancellationToken);
        await ending.CancelAsync();
        await pinging.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Parallel.ForEachAsync(clients, CancellationToken.None, (client, _) => client.DisposeAsync());
        return step;
    }

    private async Task<HubStep> StepAsync(
        string name, SiloProcess silo, ArrivalLoad load, PushProbe probe, IReadOnlyList<HubClient> clients, CancellationToken cancellationToken)
    {
        Say($"{clients.Count} clients: {name}");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (bytes, messages) = (clients.Sum(c => c.Bytes), clients.Sum(c => c.Messages));
        var (server, loader, started) = (silo.Sample().Cpu, Environment.CpuUsage.TotalTime, Time.GetTimestamp());
        var probing = probe.RunAsync(ending.Token);
        var result = await load.RunAsync(options.Rate, options.Duration, cancellationToken);
        var elapsed = Time.GetElapsedTime(started);
        var (serverCpu, loaderCpu) = (silo.Sample().Cpu - server, Environment.CpuUsage.TotalTime - loader);
        var each = clients.Count == 0 ? 1 : clients.Count * elapsed.TotalSeconds;
        (bytes, messages) = (clients.Sum(c => c.Bytes) - bytes, clients.Sum(c => c.Messages) - messages);
        await ending.CancelAsync();
        return new HubStep(name, clients.Count, result, serverCpu / elapsed, loaderCpu / elapsed, bytes / each, messages / each, await probing);
    }

    private async Task<IReadOnlyList<HubClient>> ConnectAsync(SiloProcess silo, IReadOnlyList<string> subscriptions, CancellationToken cancellationToken)
    {
        using var http = silo.CreateClient(1);
        var authorization = http.DefaultRequestHeaders.Authorization!.ToString();
        var clients = new HubClient[options.Clients];
        await Parallel.ForAsync(
            0,
            clients.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce, CancellationToken = cancellationToken },
            async (i, cancel) => clients[i] = await HubClient.ConnectAsync(silo.Address, authorization, subscriptions, cancel));
        return clients;
    }

    private static async Task PingAsync(IReadOnlyList<HubClient> clients, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(PingInterval, Time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            foreach (var client in clients)
            {
                await client.PingAsync(cancellationToken);
            }
        }
    }

    private static void Say(string phase) => Console.Error.WriteLine($"… {phase}");
}
