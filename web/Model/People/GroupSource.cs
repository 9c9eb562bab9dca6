using Actors.Filtering;
using Actors.Queries;

namespace Actors.Web.Model.People;

/// <summary>The sessions or the users of a project.</summary>
/// <param name="analytics">The project's read model.</param>
/// <param name="kind">Which.</param>
public sealed class GroupSource(IAnalyticsGrain analytics, TraceGroupKind kind) : IListSource<TraceGroup>
{
    /// <inheritdoc/>
    public string IdOf(TraceGroup item) => item.Id;

    /// <inheritdoc/>
    public bool IsMoving(TraceGroup item) => item.Running > 0;

    /// <inheritdoc/>
    public async Task<ListSlice<TraceGroup>> ReadAsync(ListQuestion question, int offset, int limit) => ListSlice.Of(
        await analytics.ListTraceGroupsAsync(Query(question) with
        {
            Offset = offset, Limit = Math.Clamp(limit, 1, TraceGroupQuery.MaxLimit), FirstPositionUpTo = question.Watermark,
        }));

    /// <inheritdoc/>
    public async Task<long> CountNewAsync(ListQuestion question) =>
        (await analytics.ListTraceGroupsAsync(Query(question) with { Limit = 1, WithOutliers = false, FirstPositionAfter = question.Watermark })).TotalItems;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ListFacet>> ReadFacetsAsync(ListQuestion question)
    {
        var facets = await analytics.GetTraceGroupFacetsAsync(Query(question));
        return
        [
            new("environment", facets.Environments), new("level", facets.Levels), new("tags", facets.Tags), new("release", facets.Releases),
        ];
    }

    /// <summary>
    /// The question for the read model. Environments that are looked at leave traces out, not whole users: a user of two has the
    /// numbers of the one that is shown.
    /// </summary>
    public TraceGroupQuery Query(ListQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return new TraceGroupQuery
        {
            Kind = kind,
            Filter = question.State.Filter,
            Counted = question.State.Environments is { Count: > 0 } environments
                ? Filter.OneOf(FilterCatalog.Traces.Find("environment")!, null, environments)
                : Filter.Everything,
            From = question.From,
            To = question.To,
            OrderBy = OrderOf(question.State.Sort),
            Descending = question.State.Descending,
            WithOutliers = kind == TraceGroupKind.User,
        };
    }

    private static TraceGroupOrder OrderOf(string key) => key switch
    {
        "id" => TraceGroupOrder.Id,
        "first" => TraceGroupOrder.FirstAt,
        "traces" => TraceGroupOrder.Traces,
        "observations" => TraceGroupOrder.Observations,
        "duration" => TraceGroupOrder.Duration,
        "cost" => TraceGroupOrder.Cost,
        "tokens" => TraceGroupOrder.Tokens,
        "errors" => TraceGroupOrder.Errors,
        "standout" => TraceGroupOrder.Outlier,
        _ => TraceGroupOrder.LastAt,
    };
}
