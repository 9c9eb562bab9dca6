using Microsoft.Extensions.Logging;

namespace Actors.Analytics.Bases;

internal sealed partial class BaseKeeper
{
    [LoggerMessage(3040, LogLevel.Information, "A base of the read model of project {Project} is left at position {Position}: {Bytes} bytes, after {Seconds:0.0} s.")]
    private partial void LogLeft(ProjectId project, long position, long bytes, double seconds);

    [LoggerMessage(3041, LogLevel.Information, "The read model of project {Project} goes on from a base at position {Position}: {Bytes} bytes, after {Seconds:0.0} s.")]
    private partial void LogTaken(ProjectId project, long position, long bytes, double seconds);

    [LoggerMessage(3042, LogLevel.Warning, "The base of the read model of project {Project} at position {Position} is damaged; it is not used.")]
    private partial void LogDamaged(ProjectId project, long position);

    [LoggerMessage(3043, LogLevel.Information, "The base of the read model of project {Project} at position {Position} is of another log, schema or fold; it is not used.")]
    private partial void LogForeign(ProjectId project, long position);

    [LoggerMessage(3044, LogLevel.Warning, "The log does not have the row with which the base of the read model of project {Project} at position {Position} ends; it is not used.")]
    private partial void LogUnknown(ProjectId project, long position);

    [LoggerMessage(3045, LogLevel.Warning, "No base of the read model of project {Project} could be left; it is tried again later.")]
    private partial void LogLeaveFailed(ProjectId project, Exception exception);

    [LoggerMessage(3046, LogLevel.Warning, "No base of the read model of project {Project} could be fetched; it is built from the log.")]
    private partial void LogFetchFailed(ProjectId project, Exception exception);

    [LoggerMessage(3047, LogLevel.Warning, "No base of the read model of project {Project} is left: its silo and the shared directory must have {Bytes} bytes free for it.")]
    private partial void LogNoRoom(ProjectId project, long bytes);
}
