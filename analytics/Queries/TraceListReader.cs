using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>Reads pages of traces.</summary>
internal static class TraceListReader
{
    public static Page<TraceRecord> Read(ReadSession session, TraceQuery query) =>
        Read(session, query, session.List(new TracePlacesSql(query)));

    /// <summary>A page and what its traces have; a trace without any has empty lists.</summary>
    public static TracePage ReadWithChildren(ReadSession session, TraceQuery query)
    {
        var places = session.List(new TracePlacesSql(query));
        var page = Read(session, query, places);
        var observations = Children(session, places, new ObservationIdsSql(places));
        var scores = Children(session, places, new ScoreIdsSql(places));
        return new TracePage(
            page, page.Items.ToDictionary(trace => trace.Id, trace => new TraceChildren([.. observations[trace.Id]], [.. scores[trace.Id]])));
    }

    private static Page<TraceRecord> Read(ReadSession session, TraceQuery query, List<RowPlace> places) => new(
        places.Count > 0 ? session.List(new TraceRowsSql(query, places)) : [],
        query.WithTotal ? session.Single(new TraceCountSql(query)) : 0,
        session.Watermark);

    private static ILookup<string, string> Children(ReadSession session, List<RowPlace> places, ISqlQuery<(string TraceId, string Id)> ids) =>
        (places.Count > 0 ? session.List(ids) : []).ToLookup(row => row.TraceId, row => row.Id);
}
