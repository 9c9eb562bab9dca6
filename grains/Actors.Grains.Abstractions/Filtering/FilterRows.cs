using Actors.Tracing;

namespace Actors.Filtering;

/// <summary>A trace with the scores on it and its observations.</summary>
public sealed class TraceFilterRow(TraceRecord trace, IReadOnlyList<ObservationRecord> observations, IReadOnlyList<ScoreRecord> scores) : IFilterRow
{
    /// <inheritdoc/>
    public string? Text(string column) => column switch
    {
        "id" => trace.Id,
        "name" => trace.Name,
        "userId" => trace.UserId,
        "sessionId" => trace.SessionId,
        "environment" => trace.Environment,
        "level" => trace.Summary.Level.ToWire(),
        "release" => trace.Release,
        "version" => trace.Version,
        "metadata" => trace.Metadata,
        "input" => trace.Input,
        "output" => trace.Output,
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public double? Number(string column) => column switch
    {
        "latency" => RowValues.Seconds(trace.Summary.Latency),
        "inputTokens" => trace.Summary.InputTokens,
        "outputTokens" => trace.Summary.OutputTokens,
        "totalTokens" => trace.Summary.TotalTokens,
        "inputCost" => (double?)observations.Select(o => RowValues.Cost(o, "input")).SumOfKnown(),
        "outputCost" => (double?)observations.Select(o => RowValues.Cost(o, "output")).SumOfKnown(),
        "totalCost" => (double?)trace.Summary.CostUsd,
        "errorCount" => trace.Summary.Errors,
        "warningCount" => trace.Summary.Warnings,
        "defaultCount" => observations.Count(o => o.Level == ObservationLevel.Default),
        "debugCount" => observations.Count(o => o.Level == ObservationLevel.Debug),
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public DateTimeOffset? Time(string column) => column == "timestamp" ? trace.Timestamp : throw Unknown(column);

    /// <inheritdoc/>
    public bool Flag(string column) => column switch
    {
        "public" => trace.Public,
        "bookmarked" => trace.Bookmarked,
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string column) => column switch
    {
        "model" => trace.Summary.Models,
        "tags" => trace.Tags,
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public IEnumerable<ScoreRecord> Scores(string column) => scores;

    private static ArgumentException Unknown(string column) => RowValues.Unknown(FilterCatalog.Traces, column);
}

/// <summary>An observation with its trace and the scores on both.</summary>
public sealed class ObservationFilterRow(ObservationRecord observation, TraceRecord trace, IReadOnlyList<ScoreRecord> scores) : IFilterRow
{
    /// <inheritdoc/>
    public string? Text(string column) => column switch
    {
        "id" => observation.Id,
        "traceId" => observation.TraceId,
        "type" => observation.Type.ToWire(),
        "name" => observation.Name,
        "environment" => observation.Environment,
        "level" => observation.Level.ToWire(),
        "statusMessage" => observation.StatusMessage,
        "version" => observation.Version,
        "userId" => trace.UserId,
        "sessionId" => trace.SessionId,
        "traceName" => trace.Name,
        "release" => trace.Release,
        "parentObservationId" => observation.ParentObservationId,
        "model" => observation.Model,
        "promptName" => observation.PromptName,
        "metadata" => observation.Metadata,
        "input" => observation.Input,
        "output" => observation.Output,
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public double? Number(string column) => column switch
    {
        "latency" => RowValues.Seconds(observation.Latency),
        "timeToFirstToken" => RowValues.Seconds(observation.TimeToFirstToken),
        "tokensPerSecond" => RowValues.Seconds(observation.Latency) is > 0 and var seconds ? observation.OutputTokens / seconds : null,
        "inputTokens" => observation.InputTokens,
        "outputTokens" => observation.OutputTokens,
        "totalTokens" => observation.TotalTokens,
        "inputCost" => (double?)RowValues.Cost(observation, "input"),
        "outputCost" => (double?)RowValues.Cost(observation, "output"),
        "totalCost" => (double?)observation.Cost.TotalUsd,
        "promptVersion" => observation.PromptVersion,
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public DateTimeOffset? Time(string column) => column switch
    {
        "startTime" => observation.StartTime,
        "endTime" => observation.EndTime,
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public bool Flag(string column) => column switch
    {
        "isRootObservation" => observation.IsRoot,
        "hasParentObservation" => observation.ParentObservationId is not null,
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string column) => column == "traceTags" ? trace.Tags : throw Unknown(column);

    /// <inheritdoc/>
    public IEnumerable<ScoreRecord> Scores(string column) => column.StartsWith("trace_", StringComparison.Ordinal)
        ? scores
        : scores.Where(score => score.ObservationId == observation.Id);

    private static ArgumentException Unknown(string column) => RowValues.Unknown(FilterCatalog.Observations, column);
}

/// <summary>A score with its trace, if it has one.</summary>
public sealed class ScoreFilterRow(ScoreRecord score, TraceRecord? trace) : IFilterRow
{
    private static readonly string[] Types = ["NUMERIC", "CATEGORICAL", "BOOLEAN", "TEXT", "CORRECTION"];
    private static readonly string[] Sources = ["API", "ANNOTATION", "EVAL"];

    /// <inheritdoc/>
    public string? Text(string column) => column switch
    {
        "id" => score.Id,
        "name" => score.Name,
        "stringValue" => score.StringValue,
        "dataType" => Types[(int)score.DataType],
        "source" => Sources[(int)score.Source],
        "environment" => score.Environment,
        "traceId" => score.TraceId,
        "observationId" => score.ObservationId,
        "sessionId" => score.SessionId,
        "datasetRunId" => score.DatasetRunId,
        "configId" => score.ConfigId,
        "queueId" => score.QueueId,
        "authorUserId" => score.AuthorUserId,
        "comment" => score.Comment,
        "metadata" => score.Metadata,
        "userId" => trace?.UserId,
        "traceName" => trace?.Name,
        _ => throw Unknown(column),
    };

    /// <inheritdoc/>
    public double? Number(string column) => column == "value" ? score.Value : throw Unknown(column);

    /// <inheritdoc/>
    public DateTimeOffset? Time(string column) => column == "timestamp" ? score.Timestamp : throw Unknown(column);

    /// <inheritdoc/>
    public bool Flag(string column) => throw Unknown(column);

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string column) => column == "traceTags" ? trace?.Tags ?? [] : throw Unknown(column);

    /// <inheritdoc/>
    public IEnumerable<ScoreRecord> Scores(string column) => throw Unknown(column);

    private static ArgumentException Unknown(string column) => RowValues.Unknown(FilterCatalog.Scores, column);
}

/// <summary>What rows compute alike, as the columns of the read model hold it.</summary>
internal static class RowValues
{
    /// <summary>Whole milliseconds as seconds; a negative duration is a clock's mistake and no duration.</summary>
    public static double? Seconds(TimeSpan? span) =>
        span is { Ticks: >= 0 } value ? value.Ticks / TimeSpan.TicksPerMillisecond / 1000.0 : null;

    public static decimal? Cost(ObservationRecord observation, string part) => observation.Cost.Details
        .Where(entry => entry.Key.Contains(part, StringComparison.OrdinalIgnoreCase))
        .Select(entry => (decimal?)entry.CostUsd)
        .SumOfKnown();

    /// <summary>The sum of what is known; null when nothing is.</summary>
    public static decimal? SumOfKnown(this IEnumerable<decimal?> values)
    {
        decimal? sum = null;
        foreach (var value in values)
        {
            sum = value is null ? sum : (sum ?? 0) + value;
        }

        return sum;
    }

    public static ArgumentException Unknown(FilterCatalog catalog, string column) => new($"There is no {column} on {catalog.View}.", nameof(column));
}
