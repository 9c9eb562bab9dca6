using System.Data.Common;
using Actors.Analytics.Queries;
using Actors.Analytics.Queries.Series;
using Actors.Live;
using DuckDB.NET.Data;

namespace Actors.Analytics.Series;

/// <summary>The index that the file computes is the index that the live side computes, for every double.</summary>
public sealed class SketchIndexTests
{
    private const int Seed = 20261125;

    [Fact]
    public void Both_sides_find_the_same_bucket_for_any_value()
    {
        var random = new Random(Seed);
        List<double> values =
        [
            0, double.Epsilon, double.MaxValue, long.MaxValue, SketchMapping.MinValue, Math.BitDecrement(SketchMapping.MinValue),
            .. Enumerable.Range(SketchMapping.MinIndex, SketchMapping.MaxBuckets).SelectMany(i => Around(SketchMapping.LowerBound(i))),
            .. Around(SketchMapping.UpperBound(SketchMapping.MaxIndex)),
            .. Enumerable.Range(-24, 70).SelectMany(e => Around(Math.ScaleB(1, e))),
            .. Enumerable.Range(0, 20_000).Select(i => (double)i),
            .. Enumerable.Range(0, 50_000).Select(_ => Math.Exp((random.NextDouble() * 60) - 18)),
            .. Enumerable.Range(0, 20_000).Select(_ => 1000.0 * random.Next(1, 5_000) / random.Next(1, 100_000)),
        ];

        var indexes = Read(new IndexesSql(values));

        Assert.Equal(values.Count, indexes.Count);
        for (var i = 0; i < values.Count; i++)
        {
            var expected = values[i] >= SketchMapping.MinValue ? SketchMapping.IndexOf(values[i]) : SketchCount.ZeroIndex;
            Assert.True(indexes[i] == expected, $"Seed {Seed}: {values[i]:R} is in {expected}, not in {indexes[i]}.");
        }
    }

    private static double[] Around(double value) => [Math.BitDecrement(value), value, Math.BitIncrement(value)];

    private static List<int> Read(IndexesSql query)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        var sql = new Sql();
        query.Write(sql);
        sql.Fill(command);
        using var reader = command.ExecuteReader();
        var rows = new List<int>();
        while (reader.Read())
        {
            rows.Add(query.Read(reader));
        }

        return rows;
    }

    private readonly record struct IndexesSql(IReadOnlyList<double> Values) : ISqlQuery<int>
    {
        public void Write(Sql sql)
        {
            sql.Append($"WITH placed AS (SELECT unnest({Values}) AS x0, unnest({Enumerable.Range(0, Values.Count)}) AS number)");
            SketchIndexSql.WriteTables(sql, new Sql.Fragment("number"), values: 1);
            sql.Append($"SELECT x0 FROM indexed ORDER BY number");
        }

        public int Read(DbDataReader row) => row.GetInt32(0);
    }
}
