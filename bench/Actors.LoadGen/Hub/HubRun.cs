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

/// <summary>What scores of browsers cost and how soon they were seen.</summary>
/// <param name="Load">What the load reached; its latencies are those of the answers.</param>
/// <param name="ServerCores">The server's CPU time per second.</param>
/// <param name="Push">From the sending of a marked score to the message that counts it.</param>
internal sealed record FeedbackStep(ArrivalResult Load, double ServerCores, Latencies Push);

/// <summary>All results of <c>hub</c>.</summary>
/// <param name="Watchers">Many clients, and none.</param>
/// <param name="Parts">Nobody, and then every user watched on its own.</param>
/// <param name="FirstReads">The first question for a user over all time.</param>
/// <param name="NextReads">Those after it.</param>
/// <param name="Feedback">Scores of browsers.</param>
internal sealed record HubResults(
    IReadOnlyList<HubStep> Watchers, IReadOnlyList<HubStep> Parts, Latencies FirstReads, Latencies NextReads, FeedbackStep Feedback);

/// <summary>
/// Loads a server and lets many clients watch twelve tiles each, at two updates per second; then lets every user be watched on
/// its own; then sends scores as browsers do.
/// </summary>
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

    private static IReadOnlyList<IReadOnlyList<string>> EveryUser { get; } =
        [.. PartReads.UserIds.Select(user => $$"""{"user":"{{user}}","windows":["1m"],"rate":1}""").Chunk(16)];

    /// <summary>Measures everything.</summary>
    public async Task<HubResults> RunAsync(CancellationToken cancellationToken)
    {
        await using var silo = await SiloProcess.StartAsync(options.Silo, data, cancellationToken);
        using var http = silo.CreateClient(Connections);
        await using var probe = PushProbe.OfTraces(silo, _workload, _tally);
        var load = new ArrivalLoad(new IngestionClient(http), _workload, _tally, Connections);
        Say("warm-up");
        await probe.StartAsync(cancellationToken);
        await load.RunAsync(options.Rate, WarmUp, cancellationToken);
        var before = await StepAsync("nobody", silo, load, probe, [], cancellationToken);
        var parts = await WatchedAsync("every user on its own", EveryUser, silo, load, probe, cancellationToken);
        var (first, next) = await PartReads.RunAsync(http, cancellationToken);
        var oneByOne = await WatchedAsync("12 subscriptions of one window", Many(OneByOne), silo, load, probe, cancellationToken);
        var together = await WatchedAsync("3 subscriptions of four windows", Many(Together), silo, load, probe, cancellationToken);
        var after = await StepAsync("nobody again", silo, load, probe, [], cancellationToken);
        var feedback = await FeedbackAsync(silo, cancellationToken);
        await silo.StopAsync();
        return new HubResults([before, oneByOne, together, after], [before, parts, after], first, next, feedback);
    }

    private IReadOnlyList<IReadOnlyList<string>> Many(IReadOnlyList<string> subscriptions) => [.. Enumerable.Repeat(subscriptions, options.Clients)];

    private async Task<FeedbackStep> FeedbackAsync(SiloProcess silo, CancellationToken cancellationToken)
    {
        Say($"{options.Scores} scores/s");
        using var feedback = new FeedbackLoad(silo, Connections);
        await feedback.AllowAsync(cancellationToken);
        await using var probe = feedback.Probe();
        await feedback.RunAsync(options.Scores, WarmUp, cancellationToken);
        await probe.StartAsync(cancellationToken);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (server, started) = (silo.Sample().Cpu, Time.GetTimestamp());
        var probing = probe.RunAsync(ending.Token);
        var result = await feedback.RunAsync(options.Scores, options.Duration, cancellationToken);
        var cores = (silo.Sample().Cpu - server) / Time.GetElapsedTime(started);
        await ending.CancelAsync();
        return new FeedbackStep(result, cores, await probing);
    }

    private async Task<HubStep> WatchedAsync(
        string name, IReadOnlyList<IReadOnlyList<string>> subscriptions, SiloProcess silo, ArrivalLoad load, PushProbe probe, CancellationToken cancellationToken)
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

    private static async Task<IReadOnlyList<HubClient>> ConnectAsync(SiloProcess silo, IReadOnlyList<IReadOnlyList<string>> subscriptions, CancellationToken cancellationToken)
    {
        using var http = silo.CreateClient(1);
        var authorization = http.DefaultRequestHeaders.Authorization!.ToString();
        var clients = new HubClient[subscriptions.Count];
        await Parallel.ForAsync(
            0,
            clients.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce, CancellationToken = cancellationToken },
            async (i, cancel) => clients[i] = await HubClient.ConnectAsync(silo.Address, authorization, subscriptions[i], cancel));
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
