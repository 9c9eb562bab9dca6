using Actors.Analytics.Queries.Filtering;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Metrics;

/// <summary>The rows of a view, as <c>b</c>, with what must be beside them. Columns that nobody reads cost nothing.</summary>
internal static class MetricsRowsSql
{
    /// <summary>The start of the step of time in which a row lies. Days and more are dates, which are grouped faster.</summary>
    public static string Step(MetricsView view, MetricsGranularity granularity) => granularity switch
    {
        MetricsGranularity.Minute => $"date_trunc('minute', b.{TimeColumn(view)})",
        MetricsGranularity.Hour => $"date_trunc('hour', b.{TimeColumn(view)})",
        MetricsGranularity.Day => $"b.{TimeColumn(view)}::DATE",
        MetricsGranularity.Week => $"date_trunc('week', b.{TimeColumn(view)}::DATE)::DATE",
        MetricsGranularity.Month => $"date_trunc('month', b.{TimeColumn(view)}::DATE)::DATE",
        _ => throw new ArgumentOutOfRangeException(nameof(granularity), granularity, "There is no such step of time."),
    };

    public static void Write(Sql sql, MetricsQuery query, MetricsSources needs)
    {
        sql.Append($"FROM (");
        var closing = Unnest(sql, needs);
        WriteRows(sql, query);
        sql.Append($"{new Sql.Fragment(closing)}) AS b");
        if (needs.HasFlag(MetricsSources.Trace))
        {
            sql.Append($"LEFT JOIN traces AS t ON t.stream_position = b.stream_position");
        }

        if ((needs & (MetricsSources.Observation | MetricsSources.Experiment)) != 0)
        {
            sql.Append($"LEFT JOIN observations AS o ON o.trace_id = b.trace_id AND o.id = b.observation_id");
        }

        if (needs.HasFlag(MetricsSources.Experiment))
        {
            sql.Append($"""
                LEFT JOIN (
                    SELECT experiment_id AS id, max(experiment_name) AS name FROM observations
                    WHERE experiment_id IS NOT NULL GROUP BY experiment_id
                ) AS e ON e.id = coalesce(b.dataset_run_id, o.experiment_id)
                """);
        }

        if (needs.HasFlag(MetricsSources.ScoreCounts))
        {
            sql.Append($"""
                LEFT JOIN (
                    SELECT trace_id, observation_id, count(*) AS scores FROM scores
                    WHERE observation_id IS NOT NULL GROUP BY trace_id, observation_id
                ) AS s ON s.trace_id = b.trace_id AND s.observation_id = b.id
                """);
        }
    }

    // One SELECT each: lists that are unnested side by side would be paired instead of combined.
    private static string Unnest(Sql sql, MetricsSources needs)
    {
        var closing = "";
        foreach (var (source, columns) in new[]
        {
            (MetricsSources.Tools, "unnest(tool_names) AS tool_name"),
            (MetricsSources.ToolCalls, "unnest(called_tool_names) AS called_tool_name"),
            (MetricsSources.CostParts, "unnest(cost_keys) AS cost_key, unnest(cost_parts_usd) AS cost_part_usd"),
            (MetricsSources.UsageParts, "unnest(usage_keys) AS usage_key, unnest(usage_units) AS usage_part"),
        })
        {
            if (needs.HasFlag(source))
            {
                sql.Append($"SELECT *, {new Sql.Fragment(columns)} FROM (");
                closing += ")";
            }
        }

        return closing;
    }

    private static void WriteRows(Sql sql, MetricsQuery query)
    {
        var table = new Sql.Fragment(query.View switch
        {
            MetricsView.Traces => "traces",
            MetricsView.Observations => "observations",
            _ => "scores",
        });
        var time = new Sql.Fragment(TimeColumn(query.View));
        sql.Append($"SELECT * FROM {table} AS r WHERE r.{time} >= {query.From} AND r.{time} <= {query.To}");
        if (query.Filter != Filter.Everything)
        {
            sql.Append($"AND");
            FilterSql.Write(sql, query.Filter, Filters(query.View), "r");
        }

        if (DataType(query.View) is { } type)
        {
            sql.Append($"AND data_type = {(int)type}");
        }
    }

    private static FilterTable Filters(MetricsView view) => view switch
    {
        MetricsView.Traces => FilterTable.Traces,
        MetricsView.Observations => FilterTable.Observations,
        _ => FilterTable.Scores,
    };

    private static string TimeColumn(MetricsView view) => view == MetricsView.Observations ? "start_time" : "timestamp";

    private static ScoreDataType? DataType(MetricsView view) => view switch
    {
        MetricsView.ScoresNumeric => ScoreDataType.Numeric,
        MetricsView.ScoresCategorical => ScoreDataType.Categorical,
        MetricsView.ScoresBoolean => ScoreDataType.Boolean,
        _ => null,
    };
}
