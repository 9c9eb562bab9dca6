using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Storage.Media;

/// <summary>Runs <see cref="MediaCleanup"/> once a day.</summary>
internal sealed partial class MediaCleaner(MediaCleanup cleanup, TimeProvider time, ILogger<MediaCleaner> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromDays(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var (entries, folders) = await cleanup.RunAsync(stoppingToken);
                LogCleaned(entries, folders);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(exception);
            }
        }
    }

    [LoggerMessage(2040, LogLevel.Information, "Removed {Entries} files that were never uploaded and the files of {Folders} deleted projects.")]
    private partial void LogCleaned(int entries, int folders);

    [LoggerMessage(2041, LogLevel.Error, "Removing files that were never uploaded failed; it is tried again tomorrow.")]
    private partial void LogFailed(Exception exception);
}
