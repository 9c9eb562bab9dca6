using Microsoft.Extensions.Logging;

namespace Actors.Web.Ingestion;

internal sealed partial class StreamAppender
{
    [LoggerMessage(4000, LogLevel.Debug, "An append for project {Project} is tried again after try {Attempt}: {Reason}.")]
    private partial void LogRetry(ProjectId project, int attempt, string reason);

    [LoggerMessage(4001, LogLevel.Error, "An append for project {Project} failed after {Attempt} tries.")]
    private partial void LogFailed(Exception exception, ProjectId project, int attempt);
}
