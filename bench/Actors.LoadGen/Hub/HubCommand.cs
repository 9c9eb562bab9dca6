namespace Actors.LoadGen.Hub;

/// <summary>The command <c>hub</c>: what it costs when many watch.</summary>
internal static class HubCommand
{
    /// <summary>Runs it and returns the exit code: 0 measured, 1 failed, 2 wrong options, 130 cancelled.</summary>
    public static async Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken)
    {
        HubOptions options;
        try
        {
            options = HubOptions.Parse(args);
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{HubOptions.Usage}");
            return 2;
        }

        var data = Directory.CreateTempSubdirectory("actors-hub-").FullName;
        try
        {
            var report = HubReport.Write(await new HubRun(options, data).RunAsync(cancellationToken), options, TimeProvider.System.GetUtcNow());
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
