using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>Puts the children of traces together; a trace without any has empty lists.</summary>
internal static class ChildrenReader
{
    public static IReadOnlyDictionary<string, TraceChildren> Read(ReadSession session, IReadOnlyList<string> traceIds)
    {
        if (traceIds.Count == 0)
        {
            return new Dictionary<string, TraceChildren>();
        }

        var observations = session.List(new ObservationIdsSql(traceIds)).ToLookup(row => row.TraceId, row => row.Id);
        var scores = session.List(new ScoreIdsSql(traceIds)).ToLookup(row => row.TraceId, row => row.Id);
        return traceIds.Distinct().ToDictionary(id => id, id => new TraceChildren([.. observations[id]], [.. scores[id]]));
    }
}
