using Actors.Tracing;

namespace Actors.Live;

/// <summary>What scores are added up by.</summary>
/// <param name="Name">What was scored.</param>
/// <param name="Source">Who gave them.</param>
/// <param name="Category">The value of categorical scores; null for numeric and boolean ones.</param>
[GenerateSerializer, Immutable, Alias("actors.ScoreKind")]
public readonly record struct ScoreKind(
    [property: Id(0)] string Name, [property: Id(1)] ScoreSource Source = ScoreSource.Api, [property: Id(2)] string? Category = null);

/// <summary>What the scores of one kind add up to, in a form that adds and takes away.</summary>
/// <param name="Kind">Which scores.</param>
/// <param name="Count">How many.</param>
/// <param name="Sum">The sum of their values; 0 for categories.</param>
/// <param name="Values">The numeric ones among them by the index of <see cref="SignedSketchMapping.IndexOf"/>, rising.</param>
[GenerateSerializer, Immutable, Alias("actors.ScoreSums")]
public sealed record ScoreSums(
    [property: Id(0)] ScoreKind Kind, [property: Id(1)] long Count, [property: Id(2)] double Sum, [property: Id(3)] IReadOnlyList<SketchCount> Values);
