using Actors.LoadGen.Load;
using Actors.Storage;
using Actors.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.LoadGen.Logs;

/// <summary>What appending and reading back cost in one store.</summary>
/// <param name="Name">The store, and who writes.</param>
/// <param name="EventsPerSecond">Appended and acknowledged.</param>
/// <param name="OwnCpu">Microseconds of this process per event.</param>
/// <param name="ServerCpu">Microseconds of the database server per event; null: it is in this process.</param>
/// <param name="Answer">From the call until the row was durable.</param>
/// <param name="ReadEventsPerSecond">Events of the change feed read from the beginning.</param>
/// <param name="ReadCpu">Microseconds per event read, of both.</param>
internal sealed record LogStep(
    string Name, double EventsPerSecond, double OwnCpu, double? ServerCpu, Latencies Answer, double ReadEventsPerSecond, double ReadCpu);

/// <summary>What waiting for other nodes costs.</summary>
/// <param name="Projects">Projects that are waited for.</param>
/// <param name="OwnCores">Cores of this process while nothing happens.</param>
/// <param name="ServerCores">Cores of the database server.</param>
internal sealed record WaitStep(int Projects, double OwnCores, double ServerCores);

/// <summary>All results.</summary>
/// <param name="Steps">Appending and reading.</param>
/// <param name="Waits">Waiting.</param>
/// <param name="Wake">From an acknowledgement on one node until a reader on another is woken.</param>
/// <param name="Head">One question for the head, sixteen at a time.</param>
internal sealed record LogResults(IReadOnlyList<LogStep> Steps, IReadOnlyList<WaitStep> Waits, Latencies Wake, Latencies Head);

