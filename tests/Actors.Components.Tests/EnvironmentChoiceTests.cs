using Actors.Filtering;
using Actors.Live;

namespace Actors.Components;

public sealed class EnvironmentChoiceTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("production", "production")]
    [InlineData("staging,production,staging", "production,staging")]
    [InlineData("Production,a b,<x>,../etc,dev", "dev")]
    [InlineData("langfuse-evaluation", "langfuse-evaluation")]
    public void An_address_names_environments_and_nothing_else(string? text, string expected) =>
        Assert.Equal(expected, EnvironmentChoice.Parse(text).Text);

    [Fact]
    public void An_address_cannot_name_too_many() =>
        Assert.Equal(20, EnvironmentChoice.Parse(string.Join(',', Enumerable.Range(0, 500).Select(i => $"e{i}"))).Names.Count);

    [Theory]
    [InlineData("/p/a/live", "/p/a/live?env=dev%2Cprod")]
    [InlineData("/p/a/live?", "/p/a/live?env=dev%2Cprod")]
    [InlineData("/p/a/live?range=5m", "/p/a/live?range=5m&env=dev%2Cprod")]
    public void It_is_put_into_an_address(string address, string expected)
    {
        Assert.Equal(expected, EnvironmentChoice.Parse("prod,dev").On(address));
        Assert.Equal(address, EnvironmentChoice.All.On(address));
    }

    [Fact]
    public void It_is_one_more_condition_of_a_filter()
    {
        var level = Filter.Equal("level", "ERROR");

        Assert.Equal(level, EnvironmentChoice.All.And(FilterCatalog.Traces, level));
        Assert.Equal(Filter.Equal("environment", "dev"), EnvironmentChoice.Parse("dev").And(FilterCatalog.Traces, Filter.Everything));
        Assert.Equal(
            "level:ERROR env:dev,prod",
            FilterText.Format(FilterCatalog.Traces, EnvironmentChoice.Parse("prod,dev").And(FilterCatalog.Traces, level)));
    }

    [Fact]
    public void It_narrows_what_a_live_filter_counts()
    {
        Assert.Null(LiveFilter.TryParse("env:dev,test", out var filter));

        Assert.Equal("env:dev", EnvironmentChoice.Parse("prod,dev").And(filter).ToString());
        Assert.Equal(filter, EnvironmentChoice.All.And(filter));
    }

    [Fact]
    public void One_is_taken_in_and_left_out_again()
    {
        var choice = EnvironmentChoice.All.Toggle("prod").Toggle("dev");
        Assert.Equal(EnvironmentChoice.Parse("dev,prod"), choice);
        Assert.Equal(EnvironmentChoice.All, choice.Toggle("prod").Toggle("dev"));
    }
}
