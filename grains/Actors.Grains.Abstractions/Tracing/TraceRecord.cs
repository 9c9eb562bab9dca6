namespace Actors.Tracing;

/// <summary>A trace as its events fold: its own fields and the summary of its observations.</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceRecord")]
public sealed record TraceRecord
{
    /// <summary>The trace's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>When it began: as said, else the start of its earliest observation.</summary>
    [Id(1)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Null: nobody named it.</summary>
    [Id(2)]
    public string? Name { get; init; }

    /// <summary>The application's own user id.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>The session it belongs to.</summary>
    [Id(4)]
    public string? SessionId { get; init; }

    /// <summary>The deployment.</summary>
    [Id(5)]
    public string? Release { get; init; }

    /// <summary>The version of the component.</summary>
    [Id(6)]
    public string? Version { get; init; }

    /// <summary>The environment; <c>default</c> when nobody said one.</summary>
    [Id(7)]
    public required string Environment { get; init; }

    /// <summary>Whether anybody with the address may read it.</summary>
    [Id(8)]
    public bool Public { get; init; }

    /// <summary>Sorted, without repetition.</summary>
    [Id(9)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>JSON text of an object; null: none, or read without text.</summary>
    [Id(10)]
    public string? Metadata { get; init; }

    /// <summary>JSON text; null: none, or read without text.</summary>
    [Id(11)]
    public string? Input { get; init; }

    /// <summary>JSON text; null: none, or read without text.</summary>
    [Id(12)]
    public string? Output { get; init; }

    /// <summary>When the first row was received.</summary>
    [Id(13)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the newest row was received.</summary>
    [Id(14)]
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>What its observations add up to.</summary>
    [Id(15)]
    public required TraceSummary Summary { get; init; }

    /// <summary>Whether a person marked it.</summary>
    [Id(16)]
    public bool Bookmarked { get; init; }
}

/// <summary>What the observations of a trace add up to.</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceSummary")]
public sealed record TraceSummary
{
    /// <summary>A trace without observations.</summary>
    public static TraceSummary Empty { get; } = new();

    /// <summary>The number of observations.</summary>
    [Id(0)]
    public int Observations { get; init; }

    /// <summary>Observations that have begun and not ended; events never count.</summary>
    [Id(1)]
    public int Running { get; init; }

    /// <summary>Observations of level ERROR.</summary>
    [Id(2)]
    public int Errors { get; init; }

    /// <summary>Observations of level WARNING.</summary>
    [Id(3)]
    public int Warnings { get; init; }

    /// <summary>The highest level of its observations; DEFAULT without any.</summary>
    [Id(4)]
    public ObservationLevel Level { get; init; } = ObservationLevel.Default;

    /// <summary>The latest end minus the earliest start over its observations; null without observations.</summary>
    [Id(5)]
    public TimeSpan? Latency { get; init; }

    /// <summary>Units of usage whose key contains «input».</summary>
    [Id(6)]
    public long InputTokens { get; init; }

    /// <summary>Units of usage whose key contains «output».</summary>
    [Id(7)]
    public long OutputTokens { get; init; }

    /// <summary>The sum of the observations' totals.</summary>
    [Id(8)]
    public long TotalTokens { get; init; }

    /// <summary>The sum of the costs that are known, in US dollars; null: none is known.</summary>
    [Id(9)]
    public decimal? CostUsd { get; init; }

    /// <summary>The models called, sorted; at most 20.</summary>
    [Id(10)]
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>The number of scores on the trace and its observations.</summary>
    [Id(11)]
    public int Scores { get; init; }
}
