namespace Actors.Queries;

/// <summary>The values of one column of a list and how many rows have them.</summary>
/// <param name="Column">The column's name in the catalogue of the list.</param>
/// <param name="Values">The most usual first, at most 20.</param>
[GenerateSerializer, Immutable, Alias("actors.Facet")]
public sealed record Facet([property: Id(0)] string Column, [property: Id(1)] IReadOnlyList<FacetValue> Values);

/// <summary>One value of a facet.</summary>
/// <param name="Value">The value as it is filtered by; of scores, the name.</param>
/// <param name="Count">The number of rows.</param>
[GenerateSerializer, Immutable, Alias("actors.FacetValue")]
public readonly record struct FacetValue([property: Id(0)] string Value, [property: Id(1)] long Count);
