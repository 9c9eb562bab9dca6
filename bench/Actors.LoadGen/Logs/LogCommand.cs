namespace Actors.LoadGen.Logs;

/// <summary>The command <c>log</c>: what a row of the event log costs in each store.</summary>
internal static class LogCommand
{
    /// <inheritdoc cref="Mode.RunAsync"/>
    public static Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken) => Mode.RunAsync(
        () => LogOptions.Parse(args),
        LogOptions.Usage,
        "log",
        options => options.Results,
        async (options, data) =>
        {
            var results = await new LogRun(options, data).RunAsync(cancellationToken);
            return (LogReport.Write(results, options, TimeProvider.System.GetUtcNow()), true);
        },
        cancellationToken);
}
