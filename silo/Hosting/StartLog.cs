namespace Actors.Silo.Hosting;

/// <summary>
/// Keeps a failed start to the one line of <see cref="StartupErrors"/>. The host would log the same exception with its stack
/// trace, and parts that were already running would go on about what they could not finish.
/// </summary>
internal sealed class StartLog
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.";

    private volatile bool _started;
    private volatile bool _failed;

    /// <summary>Whether something may be logged now.</summary>
    public bool Passes(string? category) =>
        !_failed && (_started || category?.StartsWith(HostCategory, StringComparison.Ordinal) != true);

    /// <summary>Runs the server until it is asked to stop.</summary>
    public async Task RunAsync(WebApplication app)
    {
        await using (app)
        {
            try
            {
                await app.StartAsync();
                _started = true;
            }
            catch
            {
                _failed = true;
                throw;
            }

            await app.WaitForShutdownAsync();
        }
    }
}
