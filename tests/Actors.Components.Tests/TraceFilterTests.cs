using Actors.Tracing;
using Actors.Web.Model;

namespace Actors.Components;

public sealed class TraceFilterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_usual_is_left_out_of_the_address() => Assert.Equal("", TraceFilter.Empty.ToQuery());

    [Fact]
    public void Values_are_escaped_in_the_address()
    {
        var filter = TraceFilter.Empty with { User = "a&b=c", Levels = ["ERROR", "WARNING"], Range = TimeRange.Hour };

        Assert.Equal("?user=a%26b%3Dc&level=ERROR&level=WARNING&range=1h", filter.ToQuery());
    }

    [Fact]
    public void Filters_are_equal_by_what_they_say()
    {
        Assert.Equal(TraceFilter.Empty with { Models = ["x"] }, TraceFilter.Empty with { Models = ["x"] });
        Assert.NotEqual(TraceFilter.Empty with { Models = ["x"] }, TraceFilter.Empty with { Names = ["x"] });
    }

    [Fact]
    public void Toggling_twice_changes_nothing()
    {
        var once = TraceFilter.Toggle(["b"], "a");

        Assert.Equal(["a", "b"], once);
        Assert.Equal(["b"], TraceFilter.Toggle(once, "a"));
    }

    [Fact]
    public void A_relative_range_has_no_end_so_that_new_traces_are_counted()
    {
        var query = (TraceFilter.Empty with { Levels = ["ERROR", "nonsense"], Name = "chat" }).Query(Now);

        Assert.Equal(Now.AddDays(-1), query.From);
        Assert.Null(query.To);
        Assert.Equal([ObservationLevel.Error], query.Levels);
        Assert.Equal("chat", query.NameContains);
    }

    [Fact]
    public void The_time_alone_is_not_narrow()
    {
        Assert.False((TraceFilter.Empty with { Range = TimeRange.Hour }).IsNarrow);
        Assert.True((TraceFilter.Empty with { Session = "s" }).IsNarrow);
    }
}
