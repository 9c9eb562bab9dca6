namespace Actors.LoadGen.Logs;

/// <summary>The command <c>log</c>: what a row of the event log costs in each store.</summary>
internal static class LogCommand
{
    /// <summary>Runs it and returns the exit code: 0 measured, 1 failed, 2 wrong options, 130 cancelled.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken)
    {
        LogOptions options;
        try
        {
            options = LogOptions.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{LogOptions.Usage}");
            return 2;
        }

        var data = Directory.CreateTempSubdirectory("actors-log-").FullName;
        try
        {
            var report = LogReport.Write(await new LogRun(options, data).RunAsync(cancellationToken), options, TimeProvider.System.GetUtcNow());
            Console.WriteLine(report);
            if (options.Results is { } file)
            {
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
            Directory.Delete(data, recursive: true);
        }
    }
}
