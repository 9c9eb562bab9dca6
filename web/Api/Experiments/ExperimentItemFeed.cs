using Actors.Datasets;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Auth;
using Microsoft.AspNetCore.Http;

namespace Actors.Web.Api.Experiments;

/// <summary>An item of the list: an observation that stands for it, or a link.</summary>
internal readonly record struct ListedItem(ObservationRecord? Observation, DatasetRunLink? Link)
{
    public ListPlace Place => Link is { } link
        ? new(link.Place.Time, IsLinked: true, "", link.Link.Id)
        : new(Observation!.StartTime, IsLinked: false, Observation.TraceId, Observation.Id);
}

/// <summary>
/// Items that spans stand for, and those of runs that no span speaks of, as one list. The latter count with the times of their
/// links, which stay what they are also when the trace comes late.
/// </summary>
internal sealed class ExperimentItemFeed(IGrainFactory grains, IDatasetRunFeed runs)
{
    /// <summary>Up to <paramref name="count"/> items, newest first.</summary>
    public async Task<IReadOnlyList<ListedItem>> ReadAsync(HttpContext context, ExperimentItemRequest request, int count)
    {
        var project = context.GetProject();
        var analytics = grains.GetGrain<IAnalyticsGrain>(project.Value);
        var query = request.OfObservations(count);
        var traced = (await analytics.ReadAsync(a => a.ListObservationsAsync(query), context)).Items;
        var linked = await LinkedRuns.ReadAsync(
            context,
            analytics,
            request.OfLinks(LinkedRuns.BatchSize),
            links => runs.ListLinksAsync(project, links, context.RequestAborted),
            link => FilterMatcher.Matches(request.Items.Filter, FilterCatalog.ExperimentItems, new LinkedRow(link.Run, link.Link)),
            count,
            traced.Count == count ? traced[^1].StartTime : request.From);

        // The sort is stable: of one moment those of spans stay before those that are only linked.
        return
        [
            .. traced.Select(o => new ListedItem(o, null))
                .Concat(linked.Select(l => new ListedItem(null, l)))
                .OrderByDescending(i => i.Place.Time)
                .Take(count),
        ];
    }
}
