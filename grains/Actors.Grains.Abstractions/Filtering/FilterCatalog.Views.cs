using static Actors.Filtering.FilterColumnType;

namespace Actors.Filtering;

// The columns and their names are those of langfuse-api §0.5, and a few more that the pages need.
public sealed partial class FilterCatalog
{
    private static string[] Levels => ["DEBUG", "DEFAULT", "WARNING", "ERROR"];

    /// <summary>Traces.</summary>
    public static FilterCatalog Traces { get; } = new(
        "traces",
        ["name", "input", "output"],
        ["id", "userId", "sessionId"],
        [
            new("id", Text, "The trace's id"),
            new("name", Text, "Its name"),
            new("timestamp", Time, "When it began"),
            new("userId", Text, "The application's user") { Aliases = ["user"] },
            new("sessionId", Text, "The session") { Aliases = ["session"] },
            new("environment", Text, "The environment") { Aliases = ["env"] },
            new("level", Choice, "The highest level of its observations") { Choices = Levels },
            new("model", List, "The models it called"),
            new("tags", List, "Its tags"),
            new("release", Text, "The deployment"),
            new("version", Text, "The version of the component"),
            new("latency", Number, "From the first start to the last end") { Unit = FilterUnit.Seconds },
            .. Usage(),
            new("errorCount", Number, "Observations of level ERROR"),
            new("warningCount", Number, "Observations of level WARNING"),
            new("defaultCount", Number, "Observations of level DEFAULT"),
            new("debugCount", Number, "Observations of level DEBUG"),
            new("metadata", TextMap, "A value of its metadata"),
            new("input", Json, "Words of its input"),
            new("output", Json, "Words of its output"),
            new("public", Flag, "Whether anybody may read it"),
            new("bookmarked", Flag, "Whether a person marked it"),
            .. Scored("scores", "scores_avg", "score_categories", "score_booleans", "A score by name"),
            new(Search, FilterColumnType.Search, "Words anywhere"),
        ]);

    /// <summary>Observations.</summary>
    public static FilterCatalog Observations { get; } = new(
        "observations",
        ["name", "input", "output"],
        ["id", "traceId", "userId", "sessionId"],
        [
            new("id", Text, "The observation's id"),
            new("traceId", Text, "Its trace") { Aliases = ["trace"] },
            new("type", Choice, "Its kind")
            {
                Choices = ["SPAN", "GENERATION", "EVENT", "AGENT", "TOOL", "CHAIN", "RETRIEVER", "EVALUATOR", "EMBEDDING", "GUARDRAIL"],
            },
            new("name", Text, "Its name"),
            new("startTime", Time, "When it began"),
            new("endTime", Time, "When it ended"),
            new("environment", Text, "The environment") { Aliases = ["env"] },
            new("level", Choice, "Its level") { Choices = Levels },
            new("statusMessage", Text, "What explains the level") { Aliases = ["status"] },
            new("version", Text, "The version of the component"),
            new("userId", Text, "The user of its trace") { Aliases = ["user"] },
            new("sessionId", Text, "The session of its trace") { Aliases = ["session"] },
            new("traceName", Text, "The name of its trace"),
            new("traceTags", List, "The tags of its trace") { Aliases = ["tags"] },
            new("release", Text, "The deployment of its trace"),
            new("isRootObservation", Flag, "Whether it is the root of its application") { Aliases = ["root"] },
            new("hasParentObservation", Flag, "Whether it is part of another"),
            new("parentObservationId", Text, "The observation it is part of") { Aliases = ["parent"] },
            new("latency", Number, "From start to end") { Unit = FilterUnit.Seconds },
            new("timeToFirstToken", Number, "From start to the first token") { Aliases = ["ttft"], Unit = FilterUnit.Seconds },
            new("tokensPerSecond", Number, "Output tokens per second") { Aliases = ["tps"] },
            .. Usage(),
            new("model", Text, "The model") { Aliases = ["providedModelName"] },
            new("promptName", Text, "The prompt that was used") { Aliases = ["prompt"] },
            new("promptVersion", Number, "Its version"),
            new("metadata", TextMap, "A value of its metadata"),
            new("input", Json, "Words of its input"),
            new("output", Json, "Words of its output"),
            .. Scored("scores", "scores_avg", "score_categories", "score_booleans", "A score by name"),
            .. Scored("trace_scores", "trace_scores_avg", "trace_score_categories", "trace_score_booleans", "A score of its trace by name"),
            new(Search, FilterColumnType.Search, "Words anywhere"),
        ]);

