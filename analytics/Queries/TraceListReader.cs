using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>Reads pages of traces.</summary>
internal static class TraceListReader
{
    public static Page<TraceRecord> Read(ReadSession session, TraceQuery query)
    {
        var search = new TracePlacesSql(query);
        return Read(session, search, session.List(search));
    }

    /// <summary>A page and what its traces have; a trace without any has empty lists.</summary>
    public static TracesWithChildren ReadWithChildren(ReadSession session, TraceQuery query)
    {
        var search = new TracePlacesSql(query);
        var places = session.List(search);
        var page = Read(session, search, places);
        var observations = Children(session, places, new ObservationIdsSql(places));
        var scores = Children(session, places, new ScoreIdsSql(places));
        return new TracesWithChildren(
            page, page.Items.ToDictionary(trace => trace.Id, trace => new TraceChildren([.. observations[trace.Id]], [.. scores[trace.Id]])));
    }

    private static Page<TraceRecord> Read(ReadSession session, TracePlacesSql search, List<RowPlace> places)
    {
        var query = search.Query;
        return new Page<TraceRecord>(
            places.Count > 0 ? session.List(new TraceRowsSql(query, places)) : [],
            query.WithTotal ? PageTotal.Of(places.Count, query.Limit, search.Offset, () => session.Single(new TraceCountSql(query))) : 0,
            session.Watermark,
            session.Head);
    }

    private static ILookup<string, string> Children(ReadSession session, List<RowPlace> places, ISqlQuery<(string TraceId, string Id)> ids) =>
        (places.Count > 0 ? session.List(ids) : []).ToLookup(row => row.TraceId, row => row.Id);
}
