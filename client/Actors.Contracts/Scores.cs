using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>A score (the contract's first version).</summary>
public record ScoreBody
{
    /// <summary>The score's id.</summary>
    public required string Id { get; init; }

    /// <summary>The trace that is scored.</summary>
    public string? TraceId { get; init; }

    /// <summary>The observation that is scored.</summary>
    public string? ObservationId { get; init; }

    /// <summary>What is scored.</summary>
    public required string Name { get; init; }

    /// <summary><c>API</c>, <c>ANNOTATION</c> or <c>EVAL</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The time of its first event.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When its first event was received.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its newest event was received.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The person who gave it.</summary>
    public string? AuthorUserId { get; init; }

    /// <summary>Why.</summary>
    public string? Comment { get; init; }

    /// <summary>Any value, with its types.</summary>
    public RawJson Metadata { get; init; } = RawJson.EmptyObject;

    /// <summary>The config it follows.</summary>
    public string? ConfigId { get; init; }

    /// <summary>The queue it came from.</summary>
    public string? QueueId { get; init; }

    /// <summary>Its environment.</summary>
    public required string Environment { get; init; }

    /// <summary><c>NUMERIC</c>, <c>BOOLEAN</c>, <c>CATEGORICAL</c>, <c>TEXT</c> or <c>CORRECTION</c>.</summary>
    public required string DataType { get; init; }

    /// <summary>The number; 0 for labels and corrections; left out for texts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Value { get; init; }

    /// <summary>The label or text; <c>True</c> or <c>False</c> for booleans; left out for numbers.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StringValue { get; init; }
}
