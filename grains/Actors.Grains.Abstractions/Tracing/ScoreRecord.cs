namespace Actors.Tracing;

/// <summary>A score as its events fold. Exactly one of trace, session and run is set.</summary>
[GenerateSerializer, Immutable, Alias("actors.ScoreRecord")]
public sealed record ScoreRecord
{
    /// <summary>The score's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The trace that is scored; null for scores of sessions and runs.</summary>
    [Id(1)]
    public string? TraceId { get; init; }

    /// <summary>The observation that is scored.</summary>
    [Id(2)]
    public string? ObservationId { get; init; }

    /// <summary>The session that is scored.</summary>
    [Id(3)]
    public string? SessionId { get; init; }

    /// <summary>The dataset run that is scored.</summary>
    [Id(4)]
    public string? DatasetRunId { get; init; }

    /// <summary>What is scored.</summary>
    [Id(5)]
    public required string Name { get; init; }

    /// <summary>The type of the value.</summary>
    [Id(6)]
    public required ScoreDataType DataType { get; init; }

    /// <summary>The value of numeric and boolean (0 or 1) scores.</summary>
    [Id(7)]
    public double? Value { get; init; }

    /// <summary>The value of categorical, text and correction scores.</summary>
    [Id(8)]
    public string? StringValue { get; init; }

    /// <summary>Who gave it.</summary>
    [Id(9)]
    public ScoreSource Source { get; init; }

    /// <summary>Why.</summary>
    [Id(10)]
    public string? Comment { get; init; }

    /// <summary>JSON text; null: none.</summary>
    [Id(11)]
    public string? Metadata { get; init; }

    /// <summary>The environment; <c>default</c> when nobody said one.</summary>
    [Id(12)]
    public required string Environment { get; init; }

    /// <summary>The score config it follows.</summary>
    [Id(13)]
    public string? ConfigId { get; init; }

    /// <summary>The annotation queue it came from.</summary>
    [Id(14)]
    public string? QueueId { get; init; }

    /// <summary>The person who gave it.</summary>
    [Id(15)]
    public string? AuthorUserId { get; init; }

    /// <summary>The timestamp of its first event.</summary>
    [Id(16)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When the first row that names it was received.</summary>
    [Id(17)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the newest row that names it was received.</summary>
    [Id(18)]
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The trace of the evaluator's own run.</summary>
    [Id(19)]
    public string? ExecutionTraceId { get; init; }
}
