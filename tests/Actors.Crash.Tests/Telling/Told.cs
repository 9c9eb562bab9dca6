namespace Actors.Crash;

/// <summary>All that is known to be stored of one trace, or of the scores of one session.</summary>
/// <param name="Id">The trace's or the session's id.</param>
/// <param name="Trace">Null: it is no trace, nobody has told of it yet, or it was deleted.</param>
/// <param name="Observations">Its observations.</param>
/// <param name="Scores">Its scores, which may come before it.</param>
internal sealed record Told(string Id, ToldTrace? Trace, IReadOnlyList<ToldObservation> Observations, IReadOnlyList<ToldScore> Scores)
{
    /// <summary>Nothing at all.</summary>
    public static Told Nothing(string id) => new(id, null, [], []);

    /// <summary>The sum of what is known of its observations.</summary>
    public decimal Cost => Observations.Sum(o => o.Cost);
}

internal sealed record ToldTrace(
    DateTimeOffset Start, string? Name, string Environment, string? User, string? Session, string? Release, string? Output);

internal sealed record ToldObservation(string Id, string Type, string? Name, DateTimeOffset Start, string Environment)
{
    public DateTimeOffset? End { get; init; }

    public DateTimeOffset? FirstToken { get; init; }

    public string Level { get; init; } = "DEFAULT";

    public string? Model { get; init; }

    public string? Prompt { get; init; }

    public int? PromptVersion { get; init; }

    public string? Output { get; init; }

    public int Input { get; init; }

    public int OutputTokens { get; init; }

    public decimal InputCost { get; init; }

    public decimal OutputCost { get; init; }

    public decimal Cost => InputCost + OutputCost;

    public bool CallsModel => Type == "GENERATION";
}

/// <param name="Id">Its id.</param>
/// <param name="At">When it was given.</param>
/// <param name="Name">What is judged.</param>
/// <param name="DataType">NUMERIC, BOOLEAN or CATEGORICAL.</param>
/// <param name="Environment">Its environment.</param>
/// <param name="Observation">The observation that it is on; null: the trace or the session as a whole.</param>
/// <param name="Session">The session that it is on; null: a trace.</param>
/// <param name="Number">0 or 1 when it is boolean; 0 when it is a category.</param>
/// <param name="Category">The category.</param>
internal sealed record ToldScore(
    string Id, DateTimeOffset At, string Name, string DataType, string Environment, string? Observation, string? Session, double Number, string? Category);
