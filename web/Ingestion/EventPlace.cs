namespace Actors.Web.Ingestion;

/// <summary>What orders an event among the others of its entity.</summary>
/// <param name="EventId">The id of the envelope.</param>
/// <param name="Timestamp">The timestamp of the envelope.</param>
/// <param name="Sequence">Its place among the events of the request, or of the millisecond when the server makes the envelope.</param>
internal readonly record struct EventPlace(string EventId, DateTimeOffset Timestamp, int Sequence);
