using Actors.Tracing;
using Orleans.Concurrency;

namespace Actors.Grains.Tracing;

/// <summary>Gives the score index of the log an address.</summary>
[StatelessWorker]
internal sealed class ScoreIndexGrain(IEventLog log) : Grain, IScoreIndexGrain
{
    /// <inheritdoc/>
    public Task<StreamId?> FindAsync(string scoreId) =>
        log.FindScoreAsync(new ProjectId(this.GetPrimaryKeyString()), scoreId, CancellationToken.None);
}
