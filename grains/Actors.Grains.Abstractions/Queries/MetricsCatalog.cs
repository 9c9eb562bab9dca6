using Actors.Filtering;

namespace Actors.Queries;

/// <summary>What can be grouped by and computed (langfuse-api §13.1).</summary>
public sealed class MetricsCatalog
{
    private static readonly string[] CostlyNames =
    [
        "id", "traceId", "userId", "sessionId", "parentObservationId", "observationId", "experimentId", "experimentName",
        "experimentDatasetId", "datasetRunId", "evaluatorId",
    ];

    private readonly Dictionary<string, MetricsDimension> _dimensions;
    private readonly Dictionary<string, MetricsMeasure> _measures;

    private MetricsCatalog(string name, FilterCatalog filters, MetricsDimension[] dimensions, MetricsMeasure[] measures)
    {
        Name = name;
        Filters = filters;
        _dimensions = dimensions.ToDictionary(dimension => dimension.Name);
        _measures = measures.ToDictionary(measure => measure.Name);
    }

    private static MetricsCatalog Traces { get; } = new(
        "traces",
        FilterCatalog.Traces,
        [.. Dimensions("id", "name", "tags", "userId", "sessionId", "release", "version", "environment", "timestampMonth")],
        [
            .. Numbers("count", "observationsCount", "scoresCount"), .. Texts("uniqueUserIds", "uniqueSessionIds"),
            .. Numbers("latency", "totalTokens", "totalCost"),
        ]);

    private static MetricsCatalog Observations { get; } = new(
        "observations",
        FilterCatalog.Observations,
        [
            .. Dimensions(
                "id", "traceId", "traceName", "environment", "parentObservationId", "type", "name", "level", "version", "tags",
                "providedModelName", "promptName", "promptVersion", "userId", "sessionId", "traceRelease", "traceVersion",
                "startTimeMonth", "toolNames", "calledToolNames"),
            .. Later("isRootObservation", "release", "costType", "usageType", "experimentName", "experimentId", "experimentDatasetId"),
        ],
        [
            .. Numbers(
                "count", "latency", "streamingLatency", "inputTokens", "outputTokens", "totalTokens", "outputTokensPerSecond",
                "tokensPerSecond", "inputCost", "outputCost", "totalCost", "timeToFirstToken", "countScores", "toolDefinitions",
                "toolCalls"),
            .. Texts("traceId", "uniqueUserIds", "uniqueSessionIds").Select(measure => measure with { IsLater = true }),
            .. Numbers("costByType", "usageByType").Select(measure => measure with { IsLater = true }),
        ]);

    private static MetricsCatalog ScoresNumeric { get; } = new("scores-numeric", FilterCatalog.Scores, Scores("value"), [.. Numbers("count", "value")]);

    private static MetricsCatalog ScoresCategorical { get; } = new("scores-categorical", FilterCatalog.Scores, Scores("stringValue"), [.. Numbers("count")]);

    private static MetricsCatalog ScoresBoolean { get; } = new("scores-boolean", FilterCatalog.Scores, Scores("booleanValue"), [.. Numbers("count", "value")]);

    /// <summary>The view's name on the wire.</summary>
    public string Name { get; }

    /// <summary>What its rows can be filtered by.</summary>
    public FilterCatalog Filters { get; }

    /// <summary>What can be grouped by.</summary>
    public IReadOnlyCollection<MetricsDimension> AllDimensions => _dimensions.Values;

    /// <summary>What can be computed.</summary>
    public IReadOnlyCollection<MetricsMeasure> AllMeasures => _measures.Values;

    /// <summary>The catalogue of a view.</summary>
    public static MetricsCatalog Of(MetricsView view) => view switch
    {
        MetricsView.Traces => Traces,
        MetricsView.Observations => Observations,
        MetricsView.ScoresNumeric => ScoresNumeric,
        MetricsView.ScoresCategorical => ScoresCategorical,
        MetricsView.ScoresBoolean => ScoresBoolean,
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, "There is no such view."),
    };

    /// <summary>The dimension of this name; null when there is none.</summary>
    public MetricsDimension? FindDimension(string name) => _dimensions.GetValueOrDefault(name);

    /// <summary>The measure of this name; null when there is none.</summary>
    public MetricsMeasure? FindMeasure(string name) => _measures.GetValueOrDefault(name);

    private static MetricsDimension[] Scores(string value) =>
    [
        .. Dimensions(
            "id", "environment", "name", "evaluatorId", "source", "dataType", "traceId", "configId", "timestampMonth", "timestampDay",
            "observationId", "traceName", "tags", "userId", "sessionId", "traceRelease", "traceVersion", "observationName",
            "observationModelName", "observationPromptName", "observationPromptVersion", value),
        .. Later("datasetRunId", "experimentName", "experimentId"),
    ];

    private static IEnumerable<MetricsDimension> Dimensions(params string[] names) =>
        names.Select(name => new MetricsDimension(name) { IsCostly = CostlyNames.Contains(name) });

    private static IEnumerable<MetricsDimension> Later(params string[] names) =>
        Dimensions(names).Select(dimension => dimension with { IsLater = true });

    private static IEnumerable<MetricsMeasure> Numbers(params string[] names) => names.Select(name => new MetricsMeasure(name));

    private static IEnumerable<MetricsMeasure> Texts(params string[] names) =>
        names.Select(name => new MetricsMeasure(name) { IsText = true });
}

/// <summary>Something to group by.</summary>
/// <param name="Name">Its name on the wire.</param>
public sealed record MetricsDimension(string Name)
{
    /// <summary>Whether it may have so many values that the second version of the API wants a limit and an order.</summary>
    public bool IsCostly { get; init; }

    /// <summary>Whether only the second version of the API knows it.</summary>
    public bool IsLater { get; init; }
}

/// <summary>Something to compute.</summary>
/// <param name="Name">Its name on the wire.</param>
public sealed record MetricsMeasure(string Name)
{
    /// <summary>Whether its values are texts, which can only be counted.</summary>
    public bool IsText { get; init; }

    /// <summary>Whether only the second version of the API knows it.</summary>
    public bool IsLater { get; init; }

    /// <summary>Whether its values can become one in this way.</summary>
    public bool Allows(MetricsAggregation aggregation) =>
        IsText ? aggregation is MetricsAggregation.Count or MetricsAggregation.Uniq : aggregation != MetricsAggregation.Uniq;
}
