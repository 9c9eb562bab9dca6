using Actors.Analytics.Queries.Filtering;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>The conditions of a <see cref="ScoreQuery"/>, only those that it has.</summary>
internal static class ScoreFilterSql
{
    public static void Write(Sql sql, ScoreQuery query)
    {
        sql.Append($"WHERE true");
        if (query.TraceScoresOnly)
        {
            sql.Append($"AND trace_id IS NOT NULL AND data_type <> {(int)ScoreDataType.Correction}");
        }

        Any(sql, "id", query.Ids);
        Any(sql, "name", query.Names);
        Any(sql, "environment", query.Environments);
        Any(sql, "config_id", query.ConfigIds);
        Any(sql, "queue_id", query.QueueIds);
        Any(sql, "author_user_id", query.AuthorUserIds);
        Any(sql, "trace_id", query.TraceIds);
        Any(sql, "observation_id", query.ObservationIds);
        Any(sql, "session_id", query.SessionIds);
        Any(sql, "dataset_run_id", query.DatasetRunIds);
        Any(sql, "string_value", query.Labels);
        if (query.Sources.Count > 0)
        {
            sql.Append($"AND list_contains({query.Sources.Select(source => (int)source)}, source)");
        }

        if (query.DataTypes.Count > 0)
        {
            sql.Append($"AND list_contains({query.DataTypes.Select(type => (int)type)}, data_type)");
        }

        WriteValue(sql, query);
        WriteTrace(sql, query);
        WriteRange(sql, query);
        if (query.Filter != Filter.Everything)
        {
            sql.Append($"AND");
            FilterSql.Write(sql, query.Filter, FilterTable.Scores, "scores");
        }
    }

    private static void Any(Sql sql, string column, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            sql.Append($"AND list_contains({values}, {new Sql.Fragment(column)})");
        }
    }

    private static void WriteValue(Sql sql, ScoreQuery query)
    {
        foreach (var test in query.ValueTests)
        {
            sql.Append($"AND value {Operator(test.Comparison)} {test.Value}");
        }

        if (query.Values.Count > 0)
        {
            sql.Append($"AND list_contains({query.Values}, value)");
        }
    }

    private static Sql.Fragment Operator(ScoreComparison comparison) => new(comparison switch
    {
        ScoreComparison.Equal => "=",
        ScoreComparison.NotEqual => "<>",
        ScoreComparison.Less => "<",
        ScoreComparison.LessOrEqual => "<=",
        ScoreComparison.Greater => ">",
        ScoreComparison.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "Numbers cannot be compared like this."),
    });

    private static void WriteTrace(Sql sql, ScoreQuery query)
    {
        if (query.UserId is null && query.TraceTags.Count == 0)
        {
            return;
        }

        // Looked up, not stored with the score: a trace may learn its user and its tags late.
        sql.Append($"AND stream_position IN (SELECT stream_position FROM traces WHERE true");
        if (query.UserId is { } userId)
        {
            sql.Append($"AND user_id = {userId}");
        }

        if (query.TraceTags.Count > 0)
        {
            sql.Append($"AND list_has_all(tags, {query.TraceTags})");
        }

        sql.Append($")");
    }

    private static void WriteRange(Sql sql, ScoreQuery query)
    {
        if (query.From is { } from)
        {
            sql.Append($"AND timestamp >= {from}");
        }

        if (query.To is { } to)
        {
            sql.Append($"AND timestamp < {to}");
        }

        if (query.After is { } after)
        {
            sql.Append($"AND timestamp <= {after.Timestamp} AND (timestamp < {after.Timestamp} OR id < {after.Id})");
        }
    }
}
