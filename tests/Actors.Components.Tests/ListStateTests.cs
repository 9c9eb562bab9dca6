using Actors.Filtering;

namespace Actors.Components;

public sealed class ListStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_usual_is_left_out_of_the_address() => Assert.Equal("", TraceFilter.Empty.ToQuery());

    [Fact]
    public void Values_are_escaped_in_the_address()
    {
        var state = TraceFilter.Empty.WithRange("1h").And("userId", "a&b=c").AndOneOf("level", ["ERROR", "WARNING"]);

        Assert.Equal("?f=user%3A%22a%26b%3Dc%22%20level%3AERROR%2CWARNING&range=1h", state.ToQuery());
    }

    [Fact]
    public void The_whole_state_comes_back_from_its_address()
    {
        var state = TraceFilter.Empty.WithText("level:ERROR latency:>2s").WithRange("7d").WithSort("cost").WithColumns("name:240,cost")
            .WithEnvironments("production,staging") with { View = "v1" };

        Assert.Equal("?f=level%3AERROR%20latency%3A%3E2s&range=7d&sort=cost&env=production%2Cstaging&cols=name%3A240%2Ccost&view=v1&peek=t%2F1", state.ToQuery("t/1"));
        Assert.Equal(
            state,
            TraceFilter.Empty.WithText("level:ERROR latency:>2s").WithRange("7d").WithSort("cost").WithColumns("name:240,cost")
                .WithEnvironments("production,staging") with { View = "v1" });
    }

    [Fact]
    public void States_are_equal_by_what_they_say()
    {
        Assert.Equal(TraceFilter.Empty.AndOneOf("model", ["x"]), TraceFilter.Empty.WithText("model:x"));
        Assert.NotEqual(TraceFilter.Empty.AndOneOf("model", ["x"]), TraceFilter.Empty.AndOneOf("name", ["x"]));
    }

    [Fact]
    public void Other_columns_show_the_same_rows_and_another_order_does_not()
    {
        Assert.True(TraceFilter.Empty.HasRowsOf(TraceFilter.Empty.WithColumns("name")));
        Assert.False(TraceFilter.Empty.HasRowsOf(TraceFilter.Empty.SortedBy("cost")));
        Assert.False(TraceFilter.Empty.HasRowsOf(TraceFilter.Empty.WithEnvironments("production")));
    }

    [Fact]
    public void A_facet_changes_its_own_part_of_what_is_written()
    {
        var state = TraceFilter.Empty.WithText("hello env:a -env:c latency:>2s");

        Assert.Equal(["a"], state.Chosen("environment"));
        Assert.Equal("hello env:a,b -env:c latency:>2s", state.Toggle("environment", "b").Text);
        Assert.Equal("hello -env:c latency:>2s", state.Toggle("environment", "a").Text);
        Assert.Equal("hello env:a -env:c latency:>2s level:ERROR", state.Toggle("level", "ERROR").Text);
    }

    [Fact]
    public void A_facet_of_scores_asks_for_rows_that_have_one()
    {
        var state = TraceFilter.Empty.WithText("level:ERROR").Toggle("scores_avg", "helpfulness");

        Assert.Equal("level:ERROR has:scores_avg.helpfulness", state.Text);
        Assert.Equal(["helpfulness"], state.Chosen("scores_avg"));
        Assert.Equal("level:ERROR has:scores_avg.helpfulness has:scores_avg.tone", state.Toggle("scores_avg", "tone").Text);
        Assert.Equal("level:ERROR", state.Toggle("scores_avg", "helpfulness").Text);
    }

    [Fact]
    public void What_cannot_be_read_stays_as_it_is_written_and_matches_nothing()
    {
        var state = TraceFilter.Empty.WithText(" level:LOUD ");

        Assert.Equal(("level:LOUD", 6), (state.Text, state.Problem!.Position));
        Assert.Equal(Filter.Nothing, new ListQuestion(state, Now).Filter);
        Assert.Equal(state, state.And("userId", "u"));
    }

    [Fact]
    public void The_environment_switch_narrows_what_is_asked_and_not_what_is_written()
    {
        var state = TraceFilter.Empty.WithText("level:ERROR").WithEnvironments("production, staging,production");

        Assert.Equal("level:ERROR", state.Text);
        Assert.Equal("level:ERROR env:production,staging", FilterText.Format(FilterCatalog.Traces, new ListQuestion(state, Now).Filter));
    }

    [Fact]
    public void A_relative_range_has_no_end_so_that_new_rows_are_counted()
    {
        var question = new ListQuestion(TraceFilter.Empty.AndContains("name", "chat"), Now);

        Assert.Equal(Now.AddDays(-1), question.From);
        Assert.Null(question.To);
        Assert.Equal(new Condition("name", null, FilterOperator.Contains, new TextValue("chat")), question.Filter);
    }

    [Fact]
    public void Choosing_a_column_again_turns_the_order_round()
    {
        var once = TraceFilter.Empty.SortedBy("cost");

        Assert.Equal("?sort=-cost", once.ToQuery());
        Assert.Equal("?sort=cost", once.SortedBy("cost").ToQuery());
        Assert.Equal(once, TraceFilter.Empty.WithSort("-cost"));
        Assert.Equal(TraceFilter.Empty, TraceFilter.Empty.WithSort("-shoes"));
        Assert.Equal(TraceFilter.Empty, TraceFilter.Empty.WithSort("-input"));
    }

    [Fact]
    public void The_time_alone_is_not_narrow()
    {
        Assert.False(TraceFilter.Empty.WithRange("1h").IsNarrow);
        Assert.True(TraceFilter.Empty.And("sessionId", "s").IsNarrow);
        Assert.True(TraceFilter.Empty.WithEnvironments("production").IsNarrow);
    }
}
