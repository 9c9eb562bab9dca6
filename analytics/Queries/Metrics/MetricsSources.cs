namespace Actors.Analytics.Queries.Metrics;

/// <summary>What must be beside the rows of a view for an expression to be computed.</summary>
[Flags]
internal enum MetricsSources
{
    None = 0,

    /// <summary>The trace, as <c>t</c>.</summary>
    Trace = 1,

    /// <summary>The scored observation, as <c>o</c>.</summary>
    Observation = 2,

    /// <summary>The names of experiments, as <c>e</c>.</summary>
    Experiment = 4,

    /// <summary>The number of scores of an observation, as <c>s</c>.</summary>
    ScoreCounts = 8,

    /// <summary>A row for each tool that was offered, in <c>tool_name</c>.</summary>
    Tools = 16,

    /// <summary>A row for each call of a tool, in <c>called_tool_name</c>.</summary>
    ToolCalls = 32,

    /// <summary>A row for each part of the cost, in <c>cost_key</c> and <c>cost_part_usd</c>.</summary>
    CostParts = 64,

    /// <summary>A row for each kind of unit, in <c>usage_key</c> and <c>usage_part</c>.</summary>
    UsageParts = 128,
}

/// <summary>How a value is read from the answer.</summary>
internal enum MetricsKind
{
    Text,
    Number,
    Flag,
    Texts,
    ObservationType,
    ObservationLevel,
    ScoreSource,
    ScoreDataType,
}

/// <summary>An expression over the rows of a view, which are <c>b</c>.</summary>
/// <param name="Text">SQL, a constant of this assembly.</param>
/// <param name="Kind">How it is read.</param>
/// <param name="Needs">What must be beside the rows.</param>
/// <param name="IsWhole">Whether it is a whole number of milliseconds or tokens, of which many rows have the same.</param>
internal sealed record MetricsExpression(
    string Text, MetricsKind Kind = MetricsKind.Text, MetricsSources Needs = MetricsSources.None, bool IsWhole = false);
