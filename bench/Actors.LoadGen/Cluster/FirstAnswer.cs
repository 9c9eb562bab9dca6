namespace Actors.LoadGen.Cluster;

/// <summary>Asks again and again until there is an answer, as a client does whose server has gone.</summary>
internal static class FirstAnswer
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>The time from <paramref name="since"/> until <paramref name="ask"/> was answered; null: it was not in time.</summary>
    public static async Task<TimeSpan?> AfterAsync(long since, Func<Task<bool>> ask, CancellationToken cancellationToken)
    {
        while (Time.GetElapsedTime(since) < Limit)
        {
            try
            {
                if (await ask())
                {
                    return Time.GetElapsedTime(since);
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                // Nobody answers yet.
            }

            await Task.Delay(Pause, Time, cancellationToken);
        }

        return null;
    }
}
