using Actors.Live;

namespace Actors.Analytics.Series;

/// <summary>Which values stand out, against a count of every single fact.</summary>
public sealed class LiveTopTests(SeriesModel model) : IClassFixture<SeriesModel>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static long Start => SeriesTraffic.Start.ToUnixTimeSeconds();

    public static TheoryData<LiveDimension, LiveTopOrder> Rankings => new(
        from dimension in Enum.GetValues<LiveDimension>()
        where dimension != LiveDimension.Total
        from order in Enum.GetValues<LiveTopOrder>()
        select new TheoryDataRow<LiveDimension, LiveTopOrder>(dimension, order));

    [Theory]
    [MemberData(nameof(Rankings))]
    public async Task The_highest_values_are_told_and_the_rest_is_joined(LiveDimension dimension, LiveTopOrder order)
    {
        LiveTopQuery[] queries =
        [
            new() { Dimension = dimension, Range = LiveRange.AllTime, OrderBy = order },
            new() { Dimension = dimension, Range = new(Start + 3, Start + 30), OrderBy = order, Limit = 3 },
            new() { Dimension = dimension, Range = LiveRange.AllTime, OrderBy = order, Limit = 100, Filter = LiveFilter.Of(LiveDimension.Environment, "production") },
            new() { Dimension = dimension, Range = LiveRange.AllTime, OrderBy = order, Limit = 2, Filter = LiveFilter.All([new(LiveDimension.Model, SeriesTraffic.Models[..9]), new(LiveDimension.User, ["user-1"])]) },
            new() { Dimension = dimension, Range = LiveRange.AllTime, OrderBy = order, Filter = LiveFilter.All([new(LiveDimension.Model, [])]) },
            new() { Dimension = dimension, Range = new(Start, Start), OrderBy = order },
        ];
        foreach (var query in queries)
        {
            var top = await model.Analytics.GetLiveTopAsync(TestLog.Project, query, Token);

            Truth.Same(model.Oracle.Top(query, await model.Log.Log.GetHeadAsync(TestLog.Project, Token)), top);
        }
    }

    [Fact]
    public async Task One_answer_serves_all_that_ask_the_same_within_a_moment()
    {
        await using var log = new TestLog();
        await using var cached = new TestReadModel(log, configure: options => options.HistoryCacheTime = TimeSpan.FromMinutes(1));
        await new SeriesTraffic(log, seed: 5).AppendAsync(20);
        var query = new LiveTopQuery { Dimension = LiveDimension.Model, Range = LiveRange.AllTime };
        var first = await cached.Analytics.GetLiveTopAsync(TestLog.Project, query, Token);
        await new SeriesTraffic(log, seed: 6).AppendAsync(20);

        var same = await cached.Analytics.GetLiveTopAsync(TestLog.Project, query with { Filter = LiveFilter.All([]) }, Token);
        var other = await cached.Analytics.GetLiveTopAsync(TestLog.Project, query with { Limit = 9 }, Token);

        Assert.Same(first, same);
        Assert.True(other.Watermark > first.Watermark);
    }

    [Fact]
    public async Task Questions_out_of_bounds_are_refused()
    {
        var good = new LiveTopQuery { Dimension = LiveDimension.User, Range = new(0, 31 * 86_400), Limit = 100 };
        await model.Analytics.GetLiveTopAsync(TestLog.Project, good, Token);
        LiveTopQuery[] bad =
        [
            good with { Dimension = LiveDimension.Total },
            good with { Range = new(0, (31 * 86_400) + 1) },
            good with { Range = new(1, 0) },
            good with { Range = new(long.MinValue, long.MaxValue - 1) },
            good with { Limit = 0 },
            good with { Limit = 101 },
        ];

        foreach (var query in bad)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => model.Analytics.GetLiveTopAsync(TestLog.Project, query, Token));
        }
    }
}
