using Actors.Analytics.Ingest;
using Actors.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Analytics;

/// <summary>
/// Opens the read models of projects that have rows which no file holds yet, at start and for projects whose first row
/// comes while nobody looks, and closes those that are idle.
/// </summary>
internal sealed partial class AnalyticsWorker(
    ReadModels models, IEventLog log, IOptions<AnalyticsOptions> options, TimeProvider time, ILogger<AnalyticsWorker> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.ScanInterval, time);
        do
        {
            try
            {
                await ScanAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogScanFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    /// <summary>Closes the files after the last query.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await models.DisposeAsync();
    }

    private async Task ScanAsync(CancellationToken cancellationToken)
    {
        await models.CloseIdleAsync();
        foreach (var project in await log.ListProjectsAsync(cancellationToken))
        {
            if (!models.Covers(project, await log.GetHeadAsync(project, cancellationToken)) && models.HasRoom())
            {
                models.Touch(project);
            }
        }
    }

    [LoggerMessage(3030, LogLevel.Error, "Looking for projects with new rows failed; it is tried again.")]
    private partial void LogScanFailed(Exception exception);
}
