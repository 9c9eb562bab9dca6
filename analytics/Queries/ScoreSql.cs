using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>Where the scores of one page are, newest first.</summary>
internal readonly record struct ScorePlacesSql(ScoreQuery Query) : ISqlQuery<RowPlace>
{
    /// <summary>How many scores are before the page.</summary>
    public long Offset => Query.After is null ? (Query.Page - 1L) * Query.Limit : 0;

    /// <summary>The order of the list.</summary>
    public static Sql.Fragment Order { get; } = new("ORDER BY scores.timestamp DESC, scores.id DESC");

    public void Write(Sql sql)
    {
        sql.Append($"SELECT {RowPlace.Columns} FROM scores");
        ScoreFilterSql.Write(sql, Query);
        sql.Append($"{Order} LIMIT {Query.Limit} OFFSET {Offset}");
    }

    public RowPlace Read(DbDataReader row) => RowPlace.Read(row);
}

/// <summary>The scores of one page with their traces.</summary>
internal readonly record struct ScoreRowsSql(IReadOnlyList<RowPlace> Places) : ISqlQuery<ScoreItem>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT scores.* EXCLUDE (stream_position), scored.environment, scored.user_id, scored.tags, scored.session_id FROM (");
        sql.Append($"SELECT {ScoreColumns.All}, stream_position FROM scores");
        RowPlaces.WriteCondition(sql, Places);
        var (first, last) = (Places.Min(place => place.Position), Places.Max(place => place.Position));
        sql.Append($"""
            ) AS scores LEFT JOIN (
                SELECT stream_position, environment, user_id, tags, session_id FROM traces
                WHERE stream_position BETWEEN {first} AND {last} AND stream_position IN (SELECT unnest({Places.Select(place => place.Position)}))
            ) AS scored ON scored.stream_position = scores.stream_position
            {ScorePlacesSql.Order}
            """);
    }

    public ScoreItem Read(DbDataReader row)
    {
        const int Trace = ScoreColumns.Count;
        var trace = row.IsDBNull(Trace)
            ? null
            : new ScoredTrace(row.TextOrNull(Trace + 1), row.Texts(Trace + 2), row.Text(Trace), row.TextOrNull(Trace + 3));
        return new ScoreItem(ScoreColumns.Read(row), trace);
    }
}

/// <summary>Reads pages of scores.</summary>
internal static class ScoreListReader
{
    public static Page<ScoreItem> Read(ReadSession session, ScoreQuery query)
    {
        var search = new ScorePlacesSql(query);
        var places = session.List(search);
        return new Page<ScoreItem>(
            places.Count > 0 ? session.List(new ScoreRowsSql(places)) : [],
            query.WithTotal ? PageTotal.Of(places.Count, query.Limit, search.Offset, () => session.Single(new ScoreCountSql(query))) : 0,
            session.Watermark,
            session.Head);
    }
}

/// <summary>How many scores match.</summary>
internal readonly record struct ScoreCountSql(ScoreQuery Query) : ISqlQuery<long>
{
    public void Write(Sql sql)
    {
        sql.Append($"SELECT count(*) FROM scores");
        ScoreFilterSql.Write(sql, Query);
    }

    public long Read(DbDataReader row) => row.GetInt64(0);
}

/// <summary>One score. The id is the client's: should two streams use the same, the newest one is meant.</summary>
internal readonly record struct ScoreByIdSql(string Id) : ISqlQuery<ScoreRecord>
{
    public void Write(Sql sql) =>
        sql.Append($"SELECT {ScoreColumns.All} FROM scores WHERE id = {Id} ORDER BY updated_at DESC, stream_id LIMIT 1");

    public ScoreRecord Read(DbDataReader row) => ScoreColumns.Read(row);
}

/// <summary>The columns of a <see cref="ScoreRecord"/> in the order in which they are read.</summary>
internal static class ScoreColumns
{
    /// <summary>How many there are.</summary>
    public const int Count = 20;

    public static Sql.Fragment All { get; } = new("""
        id, trace_id, observation_id, session_id, dataset_run_id, name, data_type, value, string_value, source, comment,
        metadata, environment, config_id, queue_id, author_user_id, execution_trace_id, timestamp, created_at, updated_at
        """);

    public static ScoreRecord Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        TraceId = row.TextOrNull(1),
        ObservationId = row.TextOrNull(2),
        SessionId = row.TextOrNull(3),
        DatasetRunId = row.TextOrNull(4),
        Name = row.Text(5),
        DataType = (ScoreDataType)row.GetByte(6),
        Value = row.DoubleOrNull(7),
        StringValue = row.TextOrNull(8),
        Source = (ScoreSource)row.GetByte(9),
        Comment = row.TextOrNull(10),
        Metadata = row.TextOrNull(11),
        Environment = row.Text(12),
        ConfigId = row.TextOrNull(13),
        QueueId = row.TextOrNull(14),
        AuthorUserId = row.TextOrNull(15),
        ExecutionTraceId = row.TextOrNull(16),
        Timestamp = row.Time(17),
        CreatedAt = row.Time(18),
        UpdatedAt = row.Time(19),
    };
}
