using Actors.Analytics.Queries.Series;
using Actors.Live;

namespace Actors.Analytics.Series;

/// <summary>How the ranges of a question are cut.</summary>
public sealed class SeriesTimesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    [InlineData(10_000_000)]
    public void Slices_hold_every_second_of_the_ranges_once(long rows)
    {
        LiveRange[] ranges = [new(-5, 40), new(10, 20), new(35, 50), new(60, 61), new(70, 70)];

        var slices = new SeriesTimes(ranges).Slices(rows, rowsPerSlice: 1_000).ToList();

        Assert.Equal(
            Enumerable.Range(-5, 100).Where(second => ranges.Any(r => r.Contains(second))).Select(second => (long)second),
            slices.SelectMany(slice => Enumerable.Range((int)slice.From, (int)(slice.To - slice.From))).Select(second => (long)second));
        Assert.Equal(rows < 1_000 ? 2 : rows == 1_000 ? 3 : 56, slices.Count);
    }

    [Fact]
    public void Pieces_do_not_overlap_and_make_up_each_range()
    {
        var random = new Random(3);
        for (var i = 0; i < 100; i++)
        {
            List<LiveRange> ranges = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => random.Next(-50, 50)).Select(from => new LiveRange(from, from + random.Next(0, 30)))];

            var times = new SeriesTimes(ranges);

            for (var second = -60L; second < 90; second++)
            {
                var pieces = times.Pieces.Where(piece => piece.Contains(second)).ToList();
                Assert.Equal(
                    Enumerable.Range(0, ranges.Count).Where(r => ranges[r].Contains(second)),
                    pieces.SelectMany(times.RangesWith));
                Assert.True(pieces.Count <= 1, $"Second {second} of question {i} is in {pieces.Count} pieces.");
            }
        }
    }

    [Fact]
    public void All_time_is_within_what_a_date_can_say()
    {
        var times = new SeriesTimes([LiveRange.AllTime, new(long.MaxValue - 1, long.MaxValue)]);

        var all = Assert.Single(times.Pieces);
        Assert.Equal(DateTimeOffset.MinValue, DateTimeOffset.FromUnixTimeSeconds(all.From));
        Assert.Equal(DateTimeOffset.MaxValue.ToUnixTimeSeconds() + 1, all.To);
    }
}
