namespace Actors.Live;

/// <summary>Asks which values of a dimension stand out in a time.</summary>
[GenerateSerializer, Immutable, Alias("actors.LiveTopQuery")]
public sealed record LiveTopQuery
{
    /// <summary>Of what; any but the total.</summary>
    [Id(0)]
    public required LiveDimension Dimension { get; init; }

    /// <summary>The time, at most 31 days or all of it.</summary>
    [Id(1)]
    public required LiveRange Range { get; init; }

    /// <summary>By what.</summary>
    [Id(2)]
    public LiveTopOrder OrderBy { get; init; }

    /// <summary>What is counted.</summary>
    [Id(3)]
    public LiveFilter Filter { get; init; } = LiveFilter.Everything;

    /// <summary>How many, 1 to 100.</summary>
    [Id(4)]
    public int Limit { get; init; } = 10;
}

/// <summary>What makes a value stand out.</summary>
public enum LiveTopOrder
{
    /// <summary>Known cost.</summary>
    Cost,

    /// <summary>Observations.</summary>
    Count,

    /// <summary>Observations of level ERROR.</summary>
    Errors,
}

/// <summary>The values that stand out.</summary>
/// <param name="Watermark">The position of the log that it includes.</param>
/// <param name="Top">The highest first, then by value.</param>
/// <param name="Values">How many values there are in all.</param>
/// <param name="Other">What those that are not in <paramref name="Top"/> add up to; its value is <see cref="LiveSeriesKey.Other"/>.</param>
[GenerateSerializer, Immutable, Alias("actors.LiveTop")]
public sealed record LiveTop(
    [property: Id(0)] long Watermark, [property: Id(1)] IReadOnlyList<TopValue> Top, [property: Id(2)] long Values, [property: Id(3)] TopValue Other);

/// <summary>A value and what it adds up to.</summary>
/// <param name="Value">For example the user's id.</param>
/// <param name="Traces">Traces that began.</param>
/// <param name="Observations">Observations.</param>
/// <param name="Errors">Observations of level ERROR.</param>
/// <param name="TotalTokens">The totals of their units.</param>
/// <param name="CostUsd">Their known costs in US dollars.</param>
[GenerateSerializer, Immutable, Alias("actors.TopValue")]
public readonly record struct TopValue(
    [property: Id(0)] string Value,
    [property: Id(1)] long Traces,
    [property: Id(2)] long Observations,
    [property: Id(3)] long Errors,
    [property: Id(4)] long TotalTokens,
    [property: Id(5)] decimal CostUsd);
