using Actors.Tracing;

namespace Actors.Queries;

/// <summary>The turns of one session: its traces in the order in which they began.</summary>
[GenerateSerializer, Immutable, Alias("actors.SessionTurnsQuery")]
public sealed record SessionTurnsQuery
{
    /// <summary>The largest page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The session.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>Skips this many turns.</summary>
    [Id(1)]
    public int Offset { get; init; }

    /// <summary>1 to <see cref="MaxLimit"/>.</summary>
    [Id(2)]
    public int Limit { get; init; } = MaxLimit;

    /// <summary>How many characters of each text are wanted; null: all, 0: none.</summary>
    [Id(3)]
    public int? TextLimit { get; init; }

    /// <summary>Only turns that have rows above this position: «changed since».</summary>
    [Id(4)]
    public long? ChangedAfter { get; init; }

    /// <summary>
    /// Shows what went in and out of the last observation of this name, instead of the trace's own; a turn without one has
    /// neither. Null: the trace's own.
    /// </summary>
    [Id(5)]
    public string? Show { get; init; }
}

/// <summary>Turns of a session.</summary>
/// <param name="Turns">The page, of as many as the session has.</param>
/// <param name="Scores">The scores of these turns and of the session, by time.</param>
/// <param name="HandOvers">By trace, what in these turns gave the conversation to somebody else: the name of a tool or an observation.</param>
/// <param name="Names">The names of observations that can be shown, with the number of turns that have one, most first; at most 50.</param>
[GenerateSerializer, Immutable, Alias("actors.SessionTurns")]
public sealed record SessionTurns(
    [property: Id(0)] Page<TraceRecord> Turns,
    [property: Id(1)] IReadOnlyList<ScoreRecord> Scores,
    [property: Id(2)] IReadOnlyDictionary<string, string> HandOvers,
    [property: Id(3)] IReadOnlyList<FacetValue> Names) : IReadModelAnswer
{
    /// <inheritdoc/>
    public long Watermark => Turns.Watermark;

    /// <inheritdoc/>
    public long Head => Turns.Head;
}
