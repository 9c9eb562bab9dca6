namespace Actors.Tracing;

/// <summary>Says something about the trace itself (<c>trace-create</c>, or the trace attributes of an OpenTelemetry span).</summary>
[GenerateSerializer, Immutable, Alias("actors.TraceEvent")]
public sealed record TraceEvent : StreamEvent
{
    /// <summary>When the trace began. Null: the start of its earliest observation stands in.</summary>
    [Id(0)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>At most 1,000 characters.</summary>
    [Id(1)]
    public string? Name { get; init; }

    /// <summary>The application's own user id.</summary>
    [Id(2)]
    public string? UserId { get; init; }

    /// <summary>The session that the trace belongs to.</summary>
    [Id(3)]
    public string? SessionId { get; init; }

    /// <summary>The deployment that produced the trace.</summary>
    [Id(4)]
    public string? Release { get; init; }

    /// <summary>The version of the component that produced the trace.</summary>
    [Id(5)]
    public string? Version { get; init; }

    /// <summary>Already normalised: 1 to 40 characters of <c>a-z 0-9 - _</c>.</summary>
    [Id(6)]
    public string? Environment { get; init; }

    /// <summary>Whether the trace may be read by anybody who knows its address.</summary>
    [Id(7)]
    public bool? Public { get; init; }

    /// <summary>Tags to add. Empty: none.</summary>
    [Id(8)]
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>JSON text of an object, deep-merged into what is there.</summary>
    [Id(9)]
    public string? Metadata { get; init; }

    /// <summary>JSON text of any value.</summary>
    [Id(10)]
    public string? Input { get; init; }

    /// <summary>JSON text of any value.</summary>
    [Id(11)]
    public string? Output { get; init; }

    /// <summary>The fields that were said to be null.</summary>
    [Id(12)]
    public ClearedFields Cleared { get; init; }

    /// <summary>Whether a person marked the trace to find it again. Clients never say this.</summary>
    [Id(13)]
    public bool? Bookmarked { get; init; }

    /// <summary>Tags that a person took away, before <see cref="Tags"/> are added. Clients never say this. Empty: none.</summary>
    [Id(14)]
    public IReadOnlyList<string> RemovedTags { get; init; } = [];
}
