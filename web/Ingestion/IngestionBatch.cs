using System.Collections.Immutable;
using Actors.Contracts;
using Actors.Tracing;

namespace Actors.Web.Ingestion;

/// <summary>What an API key may do with the ingestion endpoint.</summary>
public enum IngestionAccess
{
    /// <summary>Send every event type.</summary>
    All,

    /// <summary>Send scores only; other events get a 401 of their own.</summary>
    ScoresOnly,
}

/// <summary>A parsed request: what to append to which stream, and what was refused.</summary>
/// <param name="Streams">The events by stream, in the order of arrival.</param>
/// <param name="Errors">The events that were refused.</param>
/// <param name="Rejection">Why the whole request is refused; null: it is not.</param>
public sealed record IngestionBatch(
    IReadOnlyList<StreamBatch> Streams, IReadOnlyList<IngestionError> Errors, InvalidBatch? Rejection)
{
    /// <summary>The event ids of the scores with a config whose type follows from their value alone.</summary>
    public IReadOnlySet<string> TypesGuessed { get; init; } = ImmutableHashSet<string>.Empty;
}

/// <summary>The events of one request for one stream.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Events">In the order of arrival; not empty.</param>
public sealed record StreamBatch(StreamId Stream, IReadOnlyList<StreamEvent> Events);
