using System.Data.Common;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>The rows of one table that a question is about.</summary>
/// <param name="Source">The table.</param>
/// <param name="Filter">Which of its rows.</param>
/// <param name="Dimensions">The dimensions that are wanted of them.</param>
internal sealed record SeriesRows(SeriesSource Source, LiveFilter Filter, IReadOnlyList<LiveDimension> Dimensions)
{
    /// <summary>The first and the last of their streams: without, joining would open nearly all of the other tables.</summary>
    public PositionRange Positions { get; init; }

    /// <summary>Where alone streams lie that the filter counts, as far as that is known; null: anywhere.</summary>
    public PositionRange? Bounds { get; init; }

    /// <summary>Whether values may have to be cut.</summary>
    public bool HasLong { get; init; }

    /// <summary>Whether the table has all that the filter asks for.</summary>
    public bool CanMatch => Filter.Conditions.All(c => Source.Has(c.Dimension));

    /// <summary>Whether other tables are joined, so that <see cref="Positions"/> are wanted.</summary>
    public bool HasJoins => HasTraces || HasObservations;

    private bool HasTraces => Needed.Any(Source.IsOfTrace);

    private bool HasObservations => Needed.Any(Source.IsOfObservation);

    private IEnumerable<LiveDimension> Needed => Filter.Conditions.Select(c => c.Dimension).Concat(Dimensions);

    /// <summary>Writes from <c>FROM</c> to the last condition.</summary>
    /// <param name="sql">What is written to.</param>
    /// <param name="writeTime">Writes the condition of the time.</param>
    /// <param name="places">Gives traces their part of the number of the series, as <c>t.series</c>; null: it is not wanted.</param>
    public void Write(Sql sql, Action<Sql, Sql.Fragment> writeTime, SeriesPlaces? places = null)
    {
        sql.Append($"FROM {Source.Table}");
        if (HasTraces)
        {
            WriteTraces(sql, places);
        }

        if (HasObservations)
        {
            sql.Append($"""
                LEFT JOIN (
                    SELECT stream_position, id, model, prompt_name, prompt_version FROM observations
                    WHERE stream_position BETWEEN {Positions.First} AND {Positions.Last}
                ) AS o ON o.stream_position = s.stream_position AND o.id = s.observation_id
                """);
        }

        WriteTable(sql, writeTime);
        Source.WriteConditions(sql, Filter.Conditions.Where(c => !Source.IsOwn(c.Dimension)));
        if (Source == SeriesSource.Scores)
        {
            sql.Append($"""
                AND (s.data_type IN ({(int)ScoreDataType.Numeric}, {(int)ScoreDataType.Boolean}) AND s.value IS NOT NULL
                    OR s.data_type = {(int)ScoreDataType.Categorical} AND s.string_value IS NOT NULL)
                """);
        }
    }

    /// <summary>Writes the conditions that need no other table, with <c>WHERE</c>.</summary>
    public void WriteTable(Sql sql, Action<Sql, Sql.Fragment> writeTime)
    {
        sql.Append($"WHERE");
        writeTime(sql, Source.Time);
        if (Bounds is { } bounds)
        {
            sql.Append($"AND {Source.Position} BETWEEN {bounds.First} AND {bounds.Last}");
        }

        Source.WriteConditions(sql, Filter.Conditions.Where(c => Source.IsOwn(c.Dimension)));
    }

    /// <summary>Writes the number of the series of a row.</summary>
    public void WriteNumber(Sql sql, SeriesPlaces places)
    {
        places.WriteNumber(sql, Source, dimension => !Source.IsOfTrace(dimension), HasLong);
        sql.Append($"{new Sql.Fragment(HasTraces ? "+ coalesce(t.series, 0)" : "")} AS series");
    }

