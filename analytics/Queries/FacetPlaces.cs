using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>Where the values of a facet are.</summary>
/// <param name="Column">The column's name in the catalogue.</param>
/// <param name="Value">The expression of its value over a row; a list has several.</param>
internal sealed record FacetPlace(string Column, string Value)
{
    /// <summary>Whether a row has several values.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether the value is the trace's, called <c>tr</c>, and not the row's own.</summary>
    public bool OfTrace { get; init; }

    /// <summary>Whether the values are the names of scores.</summary>
    public bool IsScores { get; init; }

    /// <summary>The text of a value that is kept as a number.</summary>
    public Func<int, string>? Name { get; init; }
}

/// <summary>The columns of lists whose values can be counted.</summary>
internal static class FacetPlaces
{
    /// <summary>Scores with a number, as the column of averages knows them.</summary>
    private static readonly FacetPlace Scores = new("scores_avg", "") { IsScores = true };

    /// <summary>Of traces, called <c>t</c>.</summary>
    public static IReadOnlyList<FacetPlace> Traces { get; } =
    [
        new("environment", "t.environment"),
        new("level", "t.level") { Name = Level },
        new("name", "t.name"),
        new("model", "t.models") { IsList = true },
        new("tags", "t.tags") { IsList = true },
        new("userId", "t.user_id"),
        new("sessionId", "t.session_id"),
        new("release", "t.release"),
        new("version", "t.version"),
        Scores,
    ];

    /// <summary>Of observations, called <c>o</c>.</summary>
    public static IReadOnlyList<FacetPlace> Observations { get; } =
    [
        new("type", "o.type") { Name = static code => ((ObservationType)code).ToWire() },
        new("level", "o.level") { Name = Level },
        new("name", "o.name"),
        new("environment", "o.environment"),
        new("model", "o.model"),
        new("promptName", "o.prompt_name"),
        new("version", "o.version"),
        new("traceName", "tr.name") { OfTrace = true },
        new("userId", "tr.user_id") { OfTrace = true },
        new("sessionId", "tr.session_id") { OfTrace = true },
        new("release", "tr.release") { OfTrace = true },
        new("traceTags", "tr.tags") { OfTrace = true, IsList = true },
        Scores,
    ];

    /// <summary>The places of some columns.</summary>
    /// <exception cref="ArgumentException">One of them cannot be counted.</exception>
    public static IReadOnlyList<FacetPlace> Find(this IReadOnlyList<FacetPlace> places, IReadOnlyList<string> columns) =>
    [
        .. columns.Distinct().Select(column =>
            places.FirstOrDefault(place => place.Column == column) ?? throw new ArgumentException($"The values of {column} are not counted.", nameof(columns))),
    ];

    private static string Level(int code) => ((ObservationLevel)code).ToWire();
}
