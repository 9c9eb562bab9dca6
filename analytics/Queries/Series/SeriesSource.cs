using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>One of the tables that live series count: how its rows are found, and what they say of each dimension.</summary>
internal sealed class SeriesSource
{
    private readonly string _table;
    private readonly Sql.Fragment _time;
    private readonly Dictionary<LiveDimension, Sql.Fragment> _values;

    private SeriesSource(string table, string time, params (LiveDimension Dimension, string Value)[] values)
    {
        _table = table;
        _time = new Sql.Fragment(time);
        _values = values.ToDictionary(v => v.Dimension, v => new Sql.Fragment(v.Value));
        Groups = new SeriesGroups([.. LiveSeriesKey.Dimensions.Where(_values.ContainsKey)]);
    }

    /// <summary>Observations, with their traces.</summary>
    public static SeriesSource Observations { get; } = new(
        "observations AS o",
        "o.counted_at",
        (LiveDimension.Model, "o.model"),
        (LiveDimension.TraceName, "t.name"),
        (LiveDimension.Environment, "o.environment"),
        (LiveDimension.Release, "t.release"),
        (LiveDimension.PromptVersion, "o.prompt_name || '@' || o.prompt_version"),
        (LiveDimension.Tool, $"CASE WHEN o.type = {(int)ObservationType.Tool} THEN o.name END"),
        (LiveDimension.Prompt, "o.prompt_name"),
        (LiveDimension.User, "t.user_id"),
        (LiveDimension.Session, "t.session_id"));

    /// <summary>Traces.</summary>
    public static SeriesSource Traces { get; } = new(
        "traces AS t",
        "t.timestamp",
        (LiveDimension.TraceName, "t.name"),
        (LiveDimension.Environment, "t.environment"),
        (LiveDimension.Release, "t.release"),
        (LiveDimension.User, "t.user_id"),
        (LiveDimension.Session, "t.session_id"));

    /// <summary>Scores, with their traces and the observations that they are on.</summary>
    public static SeriesSource Scores { get; } = new(
        "scores AS s",
        "s.timestamp",
        (LiveDimension.Model, "o.model"),
        (LiveDimension.TraceName, "t.name"),
        (LiveDimension.Environment, "s.environment"),
        (LiveDimension.Release, "t.release"),
        (LiveDimension.PromptVersion, "o.prompt_name || '@' || o.prompt_version"),
        (LiveDimension.Prompt, "o.prompt_name"),
        (LiveDimension.User, "t.user_id"),
        (LiveDimension.Session, "coalesce(t.session_id, s.session_id)"));

    /// <summary>The dimensions that its rows have and that have series.</summary>
    public SeriesGroups Groups { get; }

    /// <summary>The time at which a row counts.</summary>
    public Sql.Fragment Time => _time;

    /// <summary>The table alone, by the name that all expressions use.</summary>
    public Sql.Fragment Table => new(_table);

    /// <summary>Whether its rows have a dimension.</summary>
    public bool Has(LiveDimension dimension) => _values.ContainsKey(dimension);

    /// <summary>The value of a dimension, cut as the values of series are.</summary>
    public Sql.Fragment Cut(LiveDimension dimension) => CutOf(_values[dimension].Text);

    /// <summary>The cut values of the dimensions that have series, as <c>d1</c> for the first dimension and so on.</summary>
    public Sql.Fragment Values => new(string.Join(", ", Groups.Dimensions.Select(d => $"{Cut(d).Text} AS d{(int)d}")));

    /// <summary>Writes the rows of some times that a filter counts.</summary>
    /// <param name="sql">What is written to.</param>
    /// <param name="filter">What is counted.</param>
    /// <param name="times">When.</param>
    /// <param name="positions">Where the streams of these rows lie: without, joining would read the whole of the other tables.</param>
    public void WriteRows(Sql sql, LiveFilter filter, SeriesTimes times, PositionRange positions)
    {
        sql.Append($"FROM {Table}");
        if (this != Traces)
        {
            var row = new Sql.Fragment(this == Scores ? "s" : "o");
            sql.Append($"""
                LEFT JOIN (
                    SELECT stream_position, name, user_id, session_id, release FROM traces
                    WHERE stream_position BETWEEN {positions.First} AND {positions.Last}
                ) AS t ON t.stream_position = {row}.stream_position
                """);
        }

        if (this == Scores)
        {
            sql.Append($"""
                LEFT JOIN (
                    SELECT stream_position, id, model, prompt_name, prompt_version FROM observations
                    WHERE stream_position BETWEEN {positions.First} AND {positions.Last}
                ) AS o ON o.stream_position = s.stream_position AND o.id = s.observation_id
                """);
        }

        sql.Append($"WHERE");
        times.WriteCondition(sql, Time);
        WriteConditions(sql, filter.Conditions);
        if (this == Scores)
        {
            sql.Append($"""
                AND (s.data_type IN ({(int)ScoreDataType.Numeric}, {(int)ScoreDataType.Boolean}) AND s.value IS NOT NULL
                    OR s.data_type = {(int)ScoreDataType.Categorical} AND s.string_value IS NOT NULL)
                """);
        }
    }

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

    // Whoever sent longer ones has one series of all that begin alike. UTF-16 units are counted, as the live side does: a
    // character beyond the first plane is two of them, an escaped one (see StoredText) one.
    private static Sql.Fragment CutOf(string value) => new($$"""
        CASE WHEN strlen({{value}}) > {{LiveSeriesKey.MaxValueLength}} THEN array_to_string(flatten(list_transform(
            regexp_extract_all(left({{value}}, {{2 * LiveSeriesKey.MaxValueLength}}), '(?s)\x{FDD0}.|.'),
            part -> CASE WHEN strlen(part) = 4 THEN ['', part] ELSE [part] END))[1:{{LiveSeriesKey.MaxValueLength}}], '')
        ELSE {{value}} END
        """);
}
