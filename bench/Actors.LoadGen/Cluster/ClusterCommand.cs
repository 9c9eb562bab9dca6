namespace Actors.LoadGen.Cluster;

/// <summary>The command <c>cluster</c>: what PostgreSQL and several nodes cost, and how soon a cluster answers after a death.</summary>
internal static class ClusterCommand
{
    /// <inheritdoc cref="Mode.RunAsync"/>
    public static Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken) => Mode.RunAsync(
        () => ClusterOptions.Parse(args),
        ClusterOptions.Usage,
        "cluster",
        options => options.Results,
        async (options, data) =>
        {
            var results = await new ClusterRun(options, data).RunAsync(cancellationToken);
            return (ClusterReport.Write(results, options, TimeProvider.System.GetUtcNow()), results.Steps.All(s => s.Counts.All(c => c.IsRight)));
        },
        cancellationToken);
}
