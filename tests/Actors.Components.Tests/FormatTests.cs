using Actors.Web.Model;

namespace Actors.Components;

public sealed class FormatTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.424, "0.42")]
    [InlineData(12.34, "12.3")]
    [InlineData(1284, "1,284")]
    [InlineData(93_800, "93.8k")]
    [InlineData(1_234_567, "1.23M")]
    [InlineData(4.2e9, "4.2G")]
    public void Numbers_have_about_four_digits(double value, string expected) => Assert.Equal(expected, Format.Number(value));

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(8.24, "8.2 ms")]
    [InlineData(412.4, "412 ms")]
    [InlineData(999.6, "1.00 s")]
    [InlineData(1984, "1.98 s")]
    [InlineData(59_994, "60.0 s")]
    [InlineData(125_000, "2 m 05 s")]
    [InlineData(11_520_000, "3 h 12 m")]
    public void Durations_choose_their_unit(double ms, string expected) =>
        Assert.Equal(expected, Format.Duration(TimeSpan.FromMilliseconds(ms)));

    [Theory]
    [InlineData("0", "$0")]
    [InlineData("0.0005", "$0.0005")]
    [InlineData("0.00004217", "$0.000042")]
    [InlineData("0.03124", "$0.0312")]
    [InlineData("12.4", "$12.40")]
    [InlineData("12345.6", "$12,346")]
    public void Small_money_keeps_the_digits_it_needs(string usd, string expected) =>
        Assert.Equal(expected, Format.Cost(decimal.Parse(usd, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void What_was_not_measured_is_not_zero()
    {
        Assert.Equal("–", Format.Latency(null).Value);
        Assert.Equal("–", Format.Percent(null).Value);
        Assert.Equal("–", Format.Rate(null, "/s").Value);
        Assert.Equal("0", Format.Percent(0).Value);
    }

    [Fact]
    public void A_tile_latency_changes_to_seconds_when_milliseconds_get_long()
    {
        Assert.Equal(new Quantity("1,257", "ms"), Format.Latency(1257));
        Assert.Equal(new Quantity("12.6", "s"), Format.Latency(12_570));
    }

    [Theory]
    [InlineData(110d, 100d, Wish.Neutral, "+10.0%", "")]
    [InlineData(94d, 100d, Wish.Less, "−6.0%", "good")]
    [InlineData(110d, 100d, Wish.Less, "+10.0%", "bad")]
    [InlineData(110d, 100d, Wish.More, "+10.0%", "good")]
    [InlineData(100.001d, 100d, Wish.Less, "0.0%", "")]
    [InlineData(300d, 100d, Wish.Less, "+200%", "bad")]
    public void A_change_has_a_tone_only_when_it_is_welcome_or_not(double now, double before, Wish wish, string text, string tone) =>
        Assert.Equal(new Delta(text, tone), Delta.Relative(now, before, wish));

    [Fact]
    public void Nothing_is_compared_with_nothing()
    {
        Assert.Equal(Delta.None, Delta.Relative(5, 0, Wish.Less));
        Assert.Equal(Delta.None, Delta.Relative(5, null, Wish.Less));
        Assert.Equal(Delta.None, Delta.Points(null, 0.1, Wish.Less));
        Assert.Equal(new Delta("+0.2 pt", "bad"), Delta.Points(0.012, 0.010, Wish.Less));
        Assert.Equal(new Delta("+0.01", "good"), Delta.Absolute(0.87, 0.86, Wish.More));
    }
}
