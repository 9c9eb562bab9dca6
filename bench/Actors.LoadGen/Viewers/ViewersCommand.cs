namespace Actors.LoadGen.Viewers;

/// <summary>The command <c>viewers</c>: what people who look at a page cost.</summary>
internal static class ViewersCommand
{
    /// <inheritdoc cref="Mode.RunAsync"/>
    public static Task<int> RunAsync(IEnumerable<string> args, CancellationToken cancellationToken) => Mode.RunAsync(
        () => ViewersOptions.Parse(args),
        ViewersOptions.Usage,
        "viewers",
        options => options.Results,
        async (options, data) =>
        {
            var steps = await new ViewersRun(options, data).RunAsync(cancellationToken);
            return (ViewersReport.Write(steps, options, TimeProvider.System.GetUtcNow()), steps.All(s => s.IsServed));
        },
        cancellationToken);
}
