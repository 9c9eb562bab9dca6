using System.Data.Common;
using Actors.Live;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Series;

/// <summary>The rows of one table that a question is about.</summary>
/// <param name="Source">The table.</param>
/// <param name="Filter">Which of its rows.</param>
/// <param name="Extent">Where they lie.</param>
internal sealed record SeriesRows(SeriesSource Source, LiveFilter Filter, SeriesExtent Extent)
{
    private static readonly Sql.Fragment Nothing = new("");

    /// <summary>Writes from <c>FROM</c> to the last condition.</summary>
    /// <param name="sql">What is written to.</param>
    /// <param name="places">Gives traces their part of the number of the series, as <c>t.series</c>; null: it is not wanted.</param>
    /// <param name="writeTime">Writes the condition of the time.</param>
    public void Write(Sql sql, SeriesPlaces? places, Action<Sql, Sql.Fragment> writeTime)
    {
        sql.Append($"FROM {Source.Table}");
        if (Source != SeriesSource.Traces)
        {
            WriteJoins(sql, places);
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
        places.WriteNumber(sql, Source, dimension => !Source.IsOfTrace(dimension), Extent.HasLong);
        sql.Append($"{(Source == SeriesSource.Traces ? Nothing : new Sql.Fragment("+ coalesce(t.series, 0)"))} AS series");
    }

    // The bounds of the positions let the scan leave out what joining alone would make it open: nearly all of the table.
    private void WriteJoins(Sql sql, SeriesPlaces? places)
    {
        var positions = Extent.Positions;
        var row = new Sql.Fragment(Source == SeriesSource.Scores ? "s" : "o");
        sql.Append($"LEFT JOIN (SELECT t.stream_position, t.name, t.user_id, t.session_id, t.release");
        if (places is not null)
        {
            sql.Append($",");
            places.WriteNumber(sql, Source, Source.IsOfTrace, Extent.HasLong);
            sql.Append($"AS series");
        }

        sql.Append($"""
            FROM traces AS t WHERE t.stream_position BETWEEN {positions.First} AND {positions.Last}) AS t
                ON t.stream_position = {row}.stream_position
            """);
        if (Source == SeriesSource.Scores)
        {
            sql.Append($"""
                LEFT JOIN (
                    SELECT stream_position, id, model, prompt_name, prompt_version FROM observations
                    WHERE stream_position BETWEEN {positions.First} AND {positions.Last}
                ) AS o ON o.stream_position = s.stream_position AND o.id = s.observation_id
                """);
        }
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

/// <summary>Where the streams of a range lie; null: there are no rows.</summary>
internal readonly record struct SeriesPositionsSql(SeriesSource Source, LiveRange Range) : ISqlQuery<PositionRange?>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT min(stream_position), max(stream_position) FROM {Source.Table} WHERE");
        SeriesTimes.WriteCondition(sql, Source.Time, Range);
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
