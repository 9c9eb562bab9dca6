namespace Actors.Silo.Hosting;

/// <summary>
/// Keeps a failed start to the one line of <see cref="StartupErrors"/>: the host would log the same exception once more, with
/// its stack trace.
/// </summary>
internal sealed class StartLog
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);

    private volatile bool _started;

    /// <summary>Holds the host's own log back until the server has started.</summary>
    public void Attach(ILoggingBuilder logging) =>
        logging.AddFilter(HostCategory, level => _started && level >= LogLevel.Warning);

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
                await StopAsync(app);
                throw;
            }

            await app.WaitForShutdownAsync();
        }
    }

    // What has started by then is stopped in order, or it would complain of services that are gone.
    private static async Task StopAsync(WebApplication app)
    {
        try
        {
            using var limit = new CancellationTokenSource(StopLimit);
            await app.StopAsync(limit.Token);
        }
        catch (Exception)
        {
            // Why the start failed is what must be told.
        }
    }
}