    private void WriteTraces(Sql sql, SeriesPlaces? places)
    {
        sql.Append($"LEFT JOIN (SELECT t.stream_position, t.name, t.user_id, t.session_id, t.release");
        if (places is not null)
        {
            sql.Append($",");
            places.WriteNumber(sql, Source, Source.IsOfTrace, HasLong);
            sql.Append($"AS series");
        }

        sql.Append($"""
            FROM traces AS t WHERE t.stream_position BETWEEN {Positions.First} AND {Positions.Last}) AS t
                ON t.stream_position = {Source.Position}
            """);
    }
}

/// <summary>Where some rows lie.</summary>
/// <param name="Rows">How many there are, at most.</param>
/// <param name="Positions">The first and the last of their streams.</param>
internal readonly record struct SeriesExtent(long Rows, PositionRange Positions);

/// <summary>Finds where rows lie, as far as their table alone says it; null: there are none.</summary>
internal readonly record struct SeriesExtentSql(SeriesRows Rows, Action<Sql, Sql.Fragment> WriteTime) : ISqlQuery<SeriesExtent?>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT count(*), min({Rows.Source.Position}), max({Rows.Source.Position}) FROM {Rows.Source.Table}");
        Rows.WriteTable(sql, WriteTime);
    }

    public SeriesExtent? Read(DbDataReader row) =>
        row.GetInt64(0) == 0 ? null : new SeriesExtent(row.GetInt64(0), new PositionRange(row.GetInt64(1), row.GetInt64(2)));
}

/// <summary>
/// Where the streams lie that a filter counts by what their traces say: a session or a user has few, and all else need not be
/// opened. Null: there are none.
/// </summary>
internal readonly record struct SeriesBoundsSql(LiveFilter Filter) : ISqlQuery<PositionRange?>
{
    /// <summary>Whether a filter asks for what traces say.</summary>
    public static bool IsWorthAsking(LiveFilter filter) => filter.Conditions.Any(c => SeriesSource.Observations.IsOfTrace(c.Dimension));

    public void Write(Sql sql)
    {
        var traces = SeriesSource.Traces;
        sql.Append($"SELECT min(stream_position), max(stream_position) FROM (SELECT t.stream_position FROM {traces.Table} WHERE true");
        traces.WriteConditions(sql, Filter.Conditions.Where(c => SeriesSource.Observations.IsOfTrace(c.Dimension)));
        foreach (var session in Filter.Conditions.Where(c => c.Dimension == LiveDimension.Session))
        {
            // The scores of the session itself are a stream of their own, without a trace.
            sql.Append($"UNION ALL SELECT stream_position FROM scores WHERE session_id IN (SELECT unnest({session.Values}))");
        }

        sql.Append($")");
    }

    public PositionRange? Read(DbDataReader row) => row.IsDBNull(0) ? null : new PositionRange(row.GetInt64(0), row.GetInt64(1));
}

/// <summary>Finds the rows of tables.</summary>
internal static class SeriesRowsReader
{
    /// <summary>The tables, each with its extent, that have rows of some times and all that the filter asks for.</summary>
    public static List<(SeriesRows Rows, SeriesExtent Extent)> Find(
        ReadSession session, LiveFilter filter, IReadOnlyList<LiveDimension> dimensions, Action<Sql, Sql.Fragment> writeTime, params IEnumerable<SeriesSource> sources)
    {
        PositionRange? bounds = null;
        if (SeriesBoundsSql.IsWorthAsking(filter))
        {
            bounds = session.Single(new SeriesBoundsSql(filter));
            if (bounds is null)
            {
                return [];
            }
        }

        var found = new List<(SeriesRows, SeriesExtent)>();
        foreach (var source in sources)
        {
            var rows = new SeriesRows(source, filter, dimensions) { Bounds = bounds };
            if (rows.CanMatch && session.Single(new SeriesExtentSql(rows, writeTime)) is { } extent)
            {
                found.Add((rows with { Positions = extent.Positions }, extent));
            }
        }

        return found;
    }
}
