using Actors.Analytics.Queries.Filtering;
using Actors.Filtering;
using Actors.Queries;

namespace Actors.Analytics.Queries.Groups;

/// <summary>
/// Sessions and users are what their traces add up to. Every query begins with <c>members</c>, the traces that count, each with
/// its <c>group_id</c>; a table <c>g</c> has a row for each group, and of its columns only those are computed that are used.
/// </summary>
internal static class TraceGroupSql
{
    private static readonly Sql.Fragment Columns = new($"""
        m.group_id AS id,
        count(*) AS traces,
        count(*) FILTER (WHERE m.errors > 0) AS failed_traces,
        {SqlSums.Of("m.observations").Text} AS observations,
        {SqlSums.Of("m.running").Text} AS running,
        {SqlSums.Of("m.errors").Text} AS errors,
        {SqlSums.Of("m.warnings").Text} AS warnings,
        max(m.level) AS level,
        min(m.timestamp) AS first_at,
        max(m.timestamp) AS last_at,
        epoch_ms(max(m.timestamp)) - epoch_ms(min(m.timestamp)) AS duration_ms,
        max(m.updated_at) AS updated_at,
        min(m.first_position) AS first_position,
        {SqlSums.Of("m.input_tokens").Text} AS input_tokens,
        {SqlSums.Of("m.output_tokens").Text} AS output_tokens,
        {SqlSums.Of("m.total_tokens").Text} AS total_tokens,
        sum(m.cost_usd) AS cost_usd,
        count(DISTINCT m.session_id) AS sessions,
        coalesce(list(DISTINCT m.user_id) FILTER (WHERE m.user_id IS NOT NULL), []) AS users,
        list(DISTINCT m.environment) AS environments,
        list_distinct(flatten(list(m.tags))) AS tags,
        coalesce(list(DISTINCT m.release) FILTER (WHERE m.release IS NOT NULL), []) AS releases,
        coalesce(list(DISTINCT m.version) FILTER (WHERE m.version IS NOT NULL), []) AS versions
        """);

    /// <summary>Writes the traces that count.</summary>
    public static void WriteMembers(Sql sql, TraceGroupQuery query)
    {
        var key = new Sql.Fragment(query.Kind == TraceGroupKind.Session ? "t.session_id" : "t.user_id");
        sql.Append($"WITH members AS NOT MATERIALIZED (SELECT {key} AS group_id, t.* FROM traces AS t WHERE {key} IS NOT NULL AND");
        FilterSql.Write(sql, query.Counted, FilterTable.Traces, "t");
        if (query.Ids.Count > 0)
        {
            sql.Append($"AND");
            Predicate.WriteOneOf(sql, s => s.Append($"{key}"), query.Ids);
        }

        if (query.Kind == TraceGroupKind.User)
        {
            WriteRange(sql, query, new Sql.Fragment("t.timestamp"), new Sql.Fragment("t.timestamp"));
        }

        sql.Append($")");
    }

    /// <summary>Writes all groups as a table called <c>g</c>, with what input and output cost when it is wanted.</summary>
    public static void WriteGroups(Sql sql, bool withCostParts)
    {
        sql.Append($"(SELECT {Columns},");
        if (withCostParts)
        {
            // A trace keeps only the sum that lists show.
            sql.Append($"""
                sum(part.input_cost_usd) AS input_cost_usd, sum(part.output_cost_usd) AS output_cost_usd
                FROM members AS m LEFT JOIN (
                    SELECT stream_position, sum(input_cost_usd) AS input_cost_usd, sum(output_cost_usd) AS output_cost_usd
                    FROM observations WHERE stream_position IN (SELECT stream_position FROM members) GROUP BY stream_position
                ) AS part ON part.stream_position = m.stream_position
                """);
        }
        else
        {
            sql.Append($"FROM members AS m");
        }

        sql.Append($"GROUP BY m.group_id) AS g");
    }

    /// <summary>Writes the groups that match.</summary>
    public static void WriteMatching(Sql sql, TraceGroupQuery query)
    {
        WriteGroups(sql, withCostParts: Mentions(query.Filter, "inputCost") || Mentions(query.Filter, "outputCost"));
        sql.Append($"WHERE");
        FilterSql.Write(sql, query.Filter, FilterTable.Of(query.Kind), "g");
        if (query.Kind == TraceGroupKind.Session)
        {
            WriteRange(sql, query, new Sql.Fragment("g.last_at"), new Sql.Fragment("g.first_at"));
        }

        if (query.FirstPositionAfter is { } after)
        {
            sql.Append($"AND g.first_position > {after}");
        }

        if (query.FirstPositionUpTo is { } upTo)
        {
            sql.Append($"AND g.first_position <= {upTo}");
        }
    }

    private static void WriteRange(Sql sql, TraceGroupQuery query, Sql.Fragment last, Sql.Fragment first)
    {
        if (query.From is { } from)
        {
            sql.Append($"AND {last} >= {from}");
        }

        if (query.To is { } to)
        {
            sql.Append($"AND {first} < {to}");
        }
    }

    private static bool Mentions(Filter filter, string column) => filter switch
    {
        AllFilter all => all.Parts.Any(part => Mentions(part, column)),
        AnyFilter any => any.Parts.Any(part => Mentions(part, column)),
        NotFilter not => Mentions(not.Part, column),
        Condition condition => condition.Column == column,
        _ => false,
    };
}
