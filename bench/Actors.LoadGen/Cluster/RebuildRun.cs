using Actors.LoadGen.History;
using Actors.LoadGen.Load;
using Actors.LoadGen.Server;

namespace Actors.LoadGen.Cluster;

/// <summary>Fills a log and starts a node that has no read model yet, as after the loss of its directory.</summary>
internal sealed class RebuildRun(ClusterOptions options, string directory, PostgresProcess? postgres)
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Measures it.</summary>
    /// <exception cref="TimeoutException">It takes too long.</exception>
    public async Task<RebuildResult> RunAsync(CancellationToken cancellationToken)
    {
        var topology = postgres is null ? Topology.Embedded : Topology.One;
        var database = postgres is null ? null : await postgres.CreateDatabaseAsync(ClusterOptions.Rebuild, cancellationToken);
        Console.Error.WriteLine($"… {topology.Name}: build a read model");
        var traces = new HistoryTrace(options.Traces, Time.GetUtcNow());
        var data = Path.Combine(directory, $"{topology.Roles[0]}-1");
        var fill = await HistoryFill.RunAsync(data, traces, options.Traces, cancellationToken, database);

        var started = Time.GetTimestamp();
        await using var nodes = await ClusterNodes.StartAsync(options.Silo, directory, topology, database, cancellationToken);
        var node = nodes.All[0];
        using var http = node.Process.CreateClient(1);
        var rate = await FollowAsync(http, started, cancellationToken);
        var whole = Time.GetElapsedTime(started);
        await nodes.StopAsync();
        var log = database is null ? Size(data, "events.db*") : await PostgresProcess.MeasureLogAsync(database, cancellationToken);
        var events = Enumerable.Range(0, options.Traces).Sum(HistoryTrace.CountEvents);
        return new RebuildResult(topology.Name, options.Traces, events, options.Traces / fill!.Value.TotalSeconds, whole, rate, log, Size(node.Analytics, "*"));
    }

    // Rows per second from the first look on, or, should everything be there by then, from the start.
    private static async Task<double> FollowAsync(HttpClient http, long started, CancellationToken cancellationToken)
    {
        var first = await LiveStatus.GetAsync(http, cancellationToken);
        var (since, from) = first.Watermark < first.Head ? (Time.GetTimestamp(), first.Watermark) : (started, 0);
        for (var status = first; Time.GetElapsedTime(started) < Limit; status = await LiveStatus.GetAsync(http, cancellationToken))
        {
            if (status.Head > 0 && status.Watermark >= status.Head)
            {
                return (status.Head - from) / Time.GetElapsedTime(since).TotalSeconds;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Time, cancellationToken);
        }

        throw new TimeoutException($"The read model was not built within {Limit.TotalMinutes:0} minutes.");
    }

    private static long Size(string directory, string pattern) =>
        Directory.EnumerateFiles(directory, pattern).Sum(file => new FileInfo(file).Length);
}
