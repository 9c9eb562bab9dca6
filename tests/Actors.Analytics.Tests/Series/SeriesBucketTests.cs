using Actors.Analytics.Queries.Series;
using Actors.Live;

namespace Actors.Analytics.Series;

/// <summary>What a bucket adds up, beyond what a log of a test would hold.</summary>
public sealed class SeriesBucketTests
{
    [Fact]
    public void More_combinations_than_are_kept_open_are_counted_once_each()
    {
        var models = Enumerable.Range(0, 120).Select(i => new LiveSeriesKey(LiveDimension.Model, $"m{i}"));
        var names = Enumerable.Range(0, 120).Select(i => new LiveSeriesKey(LiveDimension.TraceName, $"n{i}"));
        var bucket = new SeriesBucket(new SeriesPlaces([.. models, .. names]));
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 120 * 120; i++)
            {
                bucket.Add(new TraceFact(2 + (i % 120) + ((2 + (i / 120L)) << 8), At: i));
            }
        }

        var series = bucket.ToBucket(7).Series;

        Assert.Equal(1 + 120 + 120, series.Count);
        Assert.All(series, s => Assert.Equal(s.Key == LiveSeriesKey.Total ? 2 * 120 * 120 : 2 * 120, s.Traces));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(999_999, 0)]
    [InlineData(1_000_000, 1)]
    [InlineData(-1, -1)]
    [InlineData(-1_000_000, -1)]
    [InlineData(-1_000_001, -2)]
    public void A_second_is_the_one_that_has_begun(long microseconds, long second) =>
        Assert.Equal(second, SeriesBucket.SecondOf(microseconds));

    [Fact]
    public void Absurd_numbers_stop_at_the_highest_that_there_is()
    {
        var bucket = new SeriesBucket(new SeriesPlaces([]));
        var fact = new ObservationFact(0, 0, CallsModel: true, IsError: false, IsUnpriced: false, null, null, long.MaxValue, 1, -5, 0, 0, 0);
        bucket.Add(fact);
        bucket.Add(fact);

        var total = Assert.Single(bucket.ToBucket(0).Series);

        Assert.Equal((long.MaxValue, 2, -10), (total.InputTokens, total.OutputTokens, total.TotalTokens));
    }
}
