using Actors.LoadGen.Server;

namespace Actors.LoadGen.Load;

/// <summary>Asks twice a second how far the read model is behind.</summary>
internal sealed class LagWatch(SiloProcess silo) : IDisposable
{
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan CatchUpTimeout = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = silo.CreateClient(1);

    /// <summary>Watches until cancelled.</summary>
    public async Task<Latencies> RunAsync(CancellationToken cancellationToken)
    {
        var lags = new Latencies();
        using var timer = new PeriodicTimer(Interval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                lags.Add((await LiveStatus.GetAsync(_http, CancellationToken.None)).Lag);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The load has ended.
        }

        return lags;
    }

    /// <summary>Waits until the read model holds everything and says how long that took; null: not in time.</summary>
    public Task<TimeSpan?> CatchUpAsync(CancellationToken cancellationToken) => CatchUpAsync(CatchUpTimeout, cancellationToken);

    /// <inheritdoc cref="CatchUpAsync(CancellationToken)"/>
    public async Task<TimeSpan?> CatchUpAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = Time.GetTimestamp();
        while (Time.GetElapsedTime(started) < timeout)
        {
            var status = await LiveStatus.GetAsync(_http, cancellationToken);
            if (status.Watermark >= status.Head)
            {
                return Time.GetElapsedTime(started);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), Time, cancellationToken);
        }

        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
