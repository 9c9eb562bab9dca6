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
                    arg_max(experiment_name, (start_time, trace_id, o.id)) AS name,
                    arg_max(experiment_description, (start_time, trace_id, o.id)) AS description,
                    min(start_time) AS start_time,
                    max(greatest(end_time, start_time)) AS end_time,
                    max(start_time) AS activity,
                    count(*) FILTER (WHERE {ExperimentSql.StandsForItem}) AS items,
                    arg_max(experiment_dataset_id, (start_time, trace_id, o.id)) AS dataset_id,
                    arg_max(experiment_metadata, (start_time, trace_id, o.id)) AS metadata
                FROM observations AS o
                WHERE experiment_id IS NOT NULL AND start_time >= {Query.From}
            """);
        if (Query.To is { } to)
        {
            sql.Append($"AND start_time < {to}");
        }

        // The id is the same in all observations of an experiment, so it can be asked for before they are brought together.
        ExperimentSql.Any(sql, "experiment_id", Query.Ids);
        sql.Append($"GROUP BY experiment_id) AS e WHERE");
        FilterSql.Write(sql, Query.Filter, FilterTable.Experiments, "e");
        ExperimentSql.Any(sql, "name", Query.Names);
        ExperimentSql.Any(sql, "dataset_id", Query.DatasetIds);
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
}

/// <summary>Those of some experiments that any observation belongs to.</summary>
internal readonly record struct ExperimentFindSql(IReadOnlyList<string> Ids) : ISqlQuery<string>
{
    public void Write(Sql sql) =>
        sql.Append($"SELECT DISTINCT experiment_id FROM observations WHERE list_contains({Ids}, experiment_id)");

    public string Read(DbDataReader row) => row.Text(0);
}

/// <summary>What queries of experiments and of their items have in common.</summary>
internal static class ExperimentSql
{
    /// <summary>Whether an observation stands for the whole run of an item, as the client said; for a table called <c>o</c>.</summary>
    public static Sql.Fragment StandsForItem { get; } = new("(o.id = o.experiment_item_root_observation_id AND o.experiment_item_id IS NOT NULL)");

    public static void Any(Sql sql, string column, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            sql.Append($"AND list_contains({values}, {new Sql.Fragment(column)})");
        }
    }
}
