using Microsoft.Extensions.Logging;

namespace Actors.Grains.Tracing;

internal sealed partial class TraceGrain
{
    [LoggerMessage(1000, LogLevel.Warning, "The append to {Stream} had no known outcome (attempt {Attempt}); it is tried again.")]
    private partial void LogAppendRetried(Exception e, string stream, int attempt);

    [LoggerMessage(1001, LogLevel.Warning, "The append to {Stream} failed for {Requests} requests.")]
    private partial void LogAppendFailed(Exception e, string stream, int requests);

    [LoggerMessage(1002, LogLevel.Warning, "{Stream} could not be read after a failed append; the next append reads it.")]
    private partial void LogReloadFailed(Exception e, string stream);
}
