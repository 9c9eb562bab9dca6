namespace Actors.LoadGen;

/// <summary>What the modes have in common: options, a directory of their own, a report that is shown and kept.</summary>
internal static class Mode
{
    /// <summary>Reads the options, measures and reports.</summary>
    /// <param name="parse">Reads the options.</param>
    /// <param name="usage">What is said when they are wrong.</param>
    /// <param name="name">The name of the mode, which the directory bears.</param>
    /// <param name="results">The file that the report is appended to; null: none.</param>
    /// <param name="measure">Measures in a directory; the report, and whether all counts are right.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code: 0 measured, 1 failed or counts differ, 2 wrong options, 130 cancelled.</returns>
    public static async Task<int> RunAsync<TOptions>(
        Func<TOptions> parse,
        string usage,
        string name,
        Func<TOptions, string?> results,
        Func<TOptions, string, Task<(string Report, bool IsRight)>> measure,
        CancellationToken cancellationToken)
    {
        TOptions options;
        try
        {
            options = parse();
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n\n{usage}");
            return 2;
        }

        var data = Directory.CreateTempSubdirectory($"actors-{name}-").FullName;
        try
        {
            var (report, isRight) = await measure(options, data);
            Console.WriteLine(report);
            if (results(options) is { } file)
            {
                await File.AppendAllTextAsync(file, "\n" + report.TrimEnd() + "\n", cancellationToken);
            }

            // Missed targets are reported; wrong counts are a fault.
            return isRight ? 0 : 1;
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
