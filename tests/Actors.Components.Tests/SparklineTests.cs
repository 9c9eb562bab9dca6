namespace Actors.Components;

public sealed class SparklineTests
{
    [Fact]
    public void A_gap_breaks_the_line_instead_of_touching_zero()
    {
        var line = Sparkline.Of([1, 2, null, 2, 1]).Line;

        Assert.Equal(2, line.Count(c => c == 'M'));
        Assert.DoesNotContain("26", line);
    }

    [Fact]
    public void The_area_is_closed_at_the_bottom()
    {
        var area = Sparkline.Of([1, 3]).Area;

        Assert.StartsWith("M0 26", area);
        Assert.EndsWith("L100 26Z", area);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 5 })]
    public void Too_few_values_draw_nothing(double[] values) =>
        Assert.Equal("", Sparkline.Of([.. values.Select(v => (double?)v)]).Line);

    [Fact]
    public void A_flat_course_runs_through_the_middle() => Assert.Equal("M0 13L50 13L100 13", Sparkline.Of([4, 4, 4]).Line);
}
