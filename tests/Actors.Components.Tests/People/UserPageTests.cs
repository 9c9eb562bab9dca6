using Actors.Live;
using Actors.Queries;
using Actors.Web.Components.Pages.Sessions;
using Actors.Web.Components.Pages.Users;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Components.People;

/// <summary>Users: the list, one of them, cohorts, and how one is forgotten.</summary>
public sealed class UserPageTests : ComponentTest
{
    private static readonly TraceGroup Anna = new()
    {
        Id = "anna", Traces = 3, FailedTraces = 1, Errors = 2, Sessions = 2, CostUsd = 1.5m, FirstAt = Sample.T0, LastAt = Sample.T0, Users = ["anna"],
        Satisfaction = 0.75, Outlier = TraceGroupOutlier.Spend, Course = [1, 2, 0], Environments = ["production"],
    };

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task The_list_shows_who_stands_out_and_hides_ids_when_asked()
    {
        Grains.Analytics.Groups.Add(Anna);
        Navigation.NavigateTo("/p/support/users?f=cost%3A%3E1");
        var page = Render<UsersPage>(p => p.Add(u => u.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-row='anna']").Count == 1);

        Assert.Equal("anna", page.Find("[data-row='anna'] .stretch").TextContent);
        Assert.Contains("Spend", page.Find("[data-row='anna']").TextContent, StringComparison.Ordinal);
        Assert.Contains("75 %", page.Find("[data-row='anna']").TextContent, StringComparison.Ordinal);
        Assert.Contains(Grains.Analytics.GroupQueries, q => q is { Kind: TraceGroupKind.User, OrderBy: TraceGroupOrder.Outlier, WithOutliers: true });

        await page.FindAll("button").Single(b => b.TextContent == "Hide ids").ClickAsync(new());
        Assert.DoesNotContain(">anna<", page.Markup, StringComparison.Ordinal);
        Assert.StartsWith("User ", page.Find("[data-row='anna'] .stretch").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_of_sessions_shows_what_they_add_up_to()
    {
        Grains.Analytics.Groups.Add(Anna with { Id = "talk", Scores = [new("helpful", 4, 0.5)], LastAt = Sample.T0.AddMinutes(5) });
        Navigation.NavigateTo("/p/support/sessions?env=production");
        var page = Render<SessionsPage>(p => p.Add(u => u.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-row='talk']").Count == 1);

        var row = page.Find("[data-row='talk']").TextContent;
        Assert.Contains("5 m 00 s", row, StringComparison.Ordinal);
        Assert.Contains("helpful 0.5", row, StringComparison.Ordinal);
        Assert.Contains("anna", row, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-row='talk'] .spark"));
    }

    [Fact]
    public async Task A_user_has_figures_of_the_range_and_live_totals_of_all_time()
    {
        Grains.Analytics.Groups.Add(Anna);
        Grains.Analytics.Traces.Add(Sample.Trace("t1"));
        var key = LiveSeriesKey.Total;
        Grains.Metrics.Snapshot = new LiveSnapshot
        {
            Version = 1,
            At = Sample.T0,
            Seen = new LiveSeen(Sample.Second(-100), Sample.Second(0)),
            Windows = [new() { Key = key, Window = LiveWindows.AllTime, From = 0, Current = new LiveStats { Traces = 1234, CostUsd = 9 } }],
        };
        Navigation.NavigateTo("/p/support/users/anna?range=24h");
        var page = Render<UserPage>(p => p.Add(u => u.Project, "support").Add(u => u.UserId, "anna"));
        await BeatUntilAsync(page, () => page.FindAll("[data-all-traces='1234']").Count == 1
            && page.FindAll("[data-user-traces='1']").Count == 1
            && page.FindAll("[data-tile=satisfaction] .value") is [{ TextContent: "75%" }]
            && page.FindAll("[data-support-link]").Count == 1);

        Assert.Equal("33.3%", page.Find("[data-tile=errors] .value").TextContent);
        Assert.Equal("75%", page.Find("[data-tile=satisfaction] .value").TextContent);
        Assert.Equal("1", page.Find("[data-user-traces]").GetAttribute("data-user-traces"));
        Assert.Contains("/users/anna?range=", page.Find("[data-support-link]").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("%2C", page.Find("[data-support-link]").GetAttribute("href"), StringComparison.Ordinal);
        Assert.True(Grains.Metrics.Wanted.HasFlag(LiveWindows.AllTime));
    }

    [Fact]
    public async Task Cohorts_are_compared_by_a_value_of_the_metadata()
    {
        Grains.Analytics.Cohorts.Add(new Cohort { Value = "team", Users = 3, Traces = 10, FailedTraces = 1, MedianCostUsd = 0.5m, Satisfaction = 0.9, Feedback = 4 });
        Navigation.NavigateTo("/p/support/cohorts?by=metadata.plan");
        var page = Render<CohortsPage>(p => p.Add(c => c.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-cohort='team']").Count == 1);

        var row = page.Find("[data-cohort='team']");
        Assert.Contains("$0.5000", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("10 %", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("90 %", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("metadata.plan%3Ateam", row.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_is_erased_when_the_id_is_written_and_the_rest_is_told()
    {
        Grains.Analytics.Groups.Add(Anna);
        Grains.Analytics.Traces.AddRange([Sample.Trace("t1"), Sample.Trace("t2"), Sample.Trace("t3")]);
        Grains.Trace.OnDelete = key => Grains.Analytics.Traces.RemoveAll(t => key.EndsWith(t.Id, StringComparison.Ordinal));
        Navigation.NavigateTo("/p/support/users/anna?tab=erase");
        var page = Render<UserPage>(p => p.Add(u => u.Project, "support").Add(u => u.UserId, "anna"));
        await BeatUntilAsync(page, () => page.FindAll("[data-goes=traces]").Count == 1);
        Assert.Equal("3", page.Find("[data-goes=traces]").TextContent);
        Assert.True(page.Find(".danger").HasAttribute("disabled"));

        await page.Find(".erase input").InputAsync(new() { Value = "Anna" });
        Assert.True(page.Find(".danger").HasAttribute("disabled"));
        await page.Find(".erase input").InputAsync(new() { Value = "anna" });
        await page.Find(".erase form").SubmitAsync();
        await BeatUntilAsync(page, () => page.FindAll("[data-erase-state=Done]").Count == 1);

        Assert.Contains("3 traces and the scores of", page.Find(".erase").TextContent, StringComparison.Ordinal);
        Assert.Empty(Grains.Analytics.Traces);
    }
}
