using Microsoft.Extensions.Logging;

namespace Actors.Web.Model.Live;

internal sealed partial class ProjectFeed
{
    [LoggerMessage(4100, LogLevel.Warning, "The live edge of project {Project} does not answer; viewers see the last known state.")]
    private static partial void LogLost(ILogger logger, Exception exception, ProjectId project);

    [LoggerMessage(4101, LogLevel.Debug, "Leaving the live edge of project {Project} failed; its subscription runs out by itself.")]
    private static partial void LogLeft(ILogger logger, Exception exception, ProjectId project);
}
