using Actors.Filtering;
using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Model.Live;
using static Actors.Components.Sample;

namespace Actors.Components.Live;

/// <summary>The list behind a point has exactly what the point counts: what an address says is read back and asked of observations.</summary>
public sealed class LiveLinksTests
{
    private static readonly LiveLinks Everything = new(Project, LiveFilter.Everything, EnvironmentChoice.All);

    private static ObservationRecord Call(int start, int? end, string model = "m", ObservationType type = ObservationType.Generation) =>
        Observation("o", start: start, end: end, type: type) with { Model = model };

    // The filter of an address, and whether the list behind it would show an observation.
    private static bool Shows(string address, ObservationRecord observation)
    {
        var query = System.Web.HttpUtility.ParseQueryString(address[address.IndexOf('?', StringComparison.Ordinal)..]);
        var parse = FilterText.Parse(FilterCatalog.Observations, query["f"]!);
        Assert.Null(parse.Problem);
        var (from, to) = TimeRange.Parse(query["range"], TimeRange.Day).At(T0.AddHours(1));
        return observation.StartTime >= from && observation.StartTime < to
            && FilterMatcher.Matches(parse.Filter!, FilterCatalog.Observations, new ObservationFilterRow(observation, Trace("t1"), []));
    }

    [Fact]
    public void Behind_a_second_are_the_calls_that_ended_in_it_and_those_that_began_in_it_and_run()
    {
        var second = Everything.Calls(T0.AddSeconds(1), T0.AddSeconds(2));

        Assert.StartsWith("/p/support/observations?f=", second, StringComparison.Ordinal);
        Assert.True(Shows(second, Call(-50_000, 1_000)));
        Assert.True(Shows(second, Call(1_200, 1_999)));
        Assert.True(Shows(second, Call(1_000, null)));
        Assert.False(Shows(second, Call(900, null)));
        Assert.False(Shows(second, Call(1_000, 2_000)));
        Assert.False(Shows(second, Call(0, 999)));
        Assert.False(Shows(second, Call(1_200, 1_999, type: ObservationType.Tool)));
    }

    [Fact]
    public void Behind_a_band_are_the_calls_between_its_two_lines()
    {
        var band = Everything.Latencies(T0, T0.AddSeconds(10), 1257, 2300);
        var above = Everything.Latencies(T0, T0.AddSeconds(10), 2300, null);

        Assert.False(Shows(band, Call(0, 1257)));
        Assert.True(Shows(band, Call(0, 1258)));
        Assert.True(Shows(band, Call(0, 2300)));
        Assert.False(Shows(band, Call(0, 2301)));
        Assert.True(Shows(above, Call(0, 2301)));
    }

    [Fact]
    public void What_the_page_is_narrowed_to_narrows_the_list_too()
    {
        Assert.Null(LiveFilter.TryParse("env:production model:m,n promptVersion:greeting@3 tool:search", out var filter));
        var links = new LiveLinks(Project, LiveFilter.All(filter.Conditions.Where(c => c.Dimension != LiveDimension.Tool)), EnvironmentChoice.All);
        var address = links.Counted(T0, T0.AddSeconds(1));
        var right = Call(0, 500) with { PromptName = "greeting", PromptVersion = 3 };

        Assert.True(Shows(address, right));
        Assert.False(Shows(address, right with { PromptVersion = 4 }));
        Assert.False(Shows(address, right with { Model = "o" }));
        Assert.False(Shows(address, right with { Environment = "staging" }));
        Assert.True(Shows(
            new LiveLinks(Project, LiveFilter.Of(LiveDimension.Tool, "search"), EnvironmentChoice.All).Counted(T0, T0.AddSeconds(1)),
            Observation("o", type: ObservationType.Tool) with { Name = "search" }));
    }

    [Fact]
    public void The_lists_keep_the_environments_that_are_looked_at()
    {
        var links = new LiveLinks(Project, LiveFilter.Everything, EnvironmentChoice.Parse("production"));

        Assert.EndsWith("&env=production", links.Counted(T0, T0.AddSeconds(1)), StringComparison.Ordinal);
        Assert.Equal("/p/support/traces?env=production", links.Traces);
        Assert.Equal("/p/support/traces/t1?span=o1&env=production", links.Trace("t1", "o1"));
        Assert.Equal("?by=name&env=production", (LiveAddress.Parse(null, null, "name", null) with { Environments = EnvironmentChoice.Parse("production") }).ToQuery());
    }

    [Fact]
    public void Behind_a_reason_are_the_failures_that_have_it()
    {
        var failure = new Failure("search", "Request # timed out after # ms", "Request 1234 timed out after 30 ms", 2, T0, "t1", "o1");
        var address = Everything.Failures(T0, T0.AddSeconds(10), failure);
        var failed = Observation("o") with { Name = "search", Level = ObservationLevel.Error, StatusMessage = "Request 99 timed out after 7 ms" };

        Assert.True(Shows(address, failed));
        Assert.False(Shows(address, failed with { StatusMessage = "Request 99 was refused" }));
        Assert.False(Shows(address, failed with { Name = "rerank" }));
        Assert.False(Shows(address, failed with { Level = ObservationLevel.Warning }));
        Assert.True(Shows(Everything.Failures(T0, T0.AddSeconds(10), failure with { Pattern = "", Message = null }), failed with { StatusMessage = null }));
        Assert.True(Shows(Everything.Failures(T0, T0.AddSeconds(10), failure with { Pattern = "Refused", Message = "Refused" }), failed with { StatusMessage = "Refused" }));
    }

    [Fact]
    public void Behind_a_change_is_all_of_it_since()
    {
        var change = new Change { Kind = ChangeKinds.Model, At = T0, Value = "m", Count = 1, TraceId = "t1" };

        Assert.True(Shows(Everything.Change(change, T0.AddMinutes(5)), Call(0, 100)));
        Assert.False(Shows(Everything.Change(change, T0.AddMinutes(5)), Call(0, 100, model: "n")));
        Assert.Contains("range=7d", Everything.Change(change, T0.AddDays(3)), StringComparison.Ordinal);
        Assert.Contains("range=30d", Everything.Change(change, T0.AddDays(9)), StringComparison.Ordinal);
        Assert.True(Shows(
            Everything.Change(change with { Kind = ChangeKinds.PromptVersion, Value = "a@b@2" }, T0.AddMinutes(5)),
            Call(0, 100) with { PromptName = "a@b", PromptVersion = 2 }));
        Assert.Equal("/p/support/traces/t1?span=o%2F1", Everything.Trace("t1", "o/1"));
    }
}
