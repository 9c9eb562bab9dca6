using Actors.Live;
using Xunit;

namespace Actors.Grains.Tests.Live;

/// <summary>The names of series are one cut of the values, whoever makes it.</summary>
public sealed class LiveSeriesKeyTests
{
    [Theory]
    [InlineData(199, "a", 200)]
    [InlineData(199, "ab", 200)]
    [InlineData(198, "🙂b", 200)]
    [InlineData(199, "🙂b", 199)]
    [InlineData(200, "🙂b", 200)]
    public void A_value_is_cut_but_not_within_a_character(int before, string end, int length)
    {
        var whole = new string('x', before) + end;

        Assert.Equal(new LiveSeriesKey(LiveDimension.Model, whole[..length]), LiveSeriesKey.Of(LiveDimension.Model, whole));
    }
}
