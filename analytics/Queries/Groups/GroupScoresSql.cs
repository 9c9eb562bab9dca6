using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Groups;

/// <summary>The scores of one name in one group.</summary>
internal readonly record struct GroupScore(string GroupId, ScoreMean Mean, long Feedback, double FeedbackSum);

/// <summary>The numeric and boolean scores of groups by name, most given first.</summary>
internal readonly record struct GroupScoresSql(TraceGroupQuery Query) : ISqlQuery<GroupScore>
{
    /// <summary>The scores on members and on their observations.</summary>
    public const string OfTraces = $"({OnMembers})";

    /// <summary>These, and the scores on the sessions themselves.</summary>
    public const string OfSessions = $"""
        ({OnMembers} UNION ALL
        SELECT s.session_id, {Columns} FROM scores AS s WHERE s.session_id IN (SELECT group_id FROM members))
        """;

    private const string Columns = "s.name, s.data_type, s.value, s.string_value, s.source";

    private const string OnMembers =
        $"SELECT m.group_id, {Columns} FROM scores AS s JOIN members AS m ON m.stream_position = s.stream_position";

    /// <summary>
    /// Which scores say how content somebody was: those from 0 to 1 that came through the API, which is where applications and
    /// their users give them.
    /// </summary>
    public static Sql.Fragment IsFeedback { get; } = new($"s.source = {(int)ScoreSource.Api} AND s.value BETWEEN 0 AND 1");

    public void Write(Sql sql)
    {
        TraceGroupSql.WriteMembers(sql, Query);
        sql.Append($"""
            SELECT s.group_id, s.name, count(*), avg(s.value),
                count(*) FILTER (WHERE {IsFeedback}), coalesce(sum(s.value) FILTER (WHERE {IsFeedback}), 0)::DOUBLE
            FROM {new Sql.Fragment(Query.Kind == TraceGroupKind.Session ? OfSessions : OfTraces)} AS s
            WHERE s.data_type IN ({(int)ScoreDataType.Numeric}, {(int)ScoreDataType.Boolean}) AND s.value IS NOT NULL
            GROUP BY s.group_id, s.name ORDER BY count(*) DESC, s.name
            """);
    }

    public GroupScore Read(DbDataReader row) =>
        new(row.Text(0), new ScoreMean(row.Text(1), row.GetInt64(2), row.GetDouble(3)), row.GetInt64(4), row.GetDouble(5));
}
