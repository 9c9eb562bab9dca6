using Actors.Grains.Live;
using Actors.Live;
using Xunit;

namespace Actors.Grains.Tests.Live;

/// <summary>Which values have a series of their own.</summary>
public class SeriesNamesTests
{
    private readonly SeriesNames _names = new();

    [Fact]
    public void Values_beyond_the_cap_share_a_series_and_those_before_it_keep_theirs()
    {
        var own = Enumerable.Range(0, LiveSeriesKey.MaxPerDimension).Select(i => Model($"m-{i}")).ToList();
        Assert.All(own, key => Assert.Equal(key, _names.Map(key)));
        Assert.False(_names.Overflowed);

        Assert.Equal(Model(LiveSeriesKey.Other), _names.Map(Model("one more")));
        Assert.True(_names.Overflowed);
        Assert.All(own, key => Assert.Equal(key, _names.Map(key)));
        Assert.Equal(new(LiveDimension.Tool, "m"), _names.Map(new(LiveDimension.Tool, "m")));
    }

    [Fact]
    public void A_value_that_is_called_other_is_no_sign_that_there_is_no_room()
    {
        Assert.Equal(Model(LiveSeriesKey.Other), _names.Map(Model(LiveSeriesKey.Other)));
        Assert.False(_names.Overflowed);
    }

    [Fact]
    public void An_answer_that_was_asked_before_a_value_got_its_place_is_of_no_use_when_it_joined_values()
    {
        var before = _names.Own;
        _names.Map(Model("new"));

        Assert.True(_names.CanAdopt(before, [Bucket(Model("a"), Model("b"))]));
        Assert.False(_names.CanAdopt(before, [Bucket(Model("a"), Model(LiveSeriesKey.Other))]));
        Assert.True(_names.CanAdopt(_names.Own, [Bucket(Model("a"), Model(LiveSeriesKey.Other))]));
    }

    private static LiveSeriesKey Model(string name) => new(LiveDimension.Model, name);

    private static SumBucket Bucket(params LiveSeriesKey[] keys) => new(0, [.. keys.Select(key => new SeriesSums { Key = key })], 0, 0);
}
