namespace Actors.Components;

public sealed class ChartModelTests
{
    private static ChartFrame Frame(bool reset, params double?[][] rows) => new(reset, 9, true, ["a"], [1], rows);

    [Fact]
    public void Merging_keeps_the_newest_value_of_each_moment()
    {
        var merged = ChartFrame.Merge(Frame(false, [1, 10], [2, 20]), Frame(false, [2, 21], [3, 30]), 100);

        Assert.Equal([[1, 10], [2, 21], [3, 30]], merged.Rows);
        Assert.False(merged.Reset);
    }

    [Fact]
    public void A_reset_that_was_never_sent_is_still_owed() =>
        Assert.True(ChartFrame.Merge(Frame(true, [1, 10]), Frame(false, [2, 20]), 100).Reset);

    [Fact]
    public void A_newer_reset_forgets_what_was_owed() =>
        Assert.Equal([[5, 50]], ChartFrame.Merge(Frame(false, [1, 10]), Frame(true, [5, 50]), 100).Rows);

    [Fact]
    public void However_slow_the_viewer_the_debt_is_bounded()
    {
        var owed = Frame(true, [0, 0]);
        for (var i = 1; i < 1000; i++)
            owed = ChartFrame.Merge(owed, Frame(false, [i, i]), 60);

        Assert.Equal(60, owed.Rows.Count);
        Assert.Equal(999, owed.Rows[^1][0]);
    }

    [Fact]
    public void Series_do_not_change_in_silence() =>
        Assert.Throws<ArgumentException>(() => ChartFrame.Merge(Frame(false), Frame(false) with { Series = ["b"] }, 10));

    [Fact]
    public void Models_keep_their_colour_whatever_the_order_and_never_share_one()
    {
        string[] names = ["gpt-5-mini", "claude-sonnet-4.5", "gemini-2.5-flash", "llama-4-70b", "mistral-large", "qwen3", "deepseek", "command-r"];

        var colors = ModelColors.For(names, "other");
        Assert.Equal(names.Length, colors.Distinct().Count());
        Assert.All(colors, c => Assert.InRange(c, 1, 8));
        Assert.Equal(colors.Reverse(), ModelColors.For([.. names.Reverse()], "other"));
        Assert.Equal(0, ModelColors.For(["gpt-5-mini", "other"], "other")[1]);
    }
}
