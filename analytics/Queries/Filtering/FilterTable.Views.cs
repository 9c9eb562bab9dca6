using Actors.Filtering;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Filtering;

internal sealed partial class FilterTable
{
    // A trace keeps only the sums that lists show; the others are added up from the observations of the traces that are left.
    private const string OfTrace = "FROM observations AS part WHERE part.stream_position = {0}.stream_position)";

    /// <summary>The table of traces.</summary>
    public static FilterTable Traces { get; } = new(FilterCatalog.Traces, new()
    {
        ["id"] = Own("id"),
        ["name"] = Own("name"),
        ["timestamp"] = Own("timestamp"),
        ["userId"] = Own("user_id"),
        ["sessionId"] = Own("session_id"),
        ["environment"] = Own("environment"),
        ["level"] = new ChoiceSql("level"),
        ["model"] = Own("models"),
        ["tags"] = Own("tags"),
        ["release"] = Own("release"),
        ["version"] = Own("version"),
        ["latency"] = new SecondsSql("latency_ms"),
        ["inputTokens"] = Own("input_tokens"),
        ["outputTokens"] = Own("output_tokens"),
        ["totalTokens"] = Own("total_tokens"),
        ["inputCost"] = CostOfParts("input"),
        ["outputCost"] = CostOfParts("output"),
        ["totalCost"] = Own("cost_usd"),
        ["errorCount"] = Own("errors"),
        ["warningCount"] = Own("warnings"),
        ["defaultCount"] = CountOf(ObservationLevel.Default),
        ["debugCount"] = CountOf(ObservationLevel.Debug),
        ["metadata"] = new JsonKeySql("metadata"),
        ["input"] = new JsonSql("input"),
        ["output"] = new JsonSql("output"),
        ["public"] = Own("public"),
        ["bookmarked"] = Own("bookmarked"),
        ["scores_avg"] = TraceScores("id"),
        ["score_categories"] = TraceScores("id"),
        ["score_booleans"] = TraceScores("id"),
    });

    /// <summary>The table of observations.</summary>
    public static FilterTable Observations { get; } = new(FilterCatalog.Observations, new()
    {
        ["id"] = Own("id"),
        ["traceId"] = new TraceIdSql(),
        ["type"] = new ChoiceSql("type"),
        ["name"] = Own("name"),
        ["startTime"] = Own("start_time"),
        ["endTime"] = Own("end_time"),
        ["environment"] = Own("environment"),
        ["level"] = new ChoiceSql("level"),
        ["statusMessage"] = Own("status_message"),
        ["version"] = Own("version"),
        ["userId"] = new TraceSql("userId"),
        ["sessionId"] = new TraceSql("sessionId"),
        ["traceName"] = new TraceSql("name"),
        ["traceTags"] = new TraceSql("tags"),
        ["release"] = new TraceSql("release"),
        ["isRootObservation"] = new ValueSql("({0}.parent_observation_id IS NULL OR {0}.is_app_root)"),
        ["hasParentObservation"] = new ValueSql("{0}.parent_observation_id IS NOT NULL"),
        ["parentObservationId"] = Own("parent_observation_id"),
        ["latency"] = new SecondsSql("latency_ms"),
        ["timeToFirstToken"] = new SecondsSql("first_token_ms"),
        ["tokensPerSecond"] = new ValueSql("{0}.output_tokens * 1000::DOUBLE / nullif({0}.latency_ms, 0)"),
        ["inputTokens"] = Own("input_tokens"),
        ["outputTokens"] = Own("output_tokens"),
        ["totalTokens"] = Own("total_tokens"),
        ["inputCost"] = new ValueSql(ValueSql.CostOf("input")),
        ["outputCost"] = new ValueSql(ValueSql.CostOf("output")),
        ["totalCost"] = Own("cost_usd"),
        ["model"] = Own("model"),
        ["promptName"] = Own("prompt_name"),
        ["promptVersion"] = Own("prompt_version"),
        ["metadata"] = new JsonKeySql("metadata"),
        ["input"] = new JsonSql("input"),
        ["output"] = new JsonSql("output"),
        ["scores_avg"] = ObservationScores(),
        ["score_categories"] = ObservationScores(),
        ["score_booleans"] = ObservationScores(),
        ["trace_scores_avg"] = TraceScores("trace_id"),
        ["trace_score_categories"] = TraceScores("trace_id"),
        ["trace_score_booleans"] = TraceScores("trace_id"),
    });

    /// <summary>The table of scores.</summary>
    public static FilterTable Scores { get; } = new(FilterCatalog.Scores, new()
    {
        ["id"] = Own("id"),
        ["name"] = Own("name"),
        ["value"] = Own("value"),
        ["stringValue"] = Own("string_value"),
        ["dataType"] = new ChoiceSql("data_type"),
        ["source"] = new ChoiceSql("source"),
        ["timestamp"] = Own("timestamp"),
        ["environment"] = Own("environment"),
        ["traceId"] = Own("trace_id"),
        ["observationId"] = Own("observation_id"),
        ["sessionId"] = Own("session_id"),
        ["datasetRunId"] = Own("dataset_run_id"),
        ["configId"] = Own("config_id"),
        ["queueId"] = Own("queue_id"),
        ["authorUserId"] = Own("author_user_id"),
        ["comment"] = Own("comment"),
        ["metadata"] = new JsonKeySql("metadata"),
        ["userId"] = new TraceSql("userId"),
        ["traceName"] = new TraceSql("name"),
        ["traceTags"] = new TraceSql("tags"),
    });

    /// <summary>The experiments, brought together from their observations.</summary>
    public static FilterTable Experiments { get; } = new(FilterCatalog.Experiments, new()
    {
        ["id"] = Own("id"),
        ["name"] = Own("name"),
        ["datasetId"] = Own("dataset_id"),
    });

    /// <summary>The items of experiments, which are the observations that stand for them.</summary>
    public static FilterTable ExperimentItems { get; } = new(FilterCatalog.ExperimentItems, new()
    {
        ["experimentId"] = Own("experiment_id"),
        ["experimentName"] = Own("experiment_name"),
        ["experimentItemId"] = Own("experiment_item_id"),
        ["datasetId"] = Own("experiment_dataset_id"),
    });

    private static ValueSql CostOfParts(string part) =>
        new("(SELECT sum(" + ValueSql.CostOf(part).Replace("{0}", "part", StringComparison.Ordinal) + ") " + OfTrace);

    private static ValueSql CountOf(ObservationLevel level) =>
        new($"(SELECT count(*) FILTER (WHERE part.level = {(int)level}) " + OfTrace);

    private static ScoresSql TraceScores(string traceId) => new("{0}." + traceId, "{0}.trace_id");

    private static ScoresSql ObservationScores() => new("({0}.trace_id, {0}.id)", "({0}.trace_id, {0}.observation_id)");
}
