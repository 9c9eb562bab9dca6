using Actors.Live;

namespace Actors.Analytics.Queries.Series;

/// <summary>
/// The indexes of <see cref="SketchMapping"/>, computed with the same operations on the same numbers in the same order, so that
/// both agree to the last bit. The mapping reads the exponent from the bits of a number; here it is a logarithm, put right.
/// </summary>
internal static class SketchIndexSql
{
    /// <summary>Writes common tables that make <c>indexed</c> of <c>placed</c>: the doubles <c>x0</c>, <c>x1</c> and so on become indexes.</summary>
    /// <param name="sql">What is written to.</param>
    /// <param name="columns">The columns that are taken along.</param>
    /// <param name="values">How many values a row has.</param>
    public static void WriteTables(Sql sql, Sql.Fragment columns, int values)
    {
        WriteTable(sql, "guessed", "placed", columns, values, static (sql, x, e, _) => sql.Append($"""
            , {x}, floor(log2(greatest({x}, {SketchMapping.MinValue}))) AS {e}
            """));
        WriteTable(sql, "exact", "guessed", columns, values, static (sql, x, e, _) => sql.Append($"""
            , {x}, CASE WHEN pow(2, {e}) > {x} THEN {e} - 1 WHEN pow(2, {e} + 1) <= {x} THEN {e} + 1 ELSE {e} END AS {e}
            """));
        WriteTable(sql, "split", "exact", columns, values, static (sql, x, e, s) => sql.Append($"""
            , {x}, {e}, {x} / pow(2, {e}) - 1 AS {s}
            """));
        WriteTable(sql, "indexed", "split", columns, values, static (sql, x, e, s) => sql.Append($"""
            , CASE
                WHEN {x} >= {SketchMapping.MinValue} THEN least(
                    floor(({e} + ((((({SketchMapping.Cubic} * {s}) + {SketchMapping.Quadratic}) * {s}) + {SketchMapping.Linear}) * {s}))
                        * {SketchMapping.BucketsPerDoubling}),
                    {SketchMapping.MaxIndex})::INTEGER
                WHEN {x} IS NOT NULL THEN {SketchCount.ZeroIndex} END AS {x}
            """));
    }

    private static void WriteTable(
        Sql sql, string name, string from, Sql.Fragment columns, int values, Action<Sql, Sql.Fragment, Sql.Fragment, Sql.Fragment> write)
    {
        sql.Append($", {new Sql.Fragment(name)} AS (SELECT {columns}");
        for (var i = 0; i < values; i++)
        {
            write(sql, new Sql.Fragment($"x{i}"), new Sql.Fragment($"e{i}"), new Sql.Fragment($"s{i}"));
        }

        sql.Append($"FROM {new Sql.Fragment(from)})");
    }
}
