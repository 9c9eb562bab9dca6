using Microsoft.Extensions.Logging;

namespace Actors.Storage.Postgres;

internal sealed partial class HeadPoll
{
    [LoggerMessage(2013, LogLevel.Warning, "The heads of {Projects} projects could not be read; they are asked for again until they can.")]
    private partial void LogFailed(Exception exception, int projects);
}
