using System.Globalization;
using Actors.LoadGen.Server;

namespace Actors.LoadGen.Cluster;

/// <summary>Measures topologies one after the other, all over one PostgreSQL server, and then how fast read models are built.</summary>
internal sealed class ClusterRun(ClusterOptions options, string data)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    /// <summary>Measures everything.</summary>
    public async Task<ClusterResults> RunAsync(CancellationToken cancellationToken)
    {
        var (started, load) = (Time.GetTimestamp(), LoadAverage());
        var topologies = Topology.All.Where(t => options.Parts.Contains(t.Id)).ToList();
        var isRebuilding = options.Parts.Contains(ClusterOptions.Rebuild);
        await using var postgres = isRebuilding || topologies.Exists(t => t.IsOnPostgres)
            ? await PostgresProcess.StartAsync(data, cancellationToken)
            : null;
        var steps = new List<ClusterStep>();
        foreach (var topology in topologies)
        {
            steps.Add(await new TopologyRun(options, topology, Directory(topology.Id), postgres).RunAsync(cancellationToken));
        }

        List<RebuildResult> rebuilds = [];
        if (isRebuilding)
        {
            rebuilds.Add(await new RebuildRun(options, Directory("rebuild-sqlite"), null).RunAsync(cancellationToken));
            rebuilds.Add(await new RebuildRun(options, Directory("rebuild-postgres"), postgres).RunAsync(cancellationToken));
        }

        return new ClusterResults(postgres?.Version, load, LoadAverage(), Time.GetElapsedTime(started), steps, rebuilds);
    }

    private string Directory(string name) => System.IO.Directory.CreateDirectory(Path.Combine(data, name)).FullName;

    private static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
}