/// <summary>One run: both stores, the first ones again at the end, because the cores are shared.</summary>
internal sealed class LogRun(LogOptions options, string dataDirectory)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    private readonly RowSource _rows = new();
    private int _stores;

    /// <summary>Measures everything.</summary>
    public async Task<LogResults> RunAsync(CancellationToken cancellationToken)
    {
        var server = await PostgresCpu.FindAsync(options.Postgres);

        // Before the load, whose traces the server tidies up in the background.
        var waits = new List<WaitStep>();
        await using (var node = OpenPostgres())
        {
            foreach (var projects in (int[])[1_000, 1, 0])
            {
                waits.Add(await WaitStepAsync(node, server, projects, cancellationToken));
            }
        }

        var steps = new List<LogStep>
        {
            await StepAsync("SQLite", null, [OpenSqlite], ["p"], cancellationToken),
            await StepAsync("PostgreSQL", server, [OpenPostgres], ["p-1"], cancellationToken),
            await StepAsync("PostgreSQL, two nodes, one project", server, [OpenPostgres, OpenPostgres], ["p-2"], cancellationToken),
            await StepAsync("PostgreSQL, two nodes, a project each", server, [OpenPostgres, OpenPostgres], ["p-3", "p-4"], cancellationToken),
            await StepAsync("PostgreSQL again", server, [OpenPostgres], ["p-5"], cancellationToken),
            await StepAsync("SQLite again", null, [OpenSqlite], ["p"], cancellationToken),
        };
        await using var one = OpenPostgres();
        await using var other = OpenPostgres();
        return new LogResults(
            steps,
            waits,
            await WakeAsync(Log(one), Log(other), cancellationToken),
            await HeadAsync(Log(one), cancellationToken));
    }

    private static IEventLog Log(IServiceProvider services) => services.GetRequiredService<IEventLog>();

    private async Task<LogStep> StepAsync(
        string name, PostgresCpu? server, Func<ServiceProvider>[] open, string[] projects, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync(name);
        var nodes = open.Select(o => o()).ToList();
        try
        {
            // The first second compiles.
            await AppendAsync(nodes, ["warm-up"], TimeSpan.FromSeconds(1), new Latencies(), cancellationToken);
            var answers = new Latencies();
            var meter = new Meter(server);
            var events = await AppendAsync(nodes, projects, options.Duration, answers, cancellationToken);
            var (seconds, own, serverCpu) = meter.Read();

            meter = new Meter(server);
            var read = await ReadAsync(Log(nodes[0]), new ProjectId(projects[0]), cancellationToken);
            var (readSeconds, readOwn, readServer) = meter.Read();
            return new LogStep(
                name, events / seconds, own / events, serverCpu / events, answers, read / readSeconds, (readOwn + (readServer ?? 0)) / read);
        }
        finally
        {
            foreach (var node in nodes)
            {
                await node.DisposeAsync();
            }
        }
    }

    private async Task<long> AppendAsync(
        List<ServiceProvider> nodes, string[] projects, TimeSpan duration, Latencies answers, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        var events = await Task.WhenAll(Enumerable.Range(0, options.Callers).Select(caller => Task.Run(() => CallAsync(caller), cancellationToken)));
        return events.Sum();

        async Task<long> CallAsync(int caller)
        {
            var log = Log(nodes[caller % nodes.Count]);
            var project = new ProjectId(projects[caller % projects.Length]);
            long stored = 0;
            while (Time.GetElapsedTime(started) < duration)
            {
                var append = _rows.Next(project);
                var called = Time.GetTimestamp();
                if ((await log.AppendAsync(append, cancellationToken)).IsConflict)
                {
                    throw new InvalidOperationException($"{append.Stream} was there already.");
                }

                answers.Add(Time.GetElapsedTime(called));
                stored += append.Events.Count;
            }

            return stored;
        }
    }

    private async Task<long> ReadAsync(IEventLog log, ProjectId project, CancellationToken cancellationToken)
    {
        const int AtOnce = 500;
        var started = Time.GetTimestamp();
        long events = 0;
        IReadOnlyList<LogRow> rows = [];
        do
        {
            rows = await log.ReadChangesAsync(project, rows.Count > 0 ? rows[^1].Position : 0, AtOnce, cancellationToken);
            events += rows.Sum(r => (long)r.Events.Count);
        }
        while (rows.Count > 0 && Time.GetElapsedTime(started) < options.Duration);
        return events;
    }

    private async Task<WaitStep> WaitStepAsync(ServiceProvider node, PostgresCpu server, int projects, CancellationToken cancellationToken)
    {
        await Console.Error.WriteLineAsync($"{projects} waited-for projects");
        for (var i = 0; i < projects; i++)
        {
            await Log(node).AppendAsync(_rows.Next(new ProjectId($"w-{i}")), cancellationToken);
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waits = Enumerable.Range(0, projects).Select(i => Log(node).WaitForChangeAsync(new ProjectId($"w-{i}"), long.MaxValue, stop.Token)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1), Time, cancellationToken);
        var meter = new Meter(server);
        await Task.Delay(options.Duration, Time, cancellationToken);
        var (seconds, own, serverCpu) = meter.Read();
        await stop.CancelAsync();
        await Task.WhenAll(waits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return new WaitStep(projects, own / 1_000_000 / seconds, (serverCpu ?? 0) / 1_000_000 / seconds);
    }

    private async Task<Latencies> WakeAsync(IEventLog writer, IEventLog reader, CancellationToken cancellationToken)
    {
        const int Times = 200;
        var wake = new Latencies();
        var project = new ProjectId("wake");
        for (long position = 0; position < Times; position++)
        {
            var wait = reader.WaitForChangeAsync(project, position, cancellationToken);
            await writer.AppendAsync(_rows.Next(project), cancellationToken);
            var acknowledged = Time.GetTimestamp();
            await wait;
            wake.Add(Time.GetElapsedTime(acknowledged));
        }

        return wake;
    }

    private static async Task<Latencies> HeadAsync(IEventLog log, CancellationToken cancellationToken)
    {
        const int Callers = 16;
        const int Times = 500;
        var head = new Latencies();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(
            async () =>
            {
                for (var i = 0; i < Times; i++)
                {
                    var called = Time.GetTimestamp();
                    await log.GetHeadAsync(new ProjectId($"w-{caller}"), cancellationToken);
                    head.Add(Time.GetElapsedTime(called));
                }
            },
            cancellationToken)));
        return head;
    }

    private ServiceProvider OpenSqlite() => Open(new() { ["Actors:DataDirectory"] = Path.Combine(dataDirectory, $"{_stores++}") });

    private ServiceProvider OpenPostgres() => Open(new()
    {
        ["Actors:DataDirectory"] = Path.Combine(dataDirectory, $"{_stores++}"),
        ["Actors:Storage"] = StorageOptions.PostgreSql,
        [PostgresOptions.ConnectionStringSetting] = options.Postgres,
    });

    private static ServiceProvider Open(Dictionary<string, string?> settings) => new ServiceCollection()
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
        .AddLogging()
        .AddActorsStorage()
        .BuildServiceProvider();

    private sealed class Meter(PostgresCpu? server)
    {
        private readonly long _started = Time.GetTimestamp();
        private readonly TimeSpan _own = Environment.CpuUsage.TotalTime;
        private readonly TimeSpan? _server = server?.Total();

        public (double Seconds, double Own, double? Server) Read() => (
            Time.GetElapsedTime(_started).TotalSeconds,
            (Environment.CpuUsage.TotalTime - _own).TotalMicroseconds,
            (server?.Total() - _server)?.TotalMicroseconds);
    }
}
