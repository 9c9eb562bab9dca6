using Actors.Queries;
using Actors.Tracing;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Actors.Grains.Queries;

/// <summary>Remembers how far the owner of each read model was told to follow. Forgetting it costs one call for each project.</summary>
[HashBasedPlacement]
internal sealed partial class AnalyticsKeeperGrain(IEventLog log, TimeProvider time, ILogger<AnalyticsKeeperGrain> logger)
    : Grain, IAnalyticsKeeperGrain
{
    private readonly Dictionary<ProjectId, long> _told = [];
    private long? _lookedAt;

    /// <inheritdoc/>
    public async Task LookAsync(TimeSpan interval)
    {
        // Silos that ask at the same time have waited for the one before them.
        if (_lookedAt is { } at && time.GetElapsedTime(at) < interval / 2)
        {
            return;
        }

        var projects = await log.ListProjectsAsync(CancellationToken.None);
        foreach (var gone in _told.Keys.Except(projects).ToList())
        {
            _told.Remove(gone);
        }

        foreach (var project in projects)
        {
            await TellAsync(project);
        }

        _lookedAt = time.GetTimestamp();
    }

    private async Task TellAsync(ProjectId project)
    {
        try
        {
            var head = await log.GetHeadAsync(project, CancellationToken.None);
            if (_told.GetValueOrDefault(project) < head && await GrainFactory.GetGrain<IAnalyticsGrain>(project.Value).FollowAsync(head))
            {
                _told[project] = head;
            }
        }
        catch (Exception e)
        {
            LogTellFailed(e, project);
        }
    }

    [LoggerMessage(1040, LogLevel.Warning, "The read model of project {Project} could not be told to follow; it is tried again.")]
    private partial void LogTellFailed(Exception exception, ProjectId project);
}
