using System.Data.Common;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries.Groups;

/// <summary>The ids of one page of groups, in their order, and how many there are over all pages: to count is to sum up once more.</summary>
internal readonly record struct TraceGroupIdsSql(TraceGroupQuery Query, OutlierFences Fences) : ISqlQuery<(string Id, long Total)>
{
    public void Write(Sql sql)
    {
        TraceGroupSql.WriteMembers(sql, Query);
        sql.Append($"SELECT g.id, {new Sql.Fragment(Query.WithTotal ? "count(*) OVER ()" : "0::BIGINT")} FROM");
        TraceGroupSql.WriteMatching(sql, Query);
        sql.Append($"ORDER BY");
        if (Query.OrderBy == TraceGroupOrder.Outlier && Fences.Any)
        {
            Fences.WriteCount(sql);
            sql.Append($"DESC,");
        }

        var direction = new Sql.Fragment(Query.Descending ? "DESC NULLS LAST" : "ASC NULLS LAST");
        sql.Append($"{new Sql.Fragment(Column(Query.OrderBy))} {direction}, g.id {direction} LIMIT {Query.Limit} OFFSET {Query.Offset}");
    }

    public (string Id, long Total) Read(DbDataReader row) => (row.Text(0), row.GetInt64(1));

    private static string Column(TraceGroupOrder order) => order switch
    {
        TraceGroupOrder.LastAt => "g.last_at",
        TraceGroupOrder.FirstAt => "g.first_at",
        TraceGroupOrder.Id => "g.id",
        TraceGroupOrder.Traces => "g.traces",
        TraceGroupOrder.Observations => "g.observations",
        TraceGroupOrder.Duration => "g.duration_ms",
        TraceGroupOrder.Cost or TraceGroupOrder.Outlier => "g.cost_usd",
        TraceGroupOrder.Tokens => "g.total_tokens",
        TraceGroupOrder.Errors => "g.errors",
        _ => throw new ArgumentOutOfRangeException(nameof(order), order, "Groups cannot be ordered by this."),
    };
}

/// <summary>How many groups match.</summary>
internal readonly record struct TraceGroupCountSql(TraceGroupQuery Query) : ISqlQuery<long>
{
    public void Write(Sql sql)
    {
        TraceGroupSql.WriteMembers(sql, Query);
        sql.Append($"SELECT count(*) FROM");
        TraceGroupSql.WriteMatching(sql, Query);
    }

    public long Read(DbDataReader row) => row.GetInt64(0);
}

/// <summary>The groups of one page, without their scores and their course, in any order.</summary>
internal readonly record struct TraceGroupRowsSql(TraceGroupQuery Query) : ISqlQuery<TraceGroup>
{
    private static readonly Sql.Fragment Columns = new($"""
        g.id, g.traces, g.failed_traces, g.observations, g.running, g.errors, g.warnings, g.first_at, g.last_at, g.updated_at,
        g.input_tokens, g.output_tokens, g.total_tokens, g.cost_usd, g.input_cost_usd, g.output_cost_usd, g.sessions,
        {First("users")}, {First("environments")}, {First("tags")}, {First("releases")}
        """);

    public void Write(Sql sql)
    {
        TraceGroupSql.WriteMembers(sql, Query);
        sql.Append($"SELECT {Columns} FROM");
        TraceGroupSql.WriteGroups(sql, withCostParts: true);
    }

    public TraceGroup Read(DbDataReader row) => new()
    {
        Id = row.Text(0),
        Traces = row.GetInt64(1),
        FailedTraces = row.GetInt64(2),
        Observations = row.GetInt64(3),
        Running = row.GetInt64(4),
        Errors = row.GetInt64(5),
        Warnings = row.GetInt64(6),
        FirstAt = row.Time(7),
        LastAt = row.Time(8),
        UpdatedAt = row.Time(9),
        InputTokens = row.GetInt64(10),
        OutputTokens = row.GetInt64(11),
        TotalTokens = row.GetInt64(12),
        CostUsd = row.MoneyOrNull(13),
        InputCostUsd = row.MoneyOrNull(14),
        OutputCostUsd = row.MoneyOrNull(15),
        Sessions = row.GetInt64(16),
        Users = row.Texts(17),
        Environments = row.Texts(18),
        Tags = row.Texts(19),
        Releases = row.Texts(20),
    };

    private static string First(string list) => $"list_sort(g.{list})[1:{TraceGroup.MaxValues}]";
}

/// <summary>Counts of matching groups by the value of one facet, most first, at most 20.</summary>
internal readonly record struct TraceGroupFacetSql(TraceGroupQuery Query, string Column, string Values) : ISqlQuery<FacetValue>
{
    public void Write(Sql sql)
    {
        var query = Query with { Filter = FilterEdit.Without(Query.Filter, Column) };
        TraceGroupSql.WriteMembers(sql, query);
        sql.Append($"SELECT value, count(*) FROM (SELECT {new Sql.Fragment(Values)} AS value FROM");
        TraceGroupSql.WriteMatching(sql, query);
        sql.Append($") WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT 20");
    }

    public FacetValue Read(DbDataReader row) => new(
        Column == "level" ? ((ObservationLevel)row.GetByte(0)).ToWire() : row.Text(0), row.GetInt64(1));
}
