using Actors.Queries;
using Actors.Tracing;

namespace Actors.Web.Model.Traces;

/// <summary>The traces of a project.</summary>
/// <param name="analytics">The project's read model.</param>
public sealed class TraceSource(IAnalyticsGrain analytics) : IListSource<TraceRecord>
{
    // What fits into a cell of the widest window.
    private const int TextLimit = 300;

    /// <inheritdoc/>
    public string IdOf(TraceRecord item) => item.Id;

    /// <inheritdoc/>
    public bool IsMoving(TraceRecord item) => item.Summary.Running > 0;

    /// <inheritdoc/>
    public async Task<ListSlice<TraceRecord>> ReadAsync(ListQuestion question, int offset, int limit) => ListSlice.Of(
        await analytics.ListTracesAsync(Query(question) with { Offset = offset, Limit = limit, FirstPositionUpTo = question.Watermark }));

    /// <inheritdoc/>
    public async Task<long> CountNewAsync(ListQuestion question) =>
        (await analytics.ListTracesAsync(Query(question) with { Limit = 1, TextLimit = 0, FirstPositionAfter = question.Watermark })).TotalItems;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ListFacet>> ReadFacetsAsync(ListQuestion question)
    {
        var facets = await analytics.CountTracesAsync(Query(question), question.State.Shape.FacetColumns);
        return [.. facets.Select(f => new ListFacet(f.Column, f.Values))];
    }

    /// <inheritdoc/>
    public Task<Pulse?> ReadPulseAsync(ListQuestion question, TimeSpan step) => analytics.GetTracePulseAsync(Query(question), step)!;

    /// <summary>The question for the read model.</summary>
    public static TraceQuery Query(ListQuestion question) => new()
    {
        Filter = question.Filter,
        From = question.From,
        To = question.To,
        OrderBy = OrderOf(question.State.Sort),
        Descending = question.State.Descending,
        TextLimit = TextLimit,
    };

    private static TraceOrder OrderOf(string key) => key switch
    {
        "name" => TraceOrder.Name,
        "latency" => TraceOrder.Latency,
        "cost" => TraceOrder.Cost,
        "tokens" => TraceOrder.Tokens,
        "user" => TraceOrder.UserId,
        "session" => TraceOrder.SessionId,
        "release" => TraceOrder.Release,
        "version" => TraceOrder.Version,
        "id" => TraceOrder.Id,
        _ => TraceOrder.Timestamp,
    };
}
