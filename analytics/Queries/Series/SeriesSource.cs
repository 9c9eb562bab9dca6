using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>One of the tables that live series count: how its rows are found, and what they say of each dimension.</summary>
internal sealed class SeriesSource
{
    private readonly Dictionary<LiveDimension, Sql.Fragment> _values;

    private SeriesSource(string table, string row, string time, params (LiveDimension Dimension, string Value)[] values)
    {
        Table = new Sql.Fragment($"{table} AS {row}");
        Position = new Sql.Fragment($"{row}.stream_position");
        Time = new Sql.Fragment(time);
        _values = values.ToDictionary(v => v.Dimension, v => new Sql.Fragment(v.Value));
    }

    /// <summary>Observations, with their traces.</summary>
    public static SeriesSource Observations { get; } = new(
        "observations",
        "o",
        "o.counted_at",
        (LiveDimension.Model, "o.model"),
        (LiveDimension.TraceName, "t.name"),
        (LiveDimension.Environment, "o.environment"),
        (LiveDimension.Release, "t.release"),
        (LiveDimension.PromptVersion, "(o.prompt_name || '@' || o.prompt_version)"),
        (LiveDimension.Tool, $"CASE WHEN o.type = {(int)ObservationType.Tool} THEN o.name END"),
        (LiveDimension.Prompt, "o.prompt_name"),
        (LiveDimension.User, "t.user_id"),
        (LiveDimension.Session, "t.session_id"));

    /// <summary>Traces.</summary>
    public static SeriesSource Traces { get; } = new(
        "traces",
        "t",
        "t.timestamp",
        (LiveDimension.TraceName, "t.name"),
        (LiveDimension.Environment, "t.environment"),
        (LiveDimension.Release, "t.release"),
        (LiveDimension.User, "t.user_id"),
        (LiveDimension.Session, "t.session_id"));

    /// <summary>Scores, with their traces and the observations that they are on.</summary>
    public static SeriesSource Scores { get; } = new(
        "scores",
        "s",
        "s.timestamp",
        (LiveDimension.Model, "o.model"),
        (LiveDimension.TraceName, "t.name"),
        (LiveDimension.Environment, "s.environment"),
        (LiveDimension.Release, "t.release"),
        (LiveDimension.PromptVersion, "(o.prompt_name || '@' || o.prompt_version)"),
        (LiveDimension.Prompt, "o.prompt_name"),
        (LiveDimension.User, "t.user_id"),
        (LiveDimension.Session, "coalesce(t.session_id, s.session_id)"));

    /// <summary>The table alone, by the name that all expressions use.</summary>
    public Sql.Fragment Table { get; }

    /// <summary>The position of the stream of a row.</summary>
    public Sql.Fragment Position { get; }

    /// <summary>The time at which a row counts.</summary>
    public Sql.Fragment Time { get; }

    /// <summary>Whether its rows have a dimension.</summary>
    public bool Has(LiveDimension dimension) => _values.ContainsKey(dimension);

    /// <summary>The value of a dimension; the whole of it.</summary>
    public Sql.Fragment Value(LiveDimension dimension) => _values[dimension];

    /// <summary>Whether a dimension comes from the trace that a row belongs to.</summary>
    public bool IsOfTrace(LiveDimension dimension) =>
        this != Traces && dimension is LiveDimension.TraceName or LiveDimension.Release or LiveDimension.User or LiveDimension.Session;

    /// <summary>Whether a dimension comes from the observation that a row belongs to.</summary>
    public bool IsOfObservation(LiveDimension dimension) =>
        this == Scores && dimension is LiveDimension.Model or LiveDimension.Prompt or LiveDimension.PromptVersion;

    /// <summary>Whether its rows have a dimension themselves.</summary>
    public bool IsOwn(LiveDimension dimension) => Has(dimension) && !IsOfTrace(dimension) && !IsOfObservation(dimension);

    /// <summary>Writes conditions, each as <c>AND …</c>.</summary>
    public void WriteConditions(Sql sql, IEnumerable<LiveCondition> conditions)
    {
        foreach (var condition in conditions)
        {
            if (condition.Values.Count == 0 || !_values.TryGetValue(condition.Dimension, out var value))
            {
                sql.Append($"AND false");
            }
            else if (condition.Values is [var only])
            {
                sql.Append($"AND {value} = {only}");
            }
            else
            {
                sql.Append($"AND {value} IN (SELECT unnest({condition.Values}))");
            }
        }
    }
}
