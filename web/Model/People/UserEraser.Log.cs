using Microsoft.Extensions.Logging;

namespace Actors.Web.Model.People;

// Whose data it was is what must be forgotten: no log names the user.
public sealed partial class UserEraser
{
    [LoggerMessage(4110, LogLevel.Information, "A user of project {Project} was erased: {Traces} traces and the scores of {Sessions} sessions.")]
    private partial void LogErased(ProjectId project, long traces, long sessions);

    [LoggerMessage(4111, LogLevel.Error, "The erasure of a user of project {Project} ended after {Traces} traces; it can be begun again.")]
    private partial void LogFailed(Exception exception, ProjectId project, long traces);
}
