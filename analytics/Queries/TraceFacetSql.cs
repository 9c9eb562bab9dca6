using System.Data.Common;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>Counts of matching traces by the value of one facet, most first, at most 20.</summary>
internal readonly record struct TraceFacetSql(TraceQuery Query, TraceFacet Facet) : ISqlQuery<FacetValue>
{
    public void Write(Sql sql)
    {
        var value = new Sql.Fragment(Facet switch
        {
            TraceFacet.Environment => "environment",
            TraceFacet.Level => "level",
            TraceFacet.Name => "name",
            TraceFacet.Model => "unnest(models)",
            _ => throw new InvalidOperationException($"{Facet} is no facet."),
        });
        sql.Append($"SELECT value, count(*) FROM (SELECT {value} AS value FROM traces");
        TraceFilterSql.Write(sql, Query, without: Facet);
        sql.Append($") WHERE value IS NOT NULL GROUP BY value ORDER BY count(*) DESC, value LIMIT 20");
    }

    public FacetValue Read(DbDataReader row) => new(
        Facet == TraceFacet.Level ? ((ObservationLevel)row.GetByte(0)).ToWire() : row.Text(0), row.GetInt64(1));
}
