using Actors.Live;
using Microsoft.Extensions.Logging;

namespace Actors.Web.Model.Live;

internal sealed partial class ScopeFeed
{
    [LoggerMessage(4100, LogLevel.Warning, "The live edge of project {Scope} does not answer; viewers see the last known state.")]
    private static partial void LogLost(ILogger logger, Exception exception, LiveScope scope);

    [LoggerMessage(4101, LogLevel.Debug, "Leaving the live edge of project {Scope} failed; its subscription runs out by itself.")]
    private static partial void LogLeft(ILogger logger, Exception exception, LiveScope scope);
}
