namespace Actors.LoadGen.History;

/// <summary>The command <c>history</c>: how fast reads are when much is stored.</summary>
internal static class HistoryCommand
{
    /// <summary>Runs it and returns the exit code: 0 measured, 1 failed, 2 wrong options, 130 cancelled.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken)
    {
        HistoryOptions options;
        try
        {
            options = HistoryOptions.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{HistoryOptions.Usage}");
            return 2;
        }

        var data = options.Data is { } kept ? Directory.CreateDirectory(kept).FullName : Directory.CreateTempSubdirectory("actors-history-").FullName;
        try
        {
            var results = await new HistoryRun(options, data).RunAsync(cancellationToken);
            var report = HistoryReport.Write(results, options, TimeProvider.System.GetUtcNow());
            Console.WriteLine(report);
            if (options.Results is { } file)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
                await File.AppendAllTextAsync(file, "\n" + report.TrimEnd() + "\n", cancellationToken);
            }

            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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
    }
}
