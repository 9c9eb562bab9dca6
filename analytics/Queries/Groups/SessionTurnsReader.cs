using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Groups;

/// <summary>Reads the turns of a session and what is known about them.</summary>
internal static class SessionTurnsReader
{
    public static SessionTurns Read(ReadSession session, SessionTurnsQuery query)
    {
        var places = session.List(new TurnPlacesSql(query));
        var total = session.Single(new TurnCountSql(query.SessionId));
        if (places.Count == 0)
        {
            return new SessionTurns(new Page<TraceRecord>([], total, session.Watermark, session.Head), Scores(session, query, [NoStream]), new Dictionary<string, string>(), []);
        }

        var order = new TraceQuery { OrderBy = TraceOrder.Timestamp, Descending = false, TextLimit = query.Show is null ? query.TextLimit : 0 };
        IReadOnlyList<TraceRecord> turns = session.List(new TraceRowsSql(order, places));
        if (query.Show is { } name && query.TextLimit != 0)
        {
            var texts = session.List(new TurnTextsSql(name, query.TextLimit, places)).ToDictionary(text => text.TraceId);
            turns = [.. turns.Select(turn => turn with { Input = texts.GetValueOrDefault(turn.Id).Input, Output = texts.GetValueOrDefault(turn.Id).Output })];
        }

        return new SessionTurns(
            new Page<TraceRecord>(turns, total, session.Watermark, session.Head),
            Scores(session, query, places),
            session.List(new TurnHandOversSql(places)).ToDictionary(turn => turn.TraceId, turn => turn.Name),
            session.List(new TurnNamesSql(places)));
    }

    // The session has a stream of its own, whose scores are told in any case.
    private static RowPlace NoStream => new(0, -1);

    private static List<ScoreRecord> Scores(ReadSession session, SessionTurnsQuery query, IReadOnlyList<RowPlace> places) =>
        session.List(new TurnScoresSql(query.SessionId, places));
}
