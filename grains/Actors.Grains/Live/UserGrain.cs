using Actors.Live;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Actors.Grains.Live;

/// <summary>The live numbers of one user.</summary>
[HashBasedPlacement]
internal sealed class UserGrain(LiveGrainServices services, ILogger<UserGrain> logger)
    : ScopedGrain(LiveScopeKind.User, services, logger), IUserGrain
{
    /// <inheritdoc/>
    protected override LiveWindows WantedAlways => LiveWindows.AllTime;
}
