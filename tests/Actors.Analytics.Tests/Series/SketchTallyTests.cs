using Actors.Analytics.Queries.Series;
using Actors.Live;

namespace Actors.Analytics.Series;

/// <summary>The buckets of a sketch while they are counted.</summary>
public sealed class SketchTallyTests
{
    private const int Seed = 31;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(512)]
    [InlineData(513)]
    [InlineData(5_000)]
    public void Few_hits_and_many_are_counted_alike(int hits)
    {
        var random = new Random(Seed + hits);
        var (first, second) = (Indexes(random, hits), Indexes(random, 700));

        Assert.Equal(Counts(first), Tally(first).ToCounts());
        foreach (var (a, b) in new[] { (first, second), (second, first) })
        {
            var sum = Tally(a);
            sum.Add(Tally(b));
            Assert.Equal(Counts([.. a, .. b]), sum.ToCounts());
        }
    }

    private static List<int> Indexes(Random random, int count) =>
    [
        .. Enumerable.Range(0, count).Select(_ => random.Next(6) switch
        {
            0 => SketchCount.ZeroIndex,
            1 => SketchMapping.MinIndex,
            2 => SketchMapping.MaxIndex,
            _ => random.Next(SketchMapping.MinIndex, SketchMapping.MaxIndex + 1),
        }),
    ];

    private static SketchTally Tally(List<int> indexes)
    {
        var tally = new SketchTally();
        indexes.ForEach(tally.Add);
        return tally;
    }

    private static IEnumerable<SketchCount> Counts(IEnumerable<int> indexes) =>
        indexes.CountBy(i => i).OrderBy(c => c.Key).Select(c => new SketchCount(c.Key, c.Value));
}
