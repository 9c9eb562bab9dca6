using Microsoft.Extensions.Logging;

namespace Actors.Grains.Pricing;

internal sealed partial class ProjectPriceBooks
{
    [LoggerMessage(1040, LogLevel.Warning, "The models of project {Project} could not be read again; those that are known stay in force.")]
    private partial void LogRefreshFailed(Exception e, string project);

    [LoggerMessage(1041, LogLevel.Warning, "Rows of project {Project} were priced by revision {Revision} of its models, but the control plane knows only {Known}: is it older than the event log?")]
    private partial void LogMissing(string project, int revision, int known);
}
