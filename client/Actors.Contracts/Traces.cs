using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>What lists, details and sessions say alike about a trace.</summary>
public abstract record TraceFields
{
    /// <summary>The trace's id.</summary>
    public required string Id { get; init; }

    /// <summary>Always null; kept for older clients.</summary>
    public string? ExternalId { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The application's user.</summary>
    public string? UserId { get; init; }

    /// <summary>An object, <c>{}</c> without metadata; left out when not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Metadata { get; init; }

    /// <summary>The deployment.</summary>
    public string? Release { get; init; }

    /// <summary>The version of the component.</summary>
    public string? Version { get; init; }

    /// <summary>Its project.</summary>
    public required string ProjectId { get; init; }

    /// <summary>Its environment.</summary>
    public required string Environment { get; init; }

    /// <summary>Whether anybody with the address may read it.</summary>
    public bool Public { get; init; }

    /// <summary>Whether a person marked it.</summary>
    public bool Bookmarked { get; init; }

    /// <summary>Sorted.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Any value; left out when not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Input { get; init; }

    /// <summary>Any value; left out when not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public RawJson Output { get; init; }

    /// <summary>The session.</summary>
    public string? SessionId { get; init; }

    /// <summary>When its first event was received.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its newest event was received.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A trace inside a session.</summary>
public sealed record SessionTraceBody : TraceFields;

/// <summary>A trace with the numbers of its observations.</summary>
public abstract record MeasuredTrace : TraceFields
{
    /// <summary>In US dollars; -1 when not asked for.</summary>
    public decimal TotalCost { get; init; }

    /// <summary>In seconds; -1 when not asked for.</summary>
    public double Latency { get; init; }

    /// <summary>The path of its page.</summary>
    public required string HtmlPath { get; init; }
}

/// <summary>A trace in a list: observations and scores by id.</summary>
public sealed record TraceBody : MeasuredTrace
{
    /// <summary>Ids; empty when not asked for.</summary>
    public required IReadOnlyList<string> Observations { get; init; }

    /// <summary>Ids; empty when not asked for.</summary>
    public required IReadOnlyList<string> Scores { get; init; }
}

/// <summary>One trace with all that belongs to it.</summary>
public sealed record TraceDetailBody : MeasuredTrace
{
    /// <summary>By start time; empty when not asked for.</summary>
    public required IReadOnlyList<ObservationBody> Observations { get; init; }

    /// <summary>By time; empty when not asked for.</summary>
    public required IReadOnlyList<ScoreBody> Scores { get; init; }
}
