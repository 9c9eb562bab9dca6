using System.Data.Common;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>The facets of a list of traces, each of which is counted without its own filter.</summary>
internal enum TraceFacet
{
    Environment,
    Level,
    Name,
    Model,
}

/// <summary>Counts of matching traces by the value of one facet, most first, at most 20.</summary>
internal readonly record struct TraceFacetSql(TraceQuery Query, TraceFacet Facet) : ISqlQuery<FacetValue>
{
    public void Write(Sql sql)
    {
        var (column, value) = Facet switch
        {
            TraceFacet.Environment => ("environment", "t.environment"),
            TraceFacet.Level => ("level", "t.level"),
            TraceFacet.Name => ("name", "t.name"),
            TraceFacet.Model => ("model", "unnest(t.models)"),
            _ => throw new InvalidOperationException($"{Facet} is no facet."),
        };
        sql.Append($"SELECT value, count(*) FROM (SELECT {new Sql.Fragment(value)} AS value FROM traces AS t");
        TraceFilterSql.Write(sql, Query with { Filter = FilterEdit.Without(Query.Filter, column) });
        sql.Append($") WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT 20");
    }

    public FacetValue Read(DbDataReader row) => new(
        Facet == TraceFacet.Level ? ((ObservationLevel)row.GetByte(0)).ToWire() : row.Text(0), row.GetInt64(1));
}
