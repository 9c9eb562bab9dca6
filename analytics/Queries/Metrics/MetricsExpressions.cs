using System.Collections.Frozen;
using Actors.Queries;
using static Actors.Analytics.Queries.Metrics.MetricsKind;
using static Actors.Analytics.Queries.Metrics.MetricsSources;

namespace Actors.Analytics.Queries.Metrics;

/// <summary>The SQL behind the names of <see cref="MetricsCatalog"/>: identifiers come from here and from nowhere else.</summary>
internal static class MetricsExpressions
{
    private static readonly FrozenDictionary<string, MetricsExpression> TraceDimensions = new Dictionary<string, MetricsExpression>
    {
        ["id"] = new("b.id"),
        ["name"] = new("b.name"),
        ["tags"] = new("b.tags", Texts),
        ["userId"] = new("b.user_id"),
        ["sessionId"] = new("b.session_id"),
        ["release"] = new("b.release"),
        ["version"] = new("b.version"),
        ["environment"] = new("b.environment"),
        ["timestampMonth"] = new("strftime(b.timestamp, '%Y-%m')"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, MetricsExpression> ObservationDimensions = new Dictionary<string, MetricsExpression>
    {
        ["id"] = new("b.id"),
        ["traceId"] = new("b.trace_id"),
        ["traceName"] = new("t.name", Text, Trace),
        ["environment"] = new("b.environment"),
        ["parentObservationId"] = new("b.parent_observation_id"),
        ["type"] = new("b.type", MetricsKind.ObservationType),
        ["name"] = new("b.name"),
        ["level"] = new("b.level", MetricsKind.ObservationLevel),
        ["version"] = new("b.version"),
        ["tags"] = new("t.tags", Texts, Trace),
        ["providedModelName"] = new("b.model"),
        ["promptName"] = new("b.prompt_name"),
        ["promptVersion"] = new("b.prompt_version", Number),
        ["userId"] = new("t.user_id", Text, Trace),
        ["sessionId"] = new("t.session_id", Text, Trace),
        ["traceRelease"] = new("t.release", Text, Trace),
        ["traceVersion"] = new("t.version", Text, Trace),
        ["startTimeMonth"] = new("strftime(b.start_time, '%Y-%m')"),
        ["toolNames"] = new("b.tool_name", Text, Tools),
        ["calledToolNames"] = new("b.called_tool_name", Text, ToolCalls),
        ["isRootObservation"] = new("(b.is_app_root OR b.parent_observation_id IS NULL)", Flag),
        ["release"] = new("t.release", Text, Trace),
        ["costType"] = new("b.cost_key", Text, CostParts),
        ["usageType"] = new("b.usage_key", Text, UsageParts),
        ["experimentName"] = new("b.experiment_name"),
        ["experimentId"] = new("b.experiment_id"),
        ["experimentDatasetId"] = new("b.experiment_dataset_id"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, MetricsExpression> ScoreDimensions = new Dictionary<string, MetricsExpression>
    {
        ["id"] = new("b.id"),
        ["environment"] = new("b.environment"),
        ["name"] = new("b.name"),

        // No event says which evaluator gave a score.
        ["evaluatorId"] = new("NULL::VARCHAR"),
        ["source"] = new("b.source", MetricsKind.ScoreSource),
        ["dataType"] = new("b.data_type", MetricsKind.ScoreDataType),
        ["traceId"] = new("b.trace_id"),
        ["configId"] = new("b.config_id"),
        ["timestampMonth"] = new("strftime(b.timestamp, '%Y-%m')"),
        ["timestampDay"] = new("strftime(b.timestamp, '%Y-%m-%d')"),
        ["observationId"] = new("b.observation_id"),
        ["traceName"] = new("t.name", Text, Trace),
        ["tags"] = new("t.tags", Texts, Trace),
        ["userId"] = new("t.user_id", Text, Trace),
        ["sessionId"] = new("coalesce(b.session_id, t.session_id)", Text, Trace),
        ["traceRelease"] = new("t.release", Text, Trace),
        ["traceVersion"] = new("t.version", Text, Trace),
        ["observationName"] = new("o.name", Text, Observation),
        ["observationModelName"] = new("o.model", Text, Observation),
        ["observationPromptName"] = new("o.prompt_name", Text, Observation),
        ["observationPromptVersion"] = new("o.prompt_version", Number, Observation),
        ["value"] = new("b.value", Number),
        ["stringValue"] = new("b.string_value"),
        ["booleanValue"] = new("(b.value <> 0)", Flag),
        ["datasetRunId"] = new("b.dataset_run_id"),
        ["experimentName"] = new("e.name", Text, Experiment),
        ["experimentId"] = new("coalesce(b.dataset_run_id, o.experiment_id)", Text, Observation),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, MetricsExpression> TraceMeasures = new Dictionary<string, MetricsExpression>
    {
        ["count"] = new("1"),
        ["observationsCount"] = new("b.observations"),
        ["scoresCount"] = new("b.scores"),
        ["uniqueUserIds"] = new("b.user_id"),
        ["uniqueSessionIds"] = new("b.session_id"),
        ["latency"] = new("b.latency_ms", IsWhole: true),
        ["totalTokens"] = new("b.total_tokens", IsWhole: true),
        ["totalCost"] = new("b.cost_usd"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, MetricsExpression> ObservationMeasures = new Dictionary<string, MetricsExpression>
    {
        ["count"] = new("1"),
        ["latency"] = new("b.latency_ms", IsWhole: true),
        ["streamingLatency"] = new("epoch_ms(b.end_time) - epoch_ms(b.completion_start_time)", IsWhole: true),
        ["inputTokens"] = new("b.input_tokens", IsWhole: true),
        ["outputTokens"] = new("b.output_tokens", IsWhole: true),
        ["totalTokens"] = new("b.total_tokens", IsWhole: true),
        ["outputTokensPerSecond"] = new("b.output_tokens * 1000.0::DOUBLE / nullif(greatest(epoch_ms(b.end_time) - epoch_ms(b.completion_start_time), 0), 0)"),
        ["tokensPerSecond"] = new("b.total_tokens * 1000.0::DOUBLE / nullif(b.latency_ms, 0)"),
        ["inputCost"] = new("b.input_cost_usd"),
        ["outputCost"] = new("b.output_cost_usd"),
        ["totalCost"] = new("b.cost_usd"),
        ["timeToFirstToken"] = new("b.first_token_ms", IsWhole: true),
        ["countScores"] = new("coalesce(s.scores, 0)", Number, ScoreCounts),
        ["toolDefinitions"] = new("len(b.tool_names)"),
        ["toolCalls"] = new("len(b.called_tool_names)"),
        ["traceId"] = new("b.trace_id"),
        ["uniqueUserIds"] = new("t.user_id", Text, Trace),
        ["uniqueSessionIds"] = new("t.session_id", Text, Trace),
        ["costByType"] = new("b.cost_part_usd", Number, CostParts),
        ["usageByType"] = new("b.usage_part", Number, UsageParts),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, MetricsExpression> ScoreMeasures = new Dictionary<string, MetricsExpression>
    {
        ["count"] = new("1"),
        ["value"] = new("b.value"),
    }.ToFrozenDictionary();

    /// <summary>The dimension <paramref name="name"/> of a view.</summary>
    public static MetricsExpression Dimension(MetricsView view, string name)
    {
        var dimensions = view switch
        {
            MetricsView.Traces => TraceDimensions,
            MetricsView.Observations => ObservationDimensions,
            _ => ScoreDimensions,
        };
        return MetricsCatalog.Of(view).FindDimension(name) is not null
            ? dimensions[name]
            : throw new ArgumentException($"{name} is no dimension of {view}.", nameof(name));
    }

    /// <summary>The measure <paramref name="name"/> of a view.</summary>
    public static MetricsExpression Measure(MetricsView view, string name)
    {
        var measures = view switch
        {
            MetricsView.Traces => TraceMeasures,
            MetricsView.Observations => ObservationMeasures,
            _ => ScoreMeasures,
        };
        return MetricsCatalog.Of(view).FindMeasure(name) is not null
            ? measures[name]
            : throw new ArgumentException($"{name} is no measure of {view}.", nameof(name));
    }
}
