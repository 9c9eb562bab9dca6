using Microsoft.Extensions.Logging;

namespace Actors.Analytics.Audit;

internal sealed partial class ColumnAudit
{
    [LoggerMessage(3040, LogLevel.Error, "The read model of project {Project} differed from the log in stream {Stream} and is mended: {What} (read model, log).")]
    private partial void LogDifference(ProjectId project, string stream, string what);

    [LoggerMessage(3041, LogLevel.Warning, "The read model of project {Project} could not be compared with the log.")]
    private partial void LogFailed(ProjectId project, Exception exception);
}
