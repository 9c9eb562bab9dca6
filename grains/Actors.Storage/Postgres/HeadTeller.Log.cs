using Microsoft.Extensions.Logging;

namespace Actors.Storage.Postgres;

internal sealed partial class HeadTeller
{
    [LoggerMessage(2014, LogLevel.Warning, "Other nodes could not be told what was appended to {Projects} projects; they notice it some seconds later.")]
    private partial void LogFailed(Exception exception, int projects);
}