    /// <summary>Scores.</summary>
    public static FilterCatalog Scores { get; } = new(
        "scores",
        ["name", "comment", "stringValue"],
        ["id", "traceId", "observationId", "sessionId"],
        [
            new("id", Text, "The score's id"),
            new("name", Text, "What is scored"),
            new("value", Number, "The number"),
            new("stringValue", Text, "The text"),
            new("dataType", Choice, "The type of the value") { Choices = ["NUMERIC", "CATEGORICAL", "BOOLEAN", "TEXT", "CORRECTION"] },
            new("source", Choice, "Who gave it") { Choices = ["API", "ANNOTATION", "EVAL"] },
            new("timestamp", Time, "When it was given"),
            new("environment", Text, "The environment") { Aliases = ["env"] },
            new("traceId", Text, "The trace") { Aliases = ["trace"] },
            new("observationId", Text, "The observation"),
            new("sessionId", Text, "The session") { Aliases = ["session"] },
            new("datasetRunId", Text, "The dataset run"),
            new("configId", Text, "The score config"),
            new("queueId", Text, "The annotation queue"),
            new("authorUserId", Text, "The person who gave it") { Aliases = ["author"] },
            new("comment", Text, "Why"),
            new("metadata", TextMap, "A value of its metadata"),
            new("userId", Text, "The user of the trace") { Aliases = ["user"] },
            new("traceName", Text, "The name of the trace"),
            new("traceTags", List, "The tags of the trace") { Aliases = ["tags"] },
            new(Search, FilterColumnType.Search, "Words anywhere"),
        ]);

    /// <summary>Experiments.</summary>
    public static FilterCatalog Experiments { get; } = new(
        "experiments",
        ["name"],
        ["id", "datasetId"],
        [
            new("id", Text, "The experiment's id"),
            new("name", Text, "Its name"),
            new("datasetId", Text, "Its dataset"),
            new(Search, FilterColumnType.Search, "Words anywhere"),
        ]);

    /// <summary>Items of experiments.</summary>
    public static FilterCatalog ExperimentItems { get; } = new(
        "items of experiments",
        ["experimentName"],
        ["experimentId", "experimentItemId", "datasetId"],
        [
            new("experimentId", Text, "The experiment"),
            new("experimentName", Text, "Its name"),
            new("experimentItemId", Text, "The item"),
            new("datasetId", Text, "Its dataset"),
            new(Search, FilterColumnType.Search, "Words anywhere"),
        ]);

    /// <summary>What live series can be narrowed by.</summary>
    public static FilterCatalog Live { get; } = new(
        "live numbers",
        [],
        [],
        [
            new("environment", Text, "The environment") { Aliases = ["env"] },
            new("model", Text, "The model"),
            new("traceName", Text, "The name of the trace") { Aliases = ["name"] },
            new("release", Text, "The deployment of the trace"),
            new("promptVersion", Text, "The version of a prompt, as name@3"),
            new("promptName", Text, "The prompt that was used") { Aliases = ["prompt"] },
            new("tool", Text, "The tool that was called"),
            new("userId", Text, "The user of the trace") { Aliases = ["user"] },
            new("sessionId", Text, "The session of the trace") { Aliases = ["session"] },
        ]);

    private static FilterColumn[] Usage() =>
    [
        new("inputTokens", Number, "Input tokens"),
        new("outputTokens", Number, "Output tokens"),
        new("totalTokens", Number, "Tokens in all") { Aliases = ["tokens"] },
        new("inputCost", Number, "What the input cost") { Unit = FilterUnit.UsDollars },
        new("outputCost", Number, "What the output cost") { Unit = FilterUnit.UsDollars },
        new("totalCost", Number, "What it cost") { Aliases = ["cost"], Unit = FilterUnit.UsDollars },
    ];

    private static FilterColumn[] Scored(string family, string averages, string categories, string booleans, string description) =>
    [
        new(averages, NumberMap, description) { Family = family, Aliases = [family] },
        new(categories, ChoiceMap, description) { Family = family },
        new(booleans, FlagMap, description) { Family = family },
    ];
}
