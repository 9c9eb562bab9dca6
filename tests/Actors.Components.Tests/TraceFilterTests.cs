using Actors.Filtering;
using Actors.Queries;

namespace Actors.Components;

public sealed class TraceFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_usual_is_left_out_of_the_address() => Assert.Equal("", TraceFilter.Empty.ToQuery());

    [Fact]
    public void Values_are_escaped_in_the_address()
    {
        var filter = (TraceFilter.Empty with { Range = TimeRange.Hour }).And("userId", "a&b=c").AndOneOf("level", ["ERROR", "WARNING"]);

        Assert.Equal("?f=user%3A%22a%26b%3Dc%22%20level%3AERROR%2CWARNING&range=1h", filter.ToQuery());
    }

    [Fact]
    public void Filters_are_equal_by_what_they_say()
    {
        Assert.Equal(TraceFilter.Empty.AndOneOf("model", ["x"]), TraceFilter.Empty.WithText("model:x"));
        Assert.NotEqual(TraceFilter.Empty.AndOneOf("model", ["x"]), TraceFilter.Empty.AndOneOf("name", ["x"]));
    }

    [Fact]
    public void A_facet_changes_its_own_part_of_what_is_written()
    {
        var filter = TraceFilter.Empty.WithText("hello env:a -env:c latency:>2s");

        Assert.Equal(["a"], filter.Chosen("environment"));
        Assert.Equal("hello env:a,b -env:c latency:>2s", filter.Toggle("environment", "b").Text);
        Assert.Equal("hello -env:c latency:>2s", filter.Toggle("environment", "a").Text);
        Assert.Equal("hello env:a -env:c latency:>2s level:ERROR", filter.Toggle("level", "ERROR").Text);
    }

    [Fact]
    public void What_cannot_be_read_stays_as_it_is_written_and_matches_nothing()
    {
        var filter = TraceFilter.Empty.WithText(" level:LOUD ");

        Assert.Equal(("level:LOUD", 6), (filter.Text, filter.Problem!.Position));
        Assert.Equal(Filter.Nothing, filter.Query(Now).Filter);
        Assert.Equal(filter, filter.And("userId", "u"));
    }

    [Fact]
    public void A_relative_range_has_no_end_so_that_new_traces_are_counted()
    {
        var query = TraceFilter.Empty.AndContains("name", "chat").Query(Now);

        Assert.Equal(Now.AddDays(-1), query.From);
        Assert.Null(query.To);
        Assert.Equal(new Condition("name", null, FilterOperator.Contains, new TextValue("chat")), query.Filter);
    }

    [Fact]
    public void Choosing_a_column_again_turns_the_order_round()
    {
        var once = TraceFilter.Empty.SortedBy(TraceOrder.Cost);

        Assert.Equal("?sort=-cost", once.ToQuery());
        Assert.Equal("?sort=cost", once.SortedBy(TraceOrder.Cost).ToQuery());
        Assert.Equal(once, TraceFilter.Empty.WithOrder("-cost"));
        Assert.Equal(TraceFilter.Empty, TraceFilter.Empty.WithOrder("-shoes"));
    }

    [Fact]
    public void The_time_alone_is_not_narrow()
    {
        Assert.False((TraceFilter.Empty with { Range = TimeRange.Hour }).IsNarrow);
        Assert.True(TraceFilter.Empty.And("sessionId", "s").IsNarrow);
    }
}
