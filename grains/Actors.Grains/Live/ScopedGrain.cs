using Actors.Live;
using Microsoft.Extensions.Logging;

namespace Actors.Grains.Live;

/// <summary>
/// The live numbers of a part of a project. Silos gather for it while the project's own actor has it on its list; whatever it
/// may have missed when it was not is asked from the read model.
/// </summary>
internal abstract class ScopedGrain(LiveScopeKind kind, LiveGrainServices services, ILogger logger) : LiveGrain(kind, services, logger)
{
    // Often, because a list that is new does not know what its predecessor had not been told.
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(3);

    private DateTimeOffset _watchedAt;

    /// <inheritdoc/>
    protected override bool IsGathered => IsSeeded && Time.GetUtcNow() - _watchedAt < WatchList.Lease;

    /// <inheritdoc/>
    protected override bool IsWorthAuditing => IsWatched;

    /// <inheritdoc/>
    protected override async Task BeWatchedAsync()
    {
        if (IsSeeded && Time.GetUtcNow() - _watchedAt < Renewal)
        {
            return;
        }

        // First the list, then the question: what passes in between is in the answer.
        var isNew = await Grains.GetGrain<IMetricsGrain>(Scope.Project.Value).WatchAsync(Scope);
        _watchedAt = Time.GetUtcNow();
        if (isNew || !IsSeeded)
        {
            await SeedAsync();
        }
    }

    /// <inheritdoc/>
    protected override Task TendAsync() => IsWatched ? BeWatchedAsync() : Task.CompletedTask;
}
