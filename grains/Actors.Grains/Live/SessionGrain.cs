using Actors.Live;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Actors.Grains.Live;

/// <summary>The live numbers of one session.</summary>
[HashBasedPlacement]
internal sealed class SessionGrain(LiveGrainServices services, ILogger<SessionGrain> logger)
    : ScopedGrain(LiveScopeKind.Session, services, logger), ISessionGrain
{
    /// <inheritdoc/>
    protected override LiveWindows WantedAlways => LiveWindows.AllTime;
}
