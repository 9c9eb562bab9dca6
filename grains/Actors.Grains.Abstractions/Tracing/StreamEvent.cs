namespace Actors.Tracing;

/// <summary>
/// One thing that a client said about a trace, an observation or a score. Immutable; times are UTC with millisecond
/// precision. In all events null means «not said», which never overwrites; a field that was said to be null is listed in
/// the event's <see cref="ClearedFields"/>.
/// </summary>
[GenerateSerializer, Alias("actors.StreamEvent")]
public abstract record StreamEvent
{
    /// <summary>The envelope id that the client chose: 1 to 800 characters. The same id means the same event.</summary>
    [Id(0)]
    public required string EventId { get; init; }

    /// <summary>The envelope timestamp, by which the events of one entity are ordered.</summary>
    [Id(1)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>
    /// The event's place in its request, or among those of one millisecond when the server made the envelope, from 0. A client
    /// that says two things within one millisecond means the later one.
    /// </summary>
    [Id(2)]
    public int Sequence { get; init; }
}

/// <summary>The fields for which an explicit null overwrites (langfuse-semantics §1).</summary>
[Flags]
public enum ClearedFields
{
    /// <summary>Nothing was cleared.</summary>
    None = 0,

    /// <summary>The name.</summary>
    Name = 1,

    /// <summary>The user.</summary>
    UserId = 2,

    /// <summary>The session.</summary>
    SessionId = 4,

    /// <summary>The release.</summary>
    Release = 8,

    /// <summary>The version of a trace.</summary>
    Version = 16,

    /// <summary>The level, back to DEFAULT.</summary>
    Level = 32,

    /// <summary>The model.</summary>
    Model = 64,
}
