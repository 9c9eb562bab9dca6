using Actors.Analytics.Bases;
using Actors.Analytics.Ingest;
using Actors.Queries;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Analytics;

/// <summary>
/// Tidies the read models of this silo: closes those that are idle and deletes what is left of erased projects. It has those with
/// new rows followed by whoever owns them, so that the first question need not wait. It leaves bases for their next owners.
/// </summary>
internal sealed partial class AnalyticsWorker(
    ReadModels models,
    BaseShelf shelf,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    IOptions<AnalyticsOptions> options,
    TimeProvider time,
    ILogger<AnalyticsWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // It closes the files after the last question, so it is stopped after the silo and started before it.
        await StartedAsync(stoppingToken);
        await Task.WhenAll(TidyAsync(stoppingToken), shelf.IsUsed ? LeaveBasesAsync(stoppingToken) : Task.CompletedTask);
    }

    private async Task TidyAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.ScanInterval;
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await models.CloseIdleAsync();
                await models.DeleteLeftoversAsync(stoppingToken);
                await grains.GetGrain<IAnalyticsKeeperGrain>(0).LookAsync(interval);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested && !lifetime.ApplicationStopping.IsCancellationRequested)
            {
                LogScanFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    // Beside the rest, because writing a large one takes minutes, and shared storage may not answer at all. While a node that stops
    // serves on, it leaves what is worth it.
    private async Task LeaveBasesAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ScanInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(lifetime.ApplicationStopping))
            {
                await models.LeaveBasesAsync(isLast: false, stoppingToken);
                await TidyShelfAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await models.LeaveBasesAsync(isLast: true, stoppingToken);
        }
    }

    private async Task TidyShelfAsync(CancellationToken stoppingToken)
    {
        try
        {
            await shelf.TidyAsync(stoppingToken);
        }
        catch (Exception exception)
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                LogTidyFailed(exception);
            }
        }
    }

    /// <summary>Closes the files after the last query.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await models.DisposeAsync();
    }

    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    [LoggerMessage(3030, LogLevel.Error, "Looking for projects with new rows failed; it is tried again.")]
    private partial void LogScanFailed(Exception exception);

    [LoggerMessage(3031, LogLevel.Warning, "Deleting bases of read models that must be gone failed; it is tried again.")]
    private partial void LogTidyFailed(Exception exception);
}
