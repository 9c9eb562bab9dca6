using Actors.LoadGen;
using Actors.LoadGen.Cluster;
using Actors.LoadGen.History;
using Actors.LoadGen.Hub;
using Actors.LoadGen.Logs;
using Actors.LoadGen.Report;
using Actors.LoadGen.Viewers;

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    cancellation.Cancel();
};

if (args is ["history", .. var rest])
{
    return await HistoryCommand.RunAsync(rest, cancellation.Token);
}

if (args is ["hub", .. var hub])
{
    return await HubCommand.RunAsync(hub, cancellation.Token);
}

if (args is ["log", .. var log])
{
    return await LogCommand.RunAsync(log, cancellation.Token);
}

if (args is ["cluster", .. var cluster])
{
    return await ClusterCommand.RunAsync(cluster, cancellation.Token);
}

if (args is ["viewers", .. var viewers])
{
    return await ViewersCommand.RunAsync(viewers, cancellation.Token);
}

LoadOptions options;
try
{
    options = LoadOptions.Parse(args);
}
catch (FormatException e)
{
    await Console.Error.WriteLineAsync($"{e.Message}\n\n{LoadOptions.Usage}");
    return 2;
}

var data = options.Data is { } kept ? Directory.CreateDirectory(kept).FullName : Directory.CreateTempSubdirectory("actors-load-").FullName;
try
{
    var results = await new LoadRun(options, data).RunAsync(cancellation.Token);
    var report = MarkdownReport.Write(results, options, TimeProvider.System.GetUtcNow());
    Console.WriteLine(report);
    if (options.Results is { } file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await File.AppendAllTextAsync(file, "\n" + report.TrimEnd() + "\n");
    }

    // Missed targets are reported; wrong counts are a fault.
    return results.Counts.All(c => c.IsRight) ? 0 : 1;
}
catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
{
    return 130;
}
finally
{
    if (options.Data is null)
    {
        Directory.Delete(data, recursive: true);
    }
}
