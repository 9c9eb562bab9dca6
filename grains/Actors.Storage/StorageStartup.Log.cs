using Microsoft.Extensions.Logging;

namespace Actors.Storage;

internal sealed partial class StorageStartup
{
    [LoggerMessage(2000, LogLevel.Information, "The storage in {Path} is open (log {LogId}) after {Milliseconds:F0} ms.")]
    private partial void LogOpened(string path, Guid? logId, double milliseconds);
}
