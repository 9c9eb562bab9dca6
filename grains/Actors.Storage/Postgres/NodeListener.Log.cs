using Microsoft.Extensions.Logging;

namespace Actors.Storage.Postgres;

internal sealed partial class NodeListener
{
    [LoggerMessage(2050, LogLevel.Warning, "Other nodes are not heard: until they are, what they change is noticed some seconds later.")]
    private partial void LogLost(Exception exception);

    [LoggerMessage(2051, LogLevel.Information, "Other nodes are heard again.")]
    private partial void LogHeardAgain();
}
