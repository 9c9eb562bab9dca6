using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Groups;

/// <summary>Where the turns of one page are.</summary>
internal readonly record struct TurnPlacesSql(SessionTurnsQuery Query) : ISqlQuery<RowPlace>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT {RowPlace.Columns} FROM traces WHERE session_id = {Query.SessionId}");
        if (Query.ChangedAfter is { } after)
        {
            sql.Append($"AND last_position > {after}");
        }

        sql.Append($"ORDER BY timestamp, id LIMIT {Query.Limit} OFFSET {Query.Offset}");
    }

    public RowPlace Read(DbDataReader row) => RowPlace.Read(row);
}

/// <summary>How many turns a session has.</summary>
internal readonly record struct TurnCountSql(string SessionId) : ISqlQuery<long>
{
    public void Write(Sql sql) => sql.Append($"SELECT count(*) FROM traces WHERE session_id = {SessionId}");

    public long Read(DbDataReader row) => row.GetInt64(0);
}

/// <summary>The scores of some turns and of the session itself, by time.</summary>
internal readonly record struct TurnScoresSql(string SessionId, IReadOnlyList<RowPlace> Turns) : ISqlQuery<ScoreRecord>
{
    private const int Most = 5_000;

    public void Write(Sql sql)
    {
        sql.Append($"SELECT {ScoreColumns.All} FROM scores WHERE session_id = {SessionId} OR");
        TurnStreams.WriteCondition(sql, Turns);
        sql.Append($"ORDER BY timestamp, id LIMIT {Most}");
    }

    public ScoreRecord Read(DbDataReader row) => ScoreColumns.Read(row);
}

/// <summary>What went in and out of the last observation of a name, by trace.</summary>
internal readonly record struct TurnTextsSql(string Name, int? TextLimit, IReadOnlyList<RowPlace> Turns)
    : ISqlQuery<(string TraceId, string? Input, string? Output)>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT trace_id,");
        if (TextLimit is { } limit)
        {
            sql.Append($"left(input, {limit}), left(output, {limit})");
        }
        else
        {
            sql.Append($"input, output");
        }

        sql.Append($"FROM observations WHERE name = {Name} AND");
        TurnStreams.WriteCondition(sql, Turns);
        sql.Append($"QUALIFY row_number() OVER (PARTITION BY stream_position ORDER BY start_time DESC, id DESC) = 1");
    }

    public (string TraceId, string? Input, string? Output) Read(DbDataReader row) => (row.Text(0), row.TextOrNull(1), row.TextOrNull(2));
}

/// <summary>The first thing in each turn whose name says that the conversation went to somebody else.</summary>
internal readonly record struct TurnHandOversSql(IReadOnlyList<RowPlace> Turns) : ISqlQuery<(string TraceId, string Name)>
{
    // handoff_to_billing, transfer_to_human, escalate: what agent frameworks and people call it.
    private static readonly Sql.Fragment Pattern = new("'hand.?(off|over)|transfer.?to|escalat'");

    public void Write(Sql sql)
    {
        sql.Append($"SELECT trace_id, arg_min(said, (start_time, said)) FROM (SELECT trace_id, start_time, unnest(list_prepend(name, called_tool_names)) AS said FROM observations WHERE");
        TurnStreams.WriteCondition(sql, Turns);
        sql.Append($") WHERE regexp_matches(said, {Pattern}, 'i') GROUP BY trace_id");
    }

    public (string TraceId, string Name) Read(DbDataReader row) => (row.Text(0), row.Text(1));
}

/// <summary>The names of the observations of some turns, with how many turns have one.</summary>
internal readonly record struct TurnNamesSql(IReadOnlyList<RowPlace> Turns) : ISqlQuery<FacetValue>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT name, count(DISTINCT stream_position) FROM observations WHERE name IS NOT NULL AND type <> {(int)ObservationType.Event} AND");
        TurnStreams.WriteCondition(sql, Turns);
        sql.Append($"GROUP BY name ORDER BY count(DISTINCT stream_position) DESC, name LIMIT 50");
    }

    public FacetValue Read(DbDataReader row) => new(row.Text(0), row.GetInt64(1));
}

/// <summary>The rows of the streams of some turns. The bounds let the scan leave out what the positions alone would make it open.</summary>
internal static class TurnStreams
{
    public static void WriteCondition(Sql sql, IReadOnlyList<RowPlace> turns)
    {
        var (first, last) = (turns.Min(turn => turn.Position), turns.Max(turn => turn.Position));
        sql.Append($"(stream_position BETWEEN {first} AND {last} AND stream_position IN (SELECT unnest({turns.Select(turn => turn.Position)})))");
    }
}
