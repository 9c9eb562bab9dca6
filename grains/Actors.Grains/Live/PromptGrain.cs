using Actors.Live;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Actors.Grains.Live;

/// <summary>The live numbers of one prompt and its versions.</summary>
[HashBasedPlacement]
internal sealed class PromptGrain(LiveGrainServices services, ILogger<PromptGrain> logger)
    : ScopedGrain(LiveScopeKind.Prompt, services, logger), IPromptGrain
{
    /// <inheritdoc/>
    protected override LiveWindows WantedAlways => LiveWindows.AllTime;
}
