using Actors.Live;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace Actors.Grains.Live;

/// <summary>The live numbers of a project, and the list of its parts that are counted on their own.</summary>
[HashBasedPlacement]
internal sealed class MetricsGrain(LiveGrainServices services, ILogger<MetricsGrain> logger)
    : LiveGrain(LiveScopeKind.Project, services, logger), IMetricsGrain
{
    private WatchList? _watches;

    private WatchList Watches => _watches ??= new WatchList(Time.GetUtcNow());

    /// <inheritdoc/>
    public Task<bool> WatchAsync(LiveScope scope) => Task.FromResult(Watches.Watch(scope, Time.GetUtcNow()));

    /// <inheritdoc/>
    protected override Task BeginAsync() => SeedAsync();

    /// <inheritdoc/>
    protected override LiveWatches? NewsFor(long watches) => Watches.NewsFor(watches);

    /// <inheritdoc/>
    protected override Task TendAsync()
    {
        Watches.Expire(Time.GetUtcNow());
        return Task.CompletedTask;
    }
}
