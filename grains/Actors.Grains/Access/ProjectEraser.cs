using Actors.Access;
using Actors.Nodes;
using Actors.Queries;
using Actors.Tracing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Access;

/// <summary>
/// Erases the data of deleted projects: the rows of the log, then the read model that was built from them. What a failure or a
/// stop interrupts is taken up again. One node at a time does it: a slow second one would erase what came under the same id after
/// the first one had finished.
/// </summary>
internal sealed partial class ProjectEraser(
    IProjectStore projects, IEventLog log, IGrainFactory grains, INodeTurns turns, TimeProvider time, ILogger<ProjectEraser> logger)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await TryEraseAllAsync(stoppingToken))
            {
                await projects.WaitForErasureAsync(stoppingToken);
            }
            else
            {
                await Task.Delay(Pause, time, stoppingToken);
            }
        }
    }

    private async Task<bool> TryEraseAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            // Another node's turn may end with that node, so this one looks again later.
            return await turns.TryRunAsync("erasing projects", EraseAllAsync, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(e, Pause);
            return false;
        }
    }

    private async Task EraseAllAsync(CancellationToken cancellationToken)
    {
        foreach (var project in await projects.ListErasuresAsync(cancellationToken))
        {
            await log.EraseProjectAsync(project, cancellationToken);
            await grains.GetGrain<IAnalyticsGrain>(project.Value).EraseAsync();
            await projects.FinishErasureAsync(project, cancellationToken);
            LogErased(project);
        }
    }

    [LoggerMessage(1030, LogLevel.Information, "The data of the deleted project {Project} is erased.")]
    private partial void LogErased(ProjectId project);

    [LoggerMessage(1031, LogLevel.Warning, "The data of a deleted project could not be erased; the next try is in {Pause}.")]
    private partial void LogFailed(Exception exception, TimeSpan pause);
}
