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
    private readonly long[] _refused = new long[RefusalReasons.All.Count];
    private long _refusedAt;

    /// <summary>How many requests were sent away since the start, and when the last one was.</summary>
    public OverloadFacts Facts => new(
        [.. RefusalReasons.All.Select(r => (r, Volatile.Read(ref _refused[(int)r])))],
        Volatile.Read(ref _refusedAt) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null,
        budget.UnderWay,
        options.Value.MaxBytesUnderWay,
        memory.Share);

    /// <summary>Lets a request in that brings events of a project; its lease is held until it is answered.</summary>
    /// <param name="project">The project.</param>
    /// <param name="bytes">How many bytes the body will probably have.</param>
    /// <param name="reason">Why it is sent away, when there is no lease.</param>
    public InFlightBudget.Lease? TryEnter(ProjectId project, int bytes, out RefusalReason reason)
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

        return budget.TryTake(project, bytes, out reason);
    }

    /// <summary>Counts a request that is sent away.</summary>
    public void Refused(RefusalReason reason)
    {
        Interlocked.Increment(ref _refused[(int)reason]);
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

/// <summary>How the doors of one web node do.</summary>
/// <param name="Refused">Requests that were sent away since the start, by reason.</param>
/// <param name="RefusedAt">When the last one was; null: none.</param>
/// <param name="BytesUnderWay">Bytes of requests that are not answered yet.</param>
/// <param name="MaxBytesUnderWay">Their bound.</param>
/// <param name="MemoryShare">How near the process is to the memory at which requests are sent away; at 1 they are.</param>
internal sealed record OverloadFacts(
    IReadOnlyList<(RefusalReason Reason, long Count)> Refused, DateTimeOffset? RefusedAt, long BytesUnderWay, long MaxBytesUnderWay, double MemoryShare);
