using Actors.Web.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>
/// The one place where requests that bring events are let in or sent away for a while, before their body is read: by the bytes
/// under way, the memory of the process and the lag of the project's read model. Safe for concurrent use.
/// </summary>
internal sealed class Admission(
    InFlightBudget budget, MemoryGuard memory, ReadModelLag lag, RateLimit rateLimit, WebInstruments instruments, IOptions<IngestionOptions> options, TimeProvider time)
{
    private long _refusedAt;

    /// <summary>How many requests were sent away since the start, by reason in words.</summary>
    public IReadOnlyList<(string Reason, long Count)> Refusals => [.. RefusalReasons.All.Select(r => (RefusalReasons.Words(r), instruments.RefusedCount(r)))];

    /// <summary>When the last one was; null: none.</summary>
    public DateTimeOffset? RefusedAt => Volatile.Read(ref _refusedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    /// <summary>Lets a request in that brings events of a project; what it gets is held until it is answered.</summary>
    /// <param name="door">Through which door it comes.</param>
    /// <param name="project">The project.</param>
    /// <param name="bytes">How many bytes the body will probably have.</param>
    /// <param name="reason">Why it is sent away, when it gets nothing.</param>
    public Admitted? TryEnter(IngestDoor door, ProjectId project, int bytes, out RefusalReason reason)
    {
        if (memory.IsShort)
        {
            reason = RefusalReason.Memory;
            return null;
        }

        if (!lag.Admits(project))
        {
            reason = RefusalReason.ReadModel;
            return null;
        }

        return budget.TryTake(project, bytes, out reason) is { } lease ? new Admitted(lease, door, instruments, time) : null;
    }

    /// <summary>Counts a request that is sent away.</summary>
    public void Refused(RefusalReason reason)
    {
        Volatile.Write(ref _refusedAt, time.GetUtcNow().UtcTicks);
        instruments.Refused(reason);
    }

    /// <summary>Sends a request over HTTP away.</summary>
    public Task RefuseAsync(HttpContext context, RefusalReason reason)
    {
        Refused(reason);
        return rateLimit.RefuseAsync(
            context, RefusalReasons.Message(reason), options.Value.MaxBytesUnderWayPerProject, options.Value.RetryAfter);
    }
}
