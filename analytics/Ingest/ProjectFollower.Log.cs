using Microsoft.Extensions.Logging;

namespace Actors.Analytics.Ingest;

internal sealed partial class ProjectFollower
{
    [LoggerMessage(3010, LogLevel.Error, "The read model of project {Project} could not go on from position {Position}; it tries again.")]
    private partial void LogFailed(ProjectId project, long position, Exception exception);

    [LoggerMessage(3011, LogLevel.Debug, "The read model of project {Project} could not be checkpointed now.")]
    private partial void LogCheckpointFailed(ProjectId project, Exception exception);
}
