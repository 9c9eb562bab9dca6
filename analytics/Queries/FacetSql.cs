using System.Data.Common;
using System.Globalization;
using Actors.Filtering;
using Actors.Queries;
using Actors.Tracing;

namespace Actors.Analytics.Queries;

/// <summary>
/// Counts of rows by the values of several columns in one query. A facet is counted without its own part of the filter; those of
/// which the filter says nothing share one look at the rows.
/// </summary>
/// <param name="Places">What is counted.</param>
/// <param name="Filter">The filter of the list.</param>
/// <param name="Owner">The columns of a row that name what is scored.</param>
/// <param name="Target">The columns of a score that name it.</param>
/// <param name="WriteRows">Writes from where, and with which conditions, the rows of a filter come.</param>
internal sealed record FacetSql(
    IReadOnlyList<FacetPlace> Places, Filter Filter, string Owner, string Target, Action<Sql, Filter> WriteRows) : ISqlQuery<(int Place, FacetValue Value)>
{
    private const int MostValues = 20;

    private static readonly string ScoreTypes = $"{(int)ScoreDataType.Numeric}, {(int)ScoreDataType.Boolean}";

    public void Write(Sql sql)
    {
        var shared = Places.Select(IsShared).ToList();
        sql.Append($"WITH matching AS MATERIALIZED (SELECT {new Sql.Fragment(Owner)}");
        for (var i = 0; i < Places.Count; i++)
        {
            if (shared[i] && !Places[i].IsScores)
            {
                sql.Append($", {new Sql.Fragment($"{Places[i].Value} AS v{i}")}");
            }
        }

        WriteRows(sql, Filter);
        sql.Append($")");
        for (var i = 0; i < Places.Count; i++)
        {
            sql.Append($"{new Sql.Fragment(i > 0 ? "UNION ALL" : "")} SELECT * FROM (");
            sql.Append($"SELECT {new Sql.Fragment(i.ToString(CultureInfo.InvariantCulture))} AS place, v::VARCHAR AS value, count(*) AS n FROM (");
            WriteValues(sql, i, shared[i]);
            sql.Append($") WHERE v IS NOT NULL GROUP BY v ORDER BY n DESC, value LIMIT {new Sql.Fragment(MostValues.ToString(CultureInfo.InvariantCulture))})");
        }
    }

    public (int Place, FacetValue Value) Read(DbDataReader row)
    {
        var place = row.GetInt32(0);
        var text = row.Text(1);
        return (place, new FacetValue(Places[place].Name is { } name ? name(int.Parse(text, CultureInfo.InvariantCulture)) : text, row.GetInt64(2)));
    }

    private static string Unqualified(string columns) => columns.Replace("o.", "", StringComparison.Ordinal).Replace("t.", "", StringComparison.Ordinal);

    private bool IsShared(FacetPlace place) => FilterEdit.Without(Filter, place.Column).Equals(Filter);

    private void WriteValues(Sql sql, int i, bool shared)
    {
        var place = Places[i];
        if (place.IsScores)
        {
            // A row that was scored twice by the same name counts once.
            sql.Append($"SELECT DISTINCT {new Sql.Fragment(Target)}, s.name AS v FROM scores AS s");
            sql.Append($"WHERE s.data_type IN ({new Sql.Fragment(ScoreTypes)}) AND ({new Sql.Fragment(Target)}) IN (");
            if (shared)
            {
                sql.Append($"SELECT ({new Sql.Fragment(Unqualified(Owner))}) FROM matching");
            }
            else
            {
                sql.Append($"SELECT ({new Sql.Fragment(Owner)})");
                WriteRows(sql, FilterEdit.Without(Filter, place.Column));
            }

            sql.Append($")");
            return;
        }

        var value = shared ? $"v{i}" : place.Value;
        sql.Append($"SELECT {new Sql.Fragment(place.IsList ? $"unnest({value})" : value)} AS v");
        if (shared)
        {
            sql.Append($"FROM matching");
        }
        else
        {
            WriteRows(sql, FilterEdit.Without(Filter, place.Column));
        }
    }
}

/// <summary>Counts the values of facets.</summary>
internal static class FacetReader
{
    public static IReadOnlyList<Facet> Read(ReadSession session, TraceQuery query, IReadOnlyList<string> columns)
    {
        var places = FacetPlaces.Traces.Find(columns);
        return Read(session, new FacetSql(places, query.Filter, "t.id", "s.trace_id", (sql, filter) =>
        {
            sql.Append($"FROM traces AS t");
            TraceFilterSql.Write(sql, query with { Filter = filter });
        }));
    }

    public static IReadOnlyList<Facet> Read(ReadSession session, ObservationQuery query, IReadOnlyList<string> columns)
    {
        var places = FacetPlaces.Observations.Find(columns);
        var withTrace = new Sql.Fragment(places.Any(place => place.OfTrace) ? "LEFT JOIN traces AS tr ON tr.stream_position = o.stream_position" : "");
        return Read(session, new FacetSql(places, query.Filter, "o.trace_id, o.id", "s.trace_id, s.observation_id", (sql, filter) =>
        {
            sql.Append($"FROM observations AS o {withTrace}");
            ObservationFilterSql.Write(sql, query with { Filter = filter });
        }));
    }

    private static IReadOnlyList<Facet> Read(ReadSession session, FacetSql query)
    {
        if (query.Places.Count == 0)
        {
            return [];
        }

        var values = session.List(query).ToLookup(row => row.Place, row => row.Value);
        return [.. query.Places.Select((place, i) =>
            new Facet(place.Column, [.. values[i].OrderByDescending(value => value.Count).ThenBy(value => value.Value, StringComparer.Ordinal)]))];
    }
}
