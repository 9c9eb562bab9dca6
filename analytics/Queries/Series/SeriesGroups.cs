using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>Groups rows once for the total and once for each dimension, which are columns called <c>d1</c> and so on, in one scan.</summary>
internal sealed class SeriesGroups(IReadOnlyList<LiveDimension> dimensions)
{
    /// <summary>The dimensions, by rising number.</summary>
    public IReadOnlyList<LiveDimension> Dimensions { get; } = dimensions;

    /// <summary>The columns of the dimensions.</summary>
    public Sql.Fragment Columns { get; } = new(string.Join(", ", dimensions.Select(Column)));

    /// <summary>The number of the dimension that a row of the result is about.</summary>
    public Sql.Fragment Dimension { get; } = new(
        $"CASE {string.Concat(dimensions.Select(d => $"WHEN grouping({Column(d)}) = 0 THEN {(int)d} "))}ELSE {(int)LiveDimension.Total} END::INTEGER");

    /// <summary>The value of that dimension; NULL for the total, and for the rows that have none.</summary>
    public Sql.Fragment Value { get; } = new($"coalesce({string.Join(", ", dimensions.Select(Column))})");

    /// <summary>The grouping sets of the dimensions alone.</summary>
    public Sql.Fragment WithoutTotal => new($"GROUPING SETS ({string.Join(", ", Dimensions.Select(d => $"({Column(d)})"))})");

    /// <summary>The grouping sets of the total and of each dimension, each by some keys more; several lists of keys: by each of them.</summary>
    public Sql.Fragment By(params string[] keys) => new(
        $"GROUPING SETS ({string.Join(", ", keys.SelectMany(key => Dimensions.Select(d => $"({key}, {Column(d)})").Prepend($"({key})")))})");

    /// <summary>Writes the common table <c>placed</c>: the rows of <c>seen</c> with the places of the values instead of these.</summary>
    public void WritePlaced(Sql sql, SeriesPlaces places, Sql.Fragment columns)
    {
        sql.Append($"placed AS (SELECT {columns}");
        foreach (var dimension in Dimensions)
        {
            var (column, own) = (new Sql.Fragment(Column(dimension)), new Sql.Fragment($"own{(int)dimension}.place"));
            var place = places.Of(dimension).Count > 0 ? own : new Sql.Fragment("NULL::INTEGER");
            sql.Append($", CASE WHEN {column} IS NOT NULL THEN coalesce({place}, {SeriesPlaces.Other}) END AS {column}");
        }

        sql.Append($"FROM seen");
        foreach (var dimension in Dimensions.Where(d => places.Of(d).Count > 0))
        {
            var (column, own) = (new Sql.Fragment(Column(dimension)), new Sql.Fragment($"own{(int)dimension}"));
            var values = places.Of(dimension);
            sql.Append($"""
                LEFT JOIN (SELECT unnest({values}) AS own_value, unnest({Enumerable.Range(0, values.Count)}) AS place) AS {own}
                    ON {own}.own_value = seen.{column}
                """);
        }

        sql.Append($")");
    }

    private static string Column(LiveDimension dimension) => $"d{(int)dimension}";
}
