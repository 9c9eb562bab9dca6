using Actors.Live;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Actors.Grains.Live;

/// <summary>The live numbers of what a filter leaves of a project.</summary>
[HashBasedPlacement]
internal sealed class FilterGrain(LiveGrainServices services, ILogger<FilterGrain> logger)
    : ScopedGrain(LiveScopeKind.Filter, services, logger), IFilterGrain;
