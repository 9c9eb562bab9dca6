namespace Actors.Tracing;

/// <summary>The type of a score's value. The numbers are stored: never renumber.</summary>
public enum ScoreDataType
{
    /// <summary>A number.</summary>
    Numeric = 0,

    /// <summary>A label.</summary>
    Categorical = 1,

    /// <summary>0 or 1.</summary>
    Boolean = 2,

    /// <summary>Free text of 1 to 500 characters.</summary>
    Text = 3,

    /// <summary>A better output, written by a person.</summary>
    Correction = 4,
}

/// <summary>Who gave a score. The numbers are stored: never renumber.</summary>
public enum ScoreSource
{
    /// <summary>An application or its users, through the API.</summary>
    Api = 0,

    /// <summary>A person in the product.</summary>
    Annotation = 1,

    /// <summary>An evaluator.</summary>
    Eval = 2,
}

/// <summary>Creates or updates a score of the stream it is in (a trace, one of its observations, a session, a dataset run).</summary>
[GenerateSerializer, Immutable, Alias("actors.ScoreEvent")]
public sealed record ScoreEvent : StreamEvent
{
    /// <summary>The score's id, unique in its project; the same id updates.</summary>
    [Id(0)]
    public required string ScoreId { get; init; }

    /// <summary>What is scored, for example <c>helpfulness</c>. Not empty.</summary>
    [Id(1)]
    public required string Name { get; init; }

    /// <summary>The type of the value.</summary>
    [Id(2)]
    public required ScoreDataType DataType { get; init; }

    /// <summary>The value of a numeric or boolean (0 or 1) score; else null.</summary>
    [Id(3)]
    public double? Value { get; init; }

    /// <summary>The value of a categorical, text or correction score; else null.</summary>
    [Id(4)]
    public string? StringValue { get; init; }

    /// <summary>The observation that is scored; null: the trace, session or run as a whole.</summary>
    [Id(5)]
    public string? ObservationId { get; init; }

    /// <summary>Who gave the score.</summary>
    [Id(6)]
    public ScoreSource Source { get; init; }

    /// <summary>Why.</summary>
    [Id(7)]
    public string? Comment { get; init; }

    /// <summary>JSON text of any value, kept with its types.</summary>
    [Id(8)]
    public string? Metadata { get; init; }

    /// <summary>Already normalised: 1 to 40 characters of <c>a-z 0-9 - _</c>.</summary>
    [Id(9)]
    public string? Environment { get; init; }

    /// <summary>The score config that the score follows.</summary>
    [Id(10)]
    public string? ConfigId { get; init; }

    /// <summary>The annotation queue that the score came from.</summary>
    [Id(11)]
    public string? QueueId { get; init; }

    /// <summary>The person who gave the score.</summary>
    [Id(12)]
    public string? AuthorUserId { get; init; }

    /// <summary>The trace of the evaluator's own run.</summary>
    [Id(13)]
    public string? ExecutionTraceId { get; init; }
}

/// <summary>
/// Deletes a score of the stream it is in, with all that was said of it up to this event's place in the order of events. A
/// later <see cref="ScoreEvent"/> of the same id begins it anew.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.ScoreDeletedEvent")]
public sealed record ScoreDeletedEvent : StreamEvent
{
    /// <summary>The id of the score.</summary>
    [Id(0)]
    public required string ScoreId { get; init; }
}
