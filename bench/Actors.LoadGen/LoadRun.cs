using Actors.LoadGen.Floors;
using Actors.LoadGen.Load;
using Actors.LoadGen.Report;
using Actors.LoadGen.Server;
using Actors.LoadGen.Workload;

namespace Actors.LoadGen;

/// <summary>One run from the floors to the counts.</summary>
internal sealed class LoadRun(LoadOptions options, string dataDirectory)
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan FloorDuration = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan IdleDuration = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastWarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromSeconds(45);

    private readonly CanonicalWorkload _workload = new(run: 1);
    private readonly Tally _tally = new();

    /// <summary>Measures everything.</summary>
    public async Task<Results> RunAsync(CancellationToken cancellationToken)
    {
        var (parse, log) = options.WithFloors ? await MeasureFloorsAsync() : default;
        var check = new CountCheck(_tally);
        var data = Directory.CreateDirectory(Path.Combine(dataDirectory, "server")).FullName;
        IdleResult idle;
        List<StepResult> steps;
        List<Count> counts;
        await using (var silo = await SiloProcess.StartAsync(options.Silo, data, cancellationToken))
        {
            idle = await MeasureIdleAsync(silo, cancellationToken);
            var firstEvent = Time.GetUtcNow();
            steps = await LoadAsync(silo, cancellationToken);
            using var http = silo.CreateClient(1);
            counts = [.. await check.AskServerAsync(http, firstEvent, cancellationToken)];
            await silo.StopAsync();
        }

        counts.InsertRange(0, await check.ReadLogAsync(data, cancellationToken));
        return new Results { Parse = parse, Log = log, Idle = idle, Steps = steps, Counts = counts, Tally = _tally };
    }

    private async Task<(Floor? Parse, Floor? Log)> MeasureFloorsAsync()
    {
        Say("parse only");
        var parse = await ParseFloor.MeasureAsync(_workload, FloorDuration);
        Say("parse + durable log");
        var directory = Directory.CreateDirectory(Path.Combine(dataDirectory, "floor")).FullName;
        var log = await LogFloor.MeasureAsync(_workload, directory, FloorDuration);
        Directory.Delete(directory, recursive: true);
        GC.Collect();
        return (parse, log);
    }

    private async Task<IdleResult> MeasureIdleAsync(SiloProcess silo, CancellationToken cancellationToken)
    {
        if (!options.WithIdle)
        {
            return new IdleResult(silo.FirstPage, null, null);
        }

        Say("idle");
        await Task.Delay(IdleDuration, Time, cancellationToken);
        var before = silo.Sample();
        var started = Time.GetTimestamp();
        await Task.Delay(IdleDuration, Time, cancellationToken);
        var after = silo.Sample();
        return new IdleResult(silo.FirstPage, before.ResidentBytes, (after.Cpu - before.Cpu) / Time.GetElapsedTime(started));
    }

    private async Task<List<StepResult>> LoadAsync(SiloProcess silo, CancellationToken cancellationToken)
    {
        using var http = silo.CreateClient(options.Connections);
        using var lag = new LagWatch(silo);
        await using var probe = PushProbe.OfTraces(silo, _workload, _tally);
        var load = new ArrivalLoad(new IngestionClient(http), _workload, _tally, options.Connections);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var compiler = new CompilerWatch(silo.Id);
        var watching = compiler.RunAsync(ending.Token);

        Say("warm-up");
        await probe.StartAsync(cancellationToken);
        await WarmUpAsync(load, compiler, cancellationToken);
        await lag.CatchUpAsync(cancellationToken);

        var steps = new List<StepResult>();
        foreach (var rate in options.Rates)
        {
            Say($"full path at {Cells.Thousands(rate)} events/s");
            steps.Add(await StepAsync(silo, load, probe, lag, compiler, rate, cancellationToken));
        }

        await ending.CancelAsync();
        await watching;
        return steps;
    }

    // The runtime compiles hot code again and again while it is young; a server that has run for minutes does not.
    private async Task WarmUpAsync(ArrivalLoad load, CompilerWatch compiler, CancellationToken cancellationToken)
    {
        using var warm = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = load.RunAsync(options.Rates[0] / 2, LongestWarmUp, warm.Token);
        await Task.Delay(LeastWarmUp, Time, cancellationToken);
        await compiler.WaitUntilCalmAsync(LongestWarmUp - LeastWarmUp, cancellationToken);
        await warm.CancelAsync();
        await running;
    }

    private async Task<StepResult> StepAsync(
        SiloProcess silo, ArrivalLoad load, PushProbe probe, LagWatch lag, CompilerWatch compiler, double rate, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var acknowledged = _tally.Acknowledged;
        var server = silo.Sample().Cpu;
        var compiled = compiler.Total;
        var loader = Environment.CpuUsage.TotalTime;
        var probing = probe.RunAsync(ending.Token);
        var watching = lag.RunAsync(ending.Token);
        var result = await load.RunAsync(rate, options.Duration, cancellationToken);
        await ending.CancelAsync();
        var loaderCpu = Environment.CpuUsage.TotalTime - loader;
        var catchUp = await lag.CatchUpAsync(cancellationToken);
        var push = await probing;
        var lags = await watching;
        var after = silo.Sample();
        var events = _tally.Acknowledged - acknowledged;
        return new StepResult
        {
            Rate = rate,
            Load = result,
            ServerMicroseconds = (after.Cpu - server).TotalMicroseconds / events,
            CompilerMicroseconds = (compiler.Total - compiled).TotalMicroseconds / events,
            LoaderMicroseconds = loaderCpu.TotalMicroseconds / events,
            Push = push,
            Unseen = probe.Unseen,
            Lag = lags,
            CatchUp = catchUp,
            PeakBytes = after.PeakBytes,
        };
    }

    private static void Say(string phase) => Console.Error.WriteLine($"… {phase}");
}
