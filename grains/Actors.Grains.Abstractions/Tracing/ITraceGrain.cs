using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace Actors.Tracing;

/// <summary>
/// The actor of one stream, mostly a trace: appends its events to the log, folds them, and tells the live side.
/// Key: <see cref="GrainKey.ForStream"/>. What is asked through a silo that dies gets no answer, so callers do not wait for long
/// and ask again.
/// </summary>
[Alias("actors.ITraceGrain"), Version(1)]
public interface ITraceGrain : IGrainWithStringKey
{
    /// <summary>Appends events and returns when they are durable and folded. Repeating a call is harmless: the same events fold to the same state.</summary>
    /// <exception cref="EventLogOverloadedException">Nothing was stored; try later.</exception>
    [Alias("AppendAsync"), ResponseTimeout("00:00:05")]
    Task<AppendAck> AppendAsync(StreamAppend append);

    /// <summary>
    /// Deletes all that the stream holds and returns when that is durable. What is appended later begins it anew. Repeating a
    /// call after an unknown outcome is harmless unless something was appended in between.
    /// </summary>
    /// <returns>False when there was nothing to delete.</returns>
    /// <exception cref="EventLogOverloadedException">Nothing was deleted; try later.</exception>
    [Alias("DeleteAsync"), ResponseTimeout("00:00:05")]
    Task<bool> DeleteAsync();

    /// <summary>
    /// Deletes one score of the stream and returns when that is durable. What was said of it before stays deleted when it is
    /// said again; something newer brings it back.
    /// </summary>
    /// <returns>False when the stream has no such score.</returns>
    /// <exception cref="EventLogOverloadedException">Nothing was deleted; try later.</exception>
    [Alias("DeleteScoreAsync"), ResponseTimeout("00:00:05")]
    Task<bool> DeleteScoreAsync(string scoreId);

    /// <summary>The stream as it is now, with all text; null when it does not exist. Sees every acknowledged append.</summary>
    [Alias("ReadAsync"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<StreamDocument?> ReadAsync();

    /// <summary>
    /// Tells <paramref name="observer"/> whenever the stream has a new version, until 90 seconds after the last call; call
    /// again every 30 seconds.
    /// </summary>
    /// <returns>The version now; a caller that knows a lower one has missed something and reads again.</returns>
    [Alias("SubscribeAsync"), AlwaysInterleave]
    Task<long> SubscribeAsync(ITraceObserver observer);

    /// <summary>Stops telling <paramref name="observer"/>.</summary>
    [Alias("UnsubscribeAsync"), AlwaysInterleave]
    Task UnsubscribeAsync(ITraceObserver observer);
}

/// <summary>Is told when a stream grows.</summary>
[Alias("actors.ITraceObserver")]
public interface ITraceObserver : IGrainObserver
{
    /// <summary>The stream has reached <paramref name="version"/>. Calls may be lost or come out of order.</summary>
    [Alias("OnChangedAsync"), OneWay]
    Task OnChangedAsync(long version);
}

/// <summary>Events to append to one stream.</summary>
/// <param name="Events">Not empty; in the order of arrival.</param>
/// <param name="ReceivedAt">When the server received them.</param>
[GenerateSerializer, Immutable, Alias("actors.StreamAppend")]
public sealed record StreamAppend(
    [property: Id(0)] IReadOnlyList<StreamEvent> Events,
    [property: Id(1)] DateTimeOffset ReceivedAt);

/// <summary>The events are durable.</summary>
/// <param name="Version">The version of the row that holds them.</param>
/// <param name="Position">Its position; a read model at or past it shows them.</param>
[GenerateSerializer, Immutable, Alias("actors.AppendAck")]
public readonly record struct AppendAck([property: Id(0)] long Version, [property: Id(1)] long Position);

/// <summary>A whole stream, with text.</summary>
/// <param name="Version">The newest version folded in.</param>
/// <param name="Trace">Null when the stream has only scores.</param>
/// <param name="Observations">By start time, then id.</param>
/// <param name="Scores">By timestamp, then id.</param>
[GenerateSerializer, Immutable, Alias("actors.StreamDocument")]
public sealed record StreamDocument(
    [property: Id(0)] long Version,
    [property: Id(1)] TraceRecord? Trace,
    [property: Id(2)] IReadOnlyList<ObservationRecord> Observations,
    [property: Id(3)] IReadOnlyList<ScoreRecord> Scores);
