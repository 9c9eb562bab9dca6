using Actors.Tracing;
using Orleans.Concurrency;

namespace Actors.Grains.Tracing;

/// <summary>Gives the event log an address.</summary>
[StatelessWorker]
internal sealed class EventLogGrain(IEventLog log) : Grain, IEventLogGrain
{
    /// <inheritdoc/>
    public Task<DateTimeOffset?> GetNewestReceiptAsync() => log.GetNewestReceiptAsync(CancellationToken.None);
}
