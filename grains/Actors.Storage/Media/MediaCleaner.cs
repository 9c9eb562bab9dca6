using Actors.Nodes;
using Actors.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Media;

/// <summary>
/// Runs <see cref="MediaCleanup"/>, and what <see cref="MediaRemoval"/> could not finish, once an hour: one node at a time, because
/// two would fail over the folder that the other one has just removed.
/// </summary>
internal sealed partial class MediaCleaner(
    MediaCleanup cleanup, MediaRemoval removal, IEventLog log, INodeTurns turns, TimeProvider time, ILogger<MediaCleaner> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await turns.TryRunAsync("media cleaning", CleanAsync, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        var traces = await removal.FinishInterruptedAsync(log, cancellationToken);
        var (entries, folders) = await cleanup.RunAsync(cancellationToken);
        if (traces + entries + folders > 0)
        {
            LogCleaned(entries, folders, traces);
        }
    }

    [LoggerMessage(2040, LogLevel.Information,
        "Removed {Entries} files that were never uploaded and the files of {Folders} deleted projects; finished {Traces} deletions of traces' files.")]
    private partial void LogCleaned(int entries, int folders, int traces);

    [LoggerMessage(2041, LogLevel.Error, "Removing files that nothing needs failed; it is tried again in an hour.")]
    private partial void LogFailed(Exception exception);
}
