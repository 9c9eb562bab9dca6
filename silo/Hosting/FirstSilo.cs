namespace Actors.Silo.Hosting;

/// <summary>A web node may start before the first silo: it waits for one, and says so.</summary>
internal sealed partial class FirstSilo(TimeProvider time, ILogger<FirstSilo> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _isSaid;

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        if (!_isSaid)
        {
            LogWaiting(exception.Message);
            _isSaid = true;
        }

        await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }

    [LoggerMessage(5010, LogLevel.Information, "No silo of the cluster answers yet ({Reason}); waiting for one.")]
    private partial void LogWaiting(string reason);
}
