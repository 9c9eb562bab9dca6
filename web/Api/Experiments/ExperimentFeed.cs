using Actors.Datasets;
using Actors.Filtering;
using Actors.Queries;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Experiments;

/// <summary>An experiment of the list.</summary>
/// <param name="Record">What is known of it.</param>
/// <param name="IsLinked">Whether that is from links to a run alone.</param>
internal readonly record struct ListedExperiment(ExperimentRecord Record, bool IsLinked)
{
    public ListPlace Place => new(Record.LastActivity, IsLinked, "", Record.Id);
}

/// <summary>
/// Experiments that spans speak of and runs that no span speaks of, as one list. A run counts with the times of its links: when
/// its traces were, nobody can say without reading them all.
/// </summary>
internal sealed class ExperimentFeed(IGrainFactory grains, IDatasetRunFeed runs)
{
    /// <summary>Up to <paramref name="count"/> experiments, the newest activity first.</summary>
    public async Task<IReadOnlyList<ListedExperiment>> ReadAsync(HttpContext context, ExperimentRequest request, int count)
    {
        var project = context.GetProject();
        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        var query = request.Query with { Limit = count, After = request.After?.OfExperiments };
        var traced = (await analytics.ReadAsync(a => a.ListExperimentsAsync(query), context)).Items;
        var linked = await LinkedRuns.ReadAsync(
            context,
            analytics,
            request.OfLinks(LinkedRuns.BatchSize),
            links => runs.ListRunsAsync(project, links, context.RequestAborted),
            activity => FilterMatcher.Matches(query.Filter, FilterCatalog.Experiments, new LinkedRow(activity.Run)),
            count,
            traced.Count == count ? traced[^1].LastActivity : query.From);

        // The sort is stable: of one moment those of spans stay before those that are only linked.
        return
        [
            .. traced.Select(e => new ListedExperiment(e, IsLinked: false))
                .Concat(linked.Select(a => new ListedExperiment(Bring(a), IsLinked: true)))
                .OrderByDescending(e => e.Record.LastActivity)
                .Take(count),
        ];
    }

    private static ExperimentRecord Bring(DatasetRunActivity activity) => new()
    {
        Id = activity.Run.Id,
        Name = activity.Run.Name,
        Description = activity.Run.Description,
        StartTime = activity.First,
        EndTime = activity.Last,
        LastActivity = activity.Last,
        ItemCount = activity.Links,
        DatasetId = activity.Run.DatasetId,
        Metadata = activity.Run.Metadata,
    };
}
