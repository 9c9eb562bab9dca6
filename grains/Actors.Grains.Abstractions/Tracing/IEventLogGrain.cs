using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace Actors.Tracing;

/// <summary>Answers for the event log to nodes that do not open it. There is one, with key 0, on every silo.</summary>
[Alias("actors.IEventLogGrain"), Version(1)]
public interface IEventLogGrain : IGrainWithIntegerKey
{
    /// <inheritdoc cref="IEventLog.GetNewestReceiptAsync"/>
    [Alias("GetNewestReceiptAsync"), ReadOnly]
    Task<DateTimeOffset?> GetNewestReceiptAsync();
}
