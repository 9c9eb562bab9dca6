namespace Actors.Components;

public sealed class TimeRangeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("60s", 60)]
    [InlineData("5m", 300)]
    [InlineData("24h", 86_400)]
    [InlineData("7d", 604_800)]
    public void A_length_ends_now(string text, int seconds)
    {
        var range = TimeRange.Parse(text, TimeRange.Day);

        Assert.Equal((Now.AddSeconds(-seconds), Now), range.At(Now));
        Assert.False(range.IsFixed);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("abc")]
    [InlineData("-5m")]
    [InlineData("0s")]
    [InlineData("99999999999999d")]
    [InlineData("2026-01-01T00:00:00Z,never")]
    [InlineData("2026-01-01T00:00:00Z,2026-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00Z,9999-01-01T00:00:00Z")]
    public void An_unreadable_address_is_the_usual_range(string? text) =>
        Assert.Equal(TimeRange.Day, TimeRange.Parse(text, TimeRange.Day));

    [Fact]
    public void A_fixed_range_survives_the_address_and_takes_its_ends_in_any_order()
    {
        var range = TimeRange.Between(Now, Now.AddMinutes(-3));

        Assert.Equal(range, TimeRange.Parse(range.Text, TimeRange.Day));
        Assert.Equal((Now.AddMinutes(-3), Now), range.At(Now.AddYears(1)));
        Assert.True(range.IsFixed);
        Assert.False(range.IsLive);
    }

    [Fact]
    public void Only_what_the_live_edge_keeps_is_live()
    {
        Assert.True(TimeRange.FiveMinutes.IsLive);
        Assert.False(TimeRange.Parse("6m", TimeRange.Day).IsLive);
    }
}
