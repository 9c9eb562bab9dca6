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

        sql.Append($"WHERE");
        writeTime(sql, Source.Time);
        Source.WriteConditions(sql, Filter.Conditions);
        if (Source == SeriesSource.Scores)
        {
            sql.Append($"""
                AND (s.data_type IN ({(int)ScoreDataType.Numeric}, {(int)ScoreDataType.Boolean}) AND s.value IS NOT NULL
                    OR s.data_type = {(int)ScoreDataType.Categorical} AND s.string_value IS NOT NULL)
                """);
        }
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
                ON t.stream_position = {new Sql.Fragment(Source == SeriesSource.Scores ? "s" : "o")}.stream_position
            """);
    }
}

/// <summary>Where the rows of some times lie.</summary>
/// <param name="Rows">How many there are.</param>
/// <param name="Positions">The first and the last of their streams.</param>
/// <param name="HasLong">Whether values may have to be cut.</param>
internal readonly record struct SeriesExtent(long Rows, PositionRange Positions, bool HasLong);

/// <summary>Finds the extent of a table; null: there are no rows.</summary>
internal readonly record struct SeriesExtentSql(SeriesSource Source, SeriesTimes Times) : ISqlQuery<SeriesExtent?>
{
    public void Write(Sql sql)
    {
        // Scores are few and have most of their values from elsewhere: theirs are always cut.
        var source = Source;
        var isLong = source == SeriesSource.Scores ? "true" : string.Join(
            " OR ", LiveSeriesKey.Dimensions.Where(d => source.Has(d) && !source.IsOfTrace(d)).Select(d => SeriesText.IsLong(source.Value(d)).Text));
        sql.Append($"SELECT count(*), min(stream_position), max(stream_position), coalesce(bool_or({new Sql.Fragment(isLong)}), false) FROM {Source.Table} WHERE");
        Times.WriteCondition(sql, Source.Time);
    }

    public SeriesExtent? Read(DbDataReader row) =>
        row.GetInt64(0) == 0 ? null : new SeriesExtent(row.GetInt64(0), new PositionRange(row.GetInt64(1), row.GetInt64(2)), row.GetBoolean(3));
}

/// <summary>Where the streams of some rows lie; null: there are no rows.</summary>
internal readonly record struct SeriesPositionsSql(SeriesSource Source, Action<Sql, Sql.Fragment> WriteTime) : ISqlQuery<PositionRange?>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT min(stream_position), max(stream_position) FROM {Source.Table} WHERE");
        WriteTime(sql, Source.Time);
    }

    public PositionRange? Read(DbDataReader row) => row.IsDBNull(0) ? null : new PositionRange(row.GetInt64(0), row.GetInt64(1));
}

/// <summary>Whether values of some traces may have to be cut.</summary>
internal readonly record struct LongTracesSql(PositionRange Positions) : ISqlQuery<bool>
{
    public void Write(Sql sql)
    {
        var traces = SeriesSource.Traces;
        var name = SeriesText.IsLong(traces.Value(LiveDimension.TraceName));
        var release = SeriesText.IsLong(traces.Value(LiveDimension.Release));
        sql.Append($"""
            SELECT coalesce(bool_or({name} OR {release}), false) FROM {traces.Table}
            WHERE t.stream_position BETWEEN {Positions.First} AND {Positions.Last}
            """);
    }

    public bool Read(DbDataReader row) => row.GetBoolean(0);
}
