namespace Actors.Contracts;

/// <summary>A trace in a live feed.</summary>
public sealed record LiveTraceBody
{
    /// <summary>The trace.</summary>
    public required string Id { get; init; }

    /// <summary>Its version; a higher one replaces a lower one.</summary>
    public required long Version { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When its newest events were received.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Null: nobody named it.</summary>
    public string? Name { get; init; }

    /// <summary>Its user; null: none was said.</summary>
    public string? UserId { get; init; }

    /// <summary>Its session; null: none was said.</summary>
    public string? SessionId { get; init; }

    /// <summary>Its environment.</summary>
    public required string Environment { get; init; }

    /// <summary>The beginning of its input, at most 120 characters; null: none, or not told here.</summary>
    public string? Preview { get; init; }

    /// <summary>How many observations it has.</summary>
    public required int Observations { get; init; }

    /// <summary>Observations that have begun and not ended.</summary>
    public required int Running { get; init; }

    /// <summary>Observations of level ERROR.</summary>
    public required int Errors { get; init; }

    /// <summary>Observations of level WARNING.</summary>
    public required int Warnings { get; init; }

    /// <summary>From the earliest start to the latest end of its observations, in milliseconds; null without observations.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Input tokens.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Output tokens.</summary>
    public required long OutputTokens { get; init; }

    /// <summary>All tokens.</summary>
    public required long TotalTokens { get; init; }

    /// <summary>Known costs, in US dollars; null: none is known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The models that were called, sorted, at most 20.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>How many scores it and its observations have.</summary>
    public required int Scores { get; init; }
}

/// <summary>A score as it was given, changed or deleted.</summary>
public sealed record LiveScoreBody
{
    /// <summary>The score.</summary>
    public required string Id { get; init; }

    /// <summary>The trace that it is on; null: a session or a run.</summary>
    public string? TraceId { get; init; }

    /// <summary>The observation that it is on; null: none.</summary>
    public string? ObservationId { get; init; }

    /// <summary>The session that it is on; null: none.</summary>
    public string? SessionId { get; init; }

    /// <summary>What is scored.</summary>
    public required string Name { get; init; }

    /// <summary>The number; 1 and 0 for true and false; null for categories.</summary>
    public double? Value { get; init; }

    /// <summary>The category; null for numbers.</summary>
    public string? Category { get; init; }

    /// <summary><c>API</c>, <c>ANNOTATION</c> or <c>EVAL</c>.</summary>
    public required string Source { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Whether it was deleted; then only the ids mean anything.</summary>
    public required bool Deleted { get; init; }
}
