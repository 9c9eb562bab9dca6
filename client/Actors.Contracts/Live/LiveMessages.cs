using System.Text.Json.Serialization;

namespace Actors.Contracts;

/// <summary>The version of the live messages. Fields and types of messages may be added to it; anything else raises it.</summary>
public static class LiveProtocol
{
    /// <summary>The version that is spoken.</summary>
    public const int Version = 1;
}

/// <summary>
/// What the server tells a subscriber: JSON with <c>type</c> first. The first message is whole, the others follow it. A type that
/// a client does not know is read as this type and left alone.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(LiveSnapshotMessage), "snapshot")]
[JsonDerivedType(typeof(LiveTickMessage), "tick")]
[JsonDerivedType(typeof(LiveTraceMessage), "trace")]
[JsonDerivedType(typeof(LiveTopMessage), "top")]
[JsonDerivedType(typeof(LiveEndMessage), "end")]
public record LiveMessage
{
    /// <summary>The version of what it tells. Rises within one subscription, until a snapshot begins anew.</summary>
    [JsonPropertyOrder(-3)]
    public long Version { get; init; }
}

/// <summary>What numbers and feeds of a subscription are about now.</summary>
public abstract record LiveNumbersMessage : LiveMessage
{
    /// <summary>When the numbers were made.</summary>
    [JsonPropertyOrder(-1)]
    public required DateTimeOffset At { get; init; }

    /// <summary>From the receipt of the oldest new event to the numbers that include it, in milliseconds; null: nothing came yet.</summary>
    [JsonPropertyOrder(-1)]
    public double? LagMs { get; init; }

    /// <summary>Whether the server has lost sight of the numbers and repeats the last ones it knew.</summary>
    [JsonPropertyOrder(-1)]
    public bool Stale { get; init; }

    /// <summary>The position of the event log that the numbers include.</summary>
    [JsonPropertyOrder(-1)]
    public long Position { get; init; }

    /// <summary>Traces in which something has begun and not ended, and that had news within the last minutes; at most 1,000 are counted.</summary>
    [JsonPropertyOrder(-1)]
    public int Running { get; init; }

    /// <summary>The first second in which anything counts, in Unix seconds; null: the window <c>all</c> was not asked for, is not known yet, or is empty.</summary>
    [JsonPropertyOrder(-1)]
    public long? FirstSecond { get; init; }

    /// <summary>The last such second.</summary>
    [JsonPropertyOrder(-1)]
    public long? LastSecond { get; init; }

    /// <summary>Traces seen so far; counts from anywhere, so that only the difference of two messages means anything.</summary>
    [JsonPropertyOrder(-1)]
    public long TracesSeen { get; init; }
}

/// <summary>Everything that was subscribed to. It replaces whatever the subscriber knew.</summary>
public sealed record LiveSnapshotMessage : LiveNumbersMessage
{
    /// <summary>The version of the messages, see <see cref="LiveProtocol"/>.</summary>
    [JsonPropertyOrder(-2)]
    public int Protocol { get; init; } = LiveProtocol.Version;

    /// <summary>The windows of the total and of the series that were asked for.</summary>
    public required IReadOnlyList<LiveWindowBody> Windows { get; init; }

    /// <summary>The seconds of the last five minutes that hold anything, of the total and of models; null: they were not asked for.</summary>
    public IReadOnlyList<LiveSeriesBody>? Series { get; init; }

    /// <summary>The latest traces, newest first; null: they were not asked for.</summary>
    public IReadOnlyList<LiveTraceBody>? Feed { get; init; }
}

/// <summary>What has changed since the message before. Lists that nothing has changed in are left out.</summary>
public sealed record LiveTickMessage : LiveNumbersMessage
{
    /// <summary>The version that it follows: that of the message before.</summary>
    [JsonPropertyOrder(-2)]
    public required long Since { get; init; }

    /// <summary>Windows that have changed, whole; each replaces the one of the same series and window.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LiveWindowBody>? Windows { get; init; }

    /// <summary>Windows that are empty now and no longer told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LiveWindowKeyBody>? Ended { get; init; }

    /// <summary>Seconds that have changed, whole. A subscriber forgets those that are older than five minutes by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LiveSeriesBody>? Series { get; init; }

    /// <summary>Traces that are new among the latest, or have changed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LiveTraceBody>? Feed { get; init; }

    /// <summary>Scores that are new, have changed or were deleted since the message before, oldest first; at most the latest 100.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LiveScoreBody>? Scores { get; init; }

    /// <summary>Ids of traces that are no longer among the latest: deleted, or pushed out by newer ones.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Left { get; init; }
}

/// <summary>One trace as it is now. Always whole.</summary>
public sealed record LiveTraceMessage : LiveMessage
{
    /// <summary>The trace that was asked for.</summary>
    public required string TraceId { get; init; }

    /// <summary>What it is; null: there is no such trace, or not yet, or no longer.</summary>
    public LiveTraceBody? Trace { get; init; }
}

/// <summary>The values of one dimension that stand out. Always whole.</summary>
public sealed record LiveTopMessage : LiveMessage
{
    /// <summary>When it was counted.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The highest first.</summary>
    public required IReadOnlyList<LiveTopValueBody> Top { get; init; }

    /// <summary>How many values there are in all.</summary>
    public required long Values { get; init; }

    /// <summary>What all others add up to.</summary>
    public required LiveTopValueBody Other { get; init; }
}

/// <summary>The last message of a stream that the server ends, or never begins.</summary>
/// <param name="Code"><c>invalid</c>: what was asked for is wrong, or more than the token opens. <c>full</c>: there is no room. <c>expired</c>: the token has
/// ended, or the key was revoked.</param>
/// <param name="Message">Why, for people.</param>
public sealed record LiveEndMessage(string Code, string Message) : LiveMessage;
