using System.Data.Common;
using Actors.Analytics.Queries.Filtering;
using Actors.Queries;

namespace Actors.Analytics.Queries;

/// <summary>One page of experiments, the newest activity first.</summary>
internal readonly record struct ExperimentListSql(ExperimentQuery Query) : ISqlQuery<ExperimentRecord>
{
    public void Write(Sql sql)
    {
        sql.Append($"""
            SELECT id, name, description, start_time, end_time, activity, items, dataset_id, metadata FROM (
                SELECT
                    experiment_id AS id,
                    arg_max(experiment_name, (start_time, trace_id, id)) AS name,
                    arg_max(experiment_description, (start_time, trace_id, id)) AS description,
                    min(start_time) AS start_time,
                    max(coalesce(end_time, start_time)) AS end_time,
                    max(start_time) AS activity,
                    count(DISTINCT coalesce(experiment_item_root_observation_id, experiment_item_id)) AS items,
                    arg_max(experiment_dataset_id, (start_time, trace_id, id)) AS dataset_id,
                    arg_max(experiment_metadata, (start_time, trace_id, id)) AS metadata
                FROM observations
                WHERE experiment_id IS NOT NULL AND start_time >= {Query.From}
            """);
        if (Query.To is { } to)
        {
            sql.Append($"AND start_time < {to}");
        }

        // The id is the same in all observations of an experiment, so it can be asked for before they are brought together.
        Any(sql, "experiment_id", Query.Ids);
        sql.Append($"GROUP BY experiment_id) AS e WHERE");
        FilterSql.Write(sql, Query.Filter, FilterTable.Experiments, "e");
        Any(sql, "name", Query.Names);
        Any(sql, "dataset_id", Query.DatasetIds);
        if (Query.After is var (activity, id))
        {
            sql.Append($"AND (activity < {activity} OR (activity = {activity} AND id < {id}))");
        }

        sql.Append($"ORDER BY activity DESC, id DESC LIMIT {Query.Limit}");
    }

    public ExperimentRecord Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        Name = row.TextOrNull(1),
        Description = row.TextOrNull(2),
        StartTime = row.Time(3),
        EndTime = row.Time(4),
        LastActivity = row.Time(5),
        ItemCount = row.GetInt64(6),
        DatasetId = row.TextOrNull(7),
        Metadata = row.TextOrNull(8),
    };

    private static void Any(Sql sql, string column, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            sql.Append($"AND list_contains({values}, {new Sql.Fragment(column)})");
        }
    }
}
