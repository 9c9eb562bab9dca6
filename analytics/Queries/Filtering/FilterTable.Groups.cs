using Actors.Analytics.Queries.Groups;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Analytics.Queries.Filtering;

// Groups of traces, whose columns are those of TraceGroupSql; scores are looked up among the members of the groups.
internal sealed partial class FilterTable
{
    /// <summary>Sessions, brought together from their traces.</summary>
    public static FilterTable Sessions { get; } = new(FilterCatalog.Sessions, new(GroupColumns(GroupScoresSql.OfSessions))
    {
        ["userId"] = Own("users"),
    });

    /// <summary>Users, brought together from their traces.</summary>
    public static FilterTable Users { get; } = new(FilterCatalog.Users, new(GroupColumns(GroupScoresSql.OfTraces))
    {
        ["sessions"] = Own("sessions"),
    });

    /// <summary>The table of a kind of groups.</summary>
    public static FilterTable Of(TraceGroupKind kind) => kind == TraceGroupKind.Session ? Sessions : Users;

    private static Dictionary<string, ColumnSql> GroupColumns(string scores) => new()
    {
        ["id"] = Own("id"),
        ["environment"] = Own("environments"),
        ["tags"] = Own("tags"),
        ["release"] = Own("releases"),
        ["version"] = Own("versions"),
        ["level"] = new ChoiceSql("level"),
        ["firstSeen"] = Own("first_at"),
        ["lastSeen"] = Own("last_at"),
        ["duration"] = new SecondsSql("duration_ms"),
        ["traces"] = Own("traces"),
        ["failedTraces"] = Own("failed_traces"),
        ["observations"] = Own("observations"),
        ["errorCount"] = Own("errors"),
        ["warningCount"] = Own("warnings"),
        ["inputTokens"] = Own("input_tokens"),
        ["outputTokens"] = Own("output_tokens"),
        ["totalTokens"] = Own("total_tokens"),
        ["inputCost"] = Own("input_cost_usd"),
        ["outputCost"] = Own("output_cost_usd"),
        ["totalCost"] = Own("cost_usd"),
        ["scores_avg"] = GroupScores(scores),
        ["score_categories"] = GroupScores(scores),
        ["score_booleans"] = GroupScores(scores),
    };

    private static ScoresSql GroupScores(string scores) => new("{0}.id", "{0}.group_id", $"{scores} AS of_score WHERE true");
}
