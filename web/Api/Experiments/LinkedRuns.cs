using Actors.Datasets;
using Actors.Queries;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Experiments;

/// <summary>
/// Runs that no span speaks of, or their links. Clients that run experiments do both: they link each item and say on its spans
/// which experiment it is part of. The spans then know more, and the run is left to them.
/// </summary>
internal static class LinkedRuns
{
    /// <summary>How many entries are read at once; most are left to their spans.</summary>
    public const int BatchSize = 200;

    // A run of many links need not be read batch by batch only to be left to its spans; what no longer fits is read, and left, again.
    private const int MaxExcepted = 1_000;

    /// <summary>Reads at least <paramref name="count"/> entries that are wanted, or all that are not older than <paramref name="floor"/>.</summary>
    public static async Task<List<T>> ReadAsync<T>(
        HttpContext context,
        IAnalyticsGrain analytics,
        RunLinkQuery query,
        Func<RunLinkQuery, Task<IReadOnlyList<T>>> list,
        Func<T, bool> isWanted,
        int count,
        DateTimeOffset floor)
        where T : IDatasetRunFeedEntry
    {
        var found = new List<T>();
        while (true)
        {
            var batch = await list(query);
            string[] runs = [.. batch.Select(e => e.Run.Id).Distinct()];
            IReadOnlyList<string> traced = runs.Length == 0 ? [] : await analytics.ReadAsync(a => a.FindExperimentsAsync(runs), context);
            found.AddRange(batch.Where(e => !traced.Contains(e.Run.Id) && isWanted(e)));
            if (batch.Count < query.Limit || found.Count >= count || batch[^1].Place.Time < floor)
            {
                return found;
            }

            query = query with { After = batch[^1].Place, ExceptRunIds = [.. query.ExceptRunIds.Concat(traced).TakeLast(MaxExcepted)] };
        }
    }
}
