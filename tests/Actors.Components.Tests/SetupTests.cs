using Actors.Web.Components.Controls;
using Actors.Web.Components.Pages;
using Actors.Web.Components.Pages.Setup;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Components.Sample;

namespace Actors.Components;

/// <summary>The way to a first trace.</summary>
public sealed class SetupTests : ComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void The_snippets_name_this_server_and_the_key_and_never_a_secret()
    {
        var steps = Render<FirstSteps>(p => p.Add(f => f.Address, "http://host:3000/").Add(f => f.PublicKey, "pk-lf-1"));
        foreach (var step in FirstStep.All("http://host:3000/", "pk-lf-1").Select(s => s.Key))
        {
            steps.Find($"[data-step={step}]").Click();

            var code = steps.Find("code").TextContent;
            Assert.Contains("http://host:3000", code, StringComparison.Ordinal);
            Assert.DoesNotContain("3000//", code, StringComparison.Ordinal);
            Assert.Contains("pk-lf-1", code, StringComparison.Ordinal);
            Assert.Contains("sk-lf-…", code, StringComparison.Ordinal);
            Assert.Equal("true", steps.Find($"[data-step={step}]").GetAttribute("aria-pressed"));
        }
    }

    [Fact]
    public async Task In_an_empty_project_the_page_becomes_the_first_trace()
    {
        var page = Open();
        await BeatUntilAsync(page, () => page.Markup.Contains("Waiting for the first trace", StringComparison.Ordinal) && Grains.Metrics.Observers == 1);
        Assert.Equal("pk-lf-first", page.Find("[data-public-key]").TextContent);

        await Grains.Metrics.TickAsync(Tick(2) with { Feed = [Feed("t1", 1)], TracesSeen = 1 });

        await BeatUntilAsync(page, () => Navigation.Uri.EndsWith("/p/support/traces/t1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_others_it_shows_the_newest()
    {
        Grains.Analytics.Traces.Add(Trace("t0"));
        Grains.Metrics.Snapshot = Grains.Metrics.Snapshot with { Feed = [Feed("t0", -3)], TracesSeen = 1 };
        var page = Open();
        await BeatUntilAsync(page, () => page.FindAll("[data-arrived=t0]").Count == 1 && Grains.Metrics.Observers == 1);

        await Grains.Metrics.TickAsync(Tick(2) with { Feed = [Feed("t1", 1)], TracesSeen = 2 });

        await BeatUntilAsync(page, () => page.FindAll("[data-arrived=t1]").Count == 1);
        Assert.EndsWith("/p/support/setup", Navigation.Uri, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "/p/support/live")]
    [InlineData("/setup", "/p/support/setup")]
    public void The_entries_lead_to_the_first_project(string address, string expected)
    {
        Navigation.NavigateTo(address);
        if (address == "/")
            Render<HomePage>();
        else
            Render<SetupEntryPage>();

        Assert.EndsWith(expected, Navigation.Uri, StringComparison.Ordinal);
    }

    private IRenderedComponent<SetupPage> Open()
    {
        Navigation.NavigateTo("/p/support/setup");
        return Render<SetupPage>(p => p.Add(s => s.Project, "support"));
    }
}
