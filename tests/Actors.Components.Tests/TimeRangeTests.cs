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

    [Fact]
    public void A_range_is_moved_and_widened_and_never_reaches_into_the_future()
    {
        Assert.Equal((Now.AddHours(-2), Now.AddHours(-1)), TimeRange.Hour.Earlier(Now).At(Now));
        Assert.Equal((Now.AddMinutes(-60), Now), TimeRange.Between(Now.AddMinutes(-90), Now.AddMinutes(-30)).Later(Now).At(Now));
        Assert.Equal((Now.AddHours(-2), Now), TimeRange.Hour.Wider(Now).At(Now));
        Assert.Equal((Now.AddHours(-11), Now.AddHours(-9)), TimeRange.Between(Now.AddHours(-10.5), Now.AddHours(-9.5)).Wider(Now).At(Now));
        Assert.Equal(TimeRange.Longest, TimeRange.Parse("399d", TimeRange.Day).Wider(Now).Length);
        Assert.Equal(TimeRange.Between(Now.AddHours(-1), Now), TimeRange.Hour.Held(Now));
    }

    [Theory]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00Z")]
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00Z")]
    [InlineData("2026-07-01T12:00:05", "2026-07-01T10:00:05Z")]
    [InlineData("yesterday", null)]
    [InlineData("0001-01-01T00:00", null)]
    public void A_field_is_read_in_the_zone_of_the_viewer_also_when_its_clocks_change(string text, string? expected)
    {
        var clock = new ViewerClock();
        clock.Use("Europe/Berlin");

        Assert.Equal(expected is null ? null : DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), clock.ReadField(text));
    }
}
