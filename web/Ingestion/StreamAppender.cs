using Actors.Access;
using Actors.Tracing;
using Actors.Web.Api;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Actors.Web.Ingestion;

/// <summary>What became of one stream's events.</summary>
internal enum AppendResult
{
    Stored,

    /// <summary>Nothing was stored because too much is under way.</summary>
    Overloaded,

    /// <summary>Nobody answered; the events may or may not be stored, and sending them again is harmless.</summary>
    Unavailable,

    /// <summary>Something is wrong with us; the events may or may not be stored, and sending them again is harmless.</summary>
    Failed,
}

/// <summary>
/// Hands the events of a request to the actors of their streams. A silo that went away is tried again: an append may be
/// repeated without harm, and the next call finds the actor's new home.
/// </summary>
internal sealed partial class StreamAppender(
    IGrainFactory grains, WebInstruments instruments, TimeProvider time, IOptions<IngestionOptions> options, ILogger<StreamAppender> logger)
{
    // A database that restarts is back by then.
    private static readonly TimeSpan OutagePatience = TimeSpan.FromSeconds(3);

    /// <summary>Appends to all streams side by side; the results are in their order. Never throws for a stream.</summary>
    public async Task<IReadOnlyList<AppendResult>> AppendAsync(ProjectId project, IReadOnlyList<StreamBatch> streams)
    {
        var receivedAt = Now();
        if (streams.Count == 1)
        {
            return [await AppendAsync(project, streams[0], receivedAt)];
        }

        var results = new AppendResult[streams.Count];
        var next = -1;
        var workers = new Task[Math.Min(streams.Count, options.Value.MaxParallelAppends)];
        for (var i = 0; i < workers.Length; i++)
        {
            workers[i] = WorkAsync();
        }

        await Task.WhenAll(workers);
        return results;

        async Task WorkAsync()
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < streams.Count)
            {
                results[index] = await AppendAsync(project, streams[index], receivedAt);
            }
        }
    }

    private async Task<AppendResult> AppendAsync(ProjectId project, StreamBatch batch, DateTimeOffset receivedAt)
    {
        var result = await TryAppendAsync(project, batch, receivedAt);
        instruments.Appended(batch.Events.Count, result);
        return result;
    }

    private async Task<AppendResult> TryAppendAsync(ProjectId project, StreamBatch batch, DateTimeOffset receivedAt)
    {
        var append = new StreamAppend(batch.Events, receivedAt);
        var pace = new RetryPace(time, options.Value.AppendBackOff);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, batch.Stream)).AppendAsync(append);
                return AppendResult.Stored;
            }
            catch (EventLogOverloadedException)
            {
                return AppendResult.Overloaded;
            }
            catch (Exception e) when (IsPassing(e) && pace.IsWorthItWithin(PatienceWith(e)))
            {
                LogRetry(project, attempt, e.GetType().Name);
                await pace.WaitAsync(CancellationToken.None);
            }
            catch (Exception e)
            {
                LogFailed(e, project, attempt);
                return IsPassing(e) ? AppendResult.Unavailable : AppendResult.Failed;
            }
        }
    }

    private static bool IsPassing(Exception e) => GrainCalls.IsPassing(e) || IsOutage(e);

    private static bool IsOutage(Exception e) => e is EventLogUnavailableException or ControlPlaneUnavailableException;

    // Exporters wait ten seconds for an answer, often five, and send again only what they were told was not stored.
    private static TimeSpan PatienceWith(Exception e) => IsOutage(e) ? OutagePatience : RetryPace.Patience;

    private DateTimeOffset Now()
    {
        var now = time.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}
