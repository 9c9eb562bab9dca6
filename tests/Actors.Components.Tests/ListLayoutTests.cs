namespace Actors.Components;

public sealed class ListLayoutTests
{
    private static readonly ListColumn[] Columns =
    [
        new("time", "Time", 120), new("name", "Name", 100) { Grow = 1.5 }, new("cost", "Cost", 80) { Numeric = true }, new("id", "Id", 90) { Shown = false },
    ];

    private static ListLayout Usual { get; } = ListLayout.Parse(Columns, null);

    private static ListLayout Of(string text) => ListLayout.Parse(Columns, text);

    private static IEnumerable<string> Keys(ListLayout layout) => layout.Columns.Select(c => c.Column.Key);

    [Fact]
    public void The_usual_columns_have_no_text()
    {
        Assert.Equal(["time", "name", "cost"], Keys(Usual));
        Assert.Equal("", Usual.Text);
        Assert.Equal("", Of("time,name,cost").Text);
    }

    [Theory]
    [InlineData("name,time")]
    [InlineData("id:200")]
    [InlineData("cost,name:240,id")]
    public void What_was_chosen_comes_back(string text) => Assert.Equal(text, Of(text).Text);

    [Theory]
    [InlineData("shoes,name,name,cost:x", "name,cost")]
    [InlineData("name:5,cost:99999", "name:40,cost:1200")]
    [InlineData(",,", "")]
    [InlineData("shoes", "")]
    public void What_is_not_known_is_left_out(string text, string kept) => Assert.Equal(kept, Of(text).Text);

    [Fact]
    public void A_column_comes_and_goes_and_the_last_one_stays()
    {
        Assert.Equal("time,name,cost,id", Usual.Toggle("id").Text);
        Assert.Equal("time,cost", Usual.Toggle("name").Text);
        Assert.Equal("name", Of("name").Toggle("name").Text);
        Assert.Same(Usual, Usual.Toggle("shoes"));
    }

    [Fact]
    public void A_column_moves_and_stops_at_the_ends()
    {
        Assert.Equal(["name", "time", "cost"], Keys(Usual.Move("name", -1)));
        Assert.Equal(["name", "time", "cost"], Keys(Usual.Move("name", -9)));
        Assert.Equal(["time", "cost", "name"], Keys(Usual.Move("name", 9)));
    }

    [Fact]
    public void A_width_that_was_given_does_not_grow()
    {
        Assert.Equal("120px minmax(100px, 1.5fr) 80px", Usual.Tracks);
        Assert.Equal("120px 240px 80px", Usual.Resize("name", 240).Tracks);
        Assert.Equal(440, Usual.Resize("name", 240).Pixels);
        Assert.Equal("", Usual.Resize("name", 240).Resize("name", null).Text);
    }

    [Fact]
    public void All_columns_are_offered_those_that_are_shown_first() =>
        Assert.Equal([("cost", true), ("id", true), ("time", false), ("name", false)], Of("cost,id").All.Select(c => (c.Column.Key, c.Shown)));
}
