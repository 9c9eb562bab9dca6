namespace Actors.LoadGen.Cluster;

/// <summary>The command <c>cluster</c>: what PostgreSQL and several nodes cost, and how soon a cluster answers after a death.</summary>
internal static class ClusterCommand
{
    /// <summary>Runs it and returns the exit code: 0 measured, 1 failed or counts differ, 2 wrong options, 130 cancelled.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken)
    {
        ClusterOptions options;
        try
        {
            options = ClusterOptions.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{ClusterOptions.Usage}");
            return 2;
        }

        var data = Directory.CreateTempSubdirectory("actors-cluster-").FullName;
        try
        {
            var results = await new ClusterRun(options, data).RunAsync(cancellationToken);
            var report = ClusterReport.Write(results, options, TimeProvider.System.GetUtcNow());
            Console.WriteLine(report);
            if (options.Results is { } file)
            {
                await File.AppendAllTextAsync(file, "\n" + report.TrimEnd() + "\n", cancellationToken);
            }

            // Missed targets are reported; wrong counts are a fault.
            return results.Steps.All(s => s.Counts.All(c => c.IsRight)) ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 130;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
