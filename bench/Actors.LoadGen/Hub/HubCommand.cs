namespace Actors.LoadGen.Hub;

/// <summary>The command <c>hub</c>: what it costs when many watch.</summary>
internal static class HubCommand
{
    /// <inheritdoc cref="Mode.RunAsync"/>
    public static Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken) => Mode.RunAsync(
        () => HubOptions.Parse(args),
        HubOptions.Usage,
        "hub",
        options => options.Results,
        async (options, data) =>
        {
            var results = await new HubRun(options, data).RunAsync(cancellationToken);
            return (HubReport.Write(results, options, TimeProvider.System.GetUtcNow()), true);
        },
        cancellationToken);
}
