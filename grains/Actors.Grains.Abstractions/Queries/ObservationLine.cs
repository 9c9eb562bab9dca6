using Actors.Tracing;

namespace Actors.Queries;

/// <summary>An observation with what its trace says, for lists that show both.</summary>
/// <param name="Observation">The observation.</param>
/// <param name="Trace">Its trace; null: the read model does not know it.</param>
[GenerateSerializer, Immutable, Alias("actors.ObservationLine")]
public sealed record ObservationLine([property: Id(0)] ObservationRecord Observation, [property: Id(1)] ObservationTrace? Trace);

/// <summary>What a trace says about its observations.</summary>
/// <param name="Name">Its name.</param>
/// <param name="UserId">Its user.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="Release">Its deployment.</param>
/// <param name="Tags">Its tags.</param>
[GenerateSerializer, Immutable, Alias("actors.ObservationTrace")]
public sealed record ObservationTrace(
    [property: Id(0)] string? Name,
    [property: Id(1)] string? UserId,
    [property: Id(2)] string? SessionId,
    [property: Id(3)] string? Release,
    [property: Id(4)] IReadOnlyList<string> Tags);
