using Actors.Web.Components.Controls;
using Actors.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Components;

/// <summary>The house around the pages: navigation, project, environments, time.</summary>
public sealed class ShellTests : ComponentTest
{
    private static readonly (TimeRange Range, string Text)[] Presets = [(TimeRange.Hour, "1 h"), (TimeRange.Day, "24 h")];

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_navigation_lists_every_page_and_marks_the_one_that_is_open()
    {
        Navigation.NavigateTo("/p/support/traces");
        var nav = Render<NavMenu>();

        Assert.Equal(NavPage.All.Select(p => p.Title), nav.FindAll("nav > a .label").Select(l => l.TextContent));
        Assert.Equal("Traces", nav.Find("[aria-current=page] .label").TextContent);
        Assert.Equal("Support copilot", nav.Find("[data-project]").TextContent);
        Assert.Contains(Shortcuts.Active, s => s.Chord == "g t");
    }

    [Fact]
    public async Task Links_and_keys_carry_the_environments_and_nothing_else()
    {
        Navigation.NavigateTo("/p/support/traces?env=staging&f=level%3AERROR");
        var nav = Render<NavMenu>();
        Assert.Equal("/p/support/live?env=staging", nav.Find("nav > a[href*=live]").GetAttribute("href"));

        await nav.InvokeAsync(() => Shortcuts.RunAsync("g l"));

        Assert.EndsWith("/p/support/live?env=staging", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("Live", nav.Find("[aria-current=page] .label").TextContent);
    }

    [Fact]
    public void Another_project_opens_at_the_same_page()
    {
        Navigation.NavigateTo("/p/support/traces?env=staging");
        var nav = Render<NavMenu>();

        nav.Find("button.project").Click();

        Assert.Equal("/p/sales/traces", nav.Find("[data-to-project=sales]").GetAttribute("href"));
        Assert.Equal("true", nav.Find("[data-to-project=support]").GetAttribute("aria-current"));
    }

    [Fact]
    public void An_environment_is_chosen_into_the_address_and_the_rest_of_it_stays()
    {
        Navigation.NavigateTo("/p/support/traces?f=level%3AERROR");
        var nav = Render<NavMenu>();
        nav.Find("button.env").Click();
        Assert.Equal(["production", "staging"], nav.FindAll(".choices label .ell").Select(l => l.TextContent));

        nav.Find(".choices input").Change(true);

        Assert.EndsWith("/p/support/traces?f=level%3AERROR&env=production", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("production", nav.Find("[data-env]").GetAttribute("data-env"));
        nav.FindAll(".choices button")[0].Click();
        Assert.EndsWith("/p/support/traces?f=level%3AERROR", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_is_one_of_the_usual_ones()
    {
        var picker = Picker(TimeRange.Hour);

        Assert.Equal("1 h", picker.Find("[aria-current=true]").TextContent);
        Assert.Equal("?range=24h", picker.FindAll(".seg a")[1].GetAttribute("href"));
    }

    [Fact]
    public void A_page_that_renders_often_does_not_send_the_picker_again()
    {
        var picker = Picker(TimeRange.Hour);
        picker.Find("[data-range-more]").Click();
        Assert.Equal("?range=2026-03-01T10:00:00.000Z,2026-03-01T11:00:00.000Z", picker.Find(".pick a").GetAttribute("href"));
        var before = picker.RenderCount;

        picker.Render(p => p.Add(t => t.Address, r => $"?range={r.Text}"));
        Assert.Equal(before, picker.RenderCount);

        picker.Render(p => p.Add(t => t.Address, r => $"?f=x&range={r.Text}"));
        Assert.Equal("?f=x&range=1h", picker.Find(".seg a").GetAttribute("href"));
    }

    [Fact]
    public void A_length_of_ones_own_is_applied_and_shown()
    {
        var picker = Picker(TimeRange.Hour);
        picker.Find("[data-range-more]").Click();
        picker.Find("input[type=number]").Change("90");
        picker.Find("select").Change("m");
        picker.FindAll("form")[0].Submit();
        Assert.EndsWith("?range=90m", Navigation.Uri, StringComparison.Ordinal);

        picker.Render(p => p.Add(t => t.Range, TimeRange.Parse("90m", TimeRange.Hour)));
        Assert.Empty(picker.FindAll("[aria-current=true]"));
        Assert.Equal("90 m", picker.Find("[data-range-more]").TextContent.Trim());
    }

    [Fact]
    public void Two_instants_are_read_in_the_zone_of_the_viewer()
    {
        Services.GetRequiredService<ViewerClock>().Use("Asia/Kolkata");
        var picker = Picker(TimeRange.Hour);
        picker.Find("[data-range-more]").Click();
        var fields = picker.FindAll("input[type=datetime-local]");
        Assert.Equal(Services.GetRequiredService<ViewerClock>().Field(Sample.T0.AddHours(-1)), fields[0].GetAttribute("value"));

        fields[0].Change("2026-02-28T05:30");
        fields[1].Change("2026-02-28T06:30:15");
        picker.FindAll("form")[1].Submit();

        Assert.EndsWith("?range=2026-02-28T00:00:00.000Z,2026-02-28T01:00:15.000Z", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-02-28T05:30", "2026-02-28T05:30", "The ends are the same.")]
    [InlineData("2020-02-28T05:30", "2026-02-28T05:30", "At most 400 days.")]
    [InlineData("", "2026-02-28T05:30", "Both ends are needed.")]
    public void Ends_that_are_no_range_are_refused(string from, string to, string problem)
    {
        var before = Navigation.Uri;
        var picker = Picker(TimeRange.Hour);
        picker.Find("[data-range-more]").Click();
        picker.FindAll("input[type=datetime-local]")[0].Change(from);
        picker.FindAll("input[type=datetime-local]")[1].Change(to);
        picker.FindAll("form")[1].Submit();

        Assert.Equal(problem, picker.Find(".problem").TextContent);
        Assert.Equal(before, Navigation.Uri);
    }

    [Fact]
    public void Rows_follow_the_density_that_the_browser_reports()
    {
        var density = Services.GetRequiredService<ViewerDensity>();
        var switched = 0;
        density.Changed += () => switched++;

        density.Use("compact");
        density.Use("compact");
        Assert.Equal((1, 27), (switched, density.Current.RowHeight));
        density.Use("anything");
        Assert.Equal((2, 34), (switched, density.Current.RowHeight));
    }

    private IRenderedComponent<TimeRangePicker> Picker(TimeRange range) => Render<TimeRangePicker>(p => p
        .Add(t => t.Range, range).Add(t => t.Presets, Presets).Add(t => t.Address, r => $"?range={r.Text}"));
}
