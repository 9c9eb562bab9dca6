using Actors.Media;
using Actors.Tracing;

namespace Actors.Web.Api;

/// <summary>Deletes traces, and the files that belonged to nothing else.</summary>
internal static class TraceRemoval
{
    private const int MaxAtOnce = 16;

    /// <summary>Returns when they are gone; an id that is unknown is gone too. Harmless when repeated.</summary>
    public static async Task DeleteAsync(
        IGrainFactory grains, IMediaRemoval media, TimeProvider time, ProjectId project, IEnumerable<string> traceIds, CancellationToken cancellationToken)
    {
        var ids = traceIds.Where(StreamId.IsValidId).Distinct().ToList();
        var removal = await media.BeginAsync(project, ids, cancellationToken);
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce },
            async (id, _) => await GrainCalls.RepeatAsync(
                () => grains.GetGrain<ITraceGrain>(GrainKey.ForStream(project, StreamId.ForTrace(id))).DeleteAsync(), time, cancellationToken));
        if (removal is not null)
        {
            await media.FinishAsync(project, removal, CancellationToken.None);
        }
    }
}
