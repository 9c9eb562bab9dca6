using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace Actors.E2E.Journeys;

/// <summary>Every page in both themes and on small screens.</summary>
public sealed class LookTests(ProductInBrowser product)
{
    public static TheoryData<string, bool> PagesInThemes => new()
    {
        { "live", false },
        { "live", true },
        { "traces", false },
        { "traces", true },
        { "observations", false },
        { "observations", true },
        { "trace", false },
        { "trace", true },
        { "health", false },
        { "health", true },
        { "sessions", false },
        { "session", false },
        { "session", true },
        { "users", false },
        { "user", false },
        { "user", true },
        { "dashboards/usage", false },
        { "dashboards/usage", true },
        { "setup", false },
        { "setup", true },
    };

    public static TheoryData<string, int> PagesInWidths => new()
    {
        { "live", 390 },
        { "live", 1280 },
        { "traces", 390 },
        { "traces", 1280 },
        { "observations", 390 },
        { "observations", 1280 },
        { "trace", 390 },
        { "trace", 1280 },
        { "dashboards/usage", 390 },
        { "dashboards/usage", 1280 },
        { "health", 390 },
        { "health", 1280 },
        { "sessions", 390 },
        { "session", 390 },
        { "users", 390 },
        { "user", 390 },
        { "setup", 390 },
    };

    [Theory]
    [MemberData(nameof(PagesInThemes))]
    public async Task Nothing_serious_keeps_anybody_from_using_it(string page, bool light)
    {
        await using var visit = await OpenAsync(page, new VisitOptions { Light = light });

        var result = await visit.Page.RunAxe();

        var serious = result.Violations.Where(v => v.Impact is "serious" or "critical").ToList();
        Assert.True(serious.Count == 0, string.Join('\n', serious.Select(Describe)));
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_serious_keeps_anybody_from_using_what_opens_over_a_page(bool light)
    {
        await using var visit = await OpenAsync("traces", new VisitOptions { Light = light });
        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.Keyboard.TypeAsync("tr");
        await Expect(visit.Page.Locator("dialog.palette [role=option]").First).ToBeVisibleAsync();
        await AssertNothingSeriousAsync();
        await visit.Page.Keyboard.PressAsync("Escape");

        foreach (var opener in new[] { "[data-range-more]", "[data-env]", "button.project", "[title^='Saved views']" })
        {
            await visit.Page.Locator(opener).ClickAsync();
            await Expect(visit.Page.Locator(".popup:popover-open")).ToBeVisibleAsync();
            await AssertNothingSeriousAsync();
            await visit.Page.Keyboard.PressAsync("Escape");
            await Expect(visit.Page.Locator(opener)).ToBeFocusedAsync();
        }

        visit.AssertQuiet();

        async Task AssertNothingSeriousAsync()
        {
            var serious = (await visit.Page.RunAxe()).Violations.Where(v => v.Impact is "serious" or "critical").ToList();
            Assert.True(serious.Count == 0, string.Join('\n', serious.Select(Describe)));
        }
    }

    [Theory]
    [MemberData(nameof(PagesInWidths))]
    public async Task Nothing_scrolls_sideways(string page, int width)
    {
        await using var visit = await OpenAsync(page, new VisitOptions { Width = width, Height = 844 });

        var wide = await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        Assert.True(wide <= width, $"{page} is {wide} wide on a screen of {width}.");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_theme_is_switched_at_once_and_kept_by_the_server_without_a_flash()
    {
        await using var visit = await product.VisitAsync("live");
        var html = visit.Page.Locator("html");
        await Expect(html).Not.ToContainClassAsync("light");
        var dark = await BackgroundAsync(visit);

        await visit.Page.Locator("[data-switch=theme]").ClickAsync();
        await Expect(html).ToContainClassAsync("light");
        var light = await BackgroundAsync(visit);
        Assert.NotEqual(dark, light);

        // The markup itself carries the theme, so there is nothing to correct after the first paint.
        var markup = await (await visit.Context.APIRequest.GetAsync($"/p/{product.Keys.ProjectId}/live")).TextAsync();
        Assert.Matches("<html[^>]*class=\"[^\"]*light", markup);
        await visit.ReloadAsync();
        Assert.Equal(light, await BackgroundAsync(visit));

        await visit.Page.Locator("[data-switch=theme]").ClickAsync();
        await Expect(html).Not.ToContainClassAsync("light");
        Assert.Equal(dark, await BackgroundAsync(visit));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_keys_of_the_page_are_told_and_lead_from_page_to_page()
    {
        await using var visit = await product.VisitAsync("live");
        await visit.Page.Keyboard.PressAsync("?");
        await Expect(visit.Page.GetByText("Pause and resume")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("?");
        await Expect(visit.Page.GetByText("Pause and resume")).ToHaveCountAsync(0);

        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("t");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Traces");
        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("l");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Live");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Leaving_pages_before_they_are_ready_breaks_nothing()
    {
        await using var visit = await product.VisitAsync("live");
        var heading = visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 });
        for (var i = 0; i < 15; i++)
        {
            foreach (var (key, title) in new[] { ("t", "Traces"), ("l", "Live") })
            {
                await visit.Page.Keyboard.PressAsync("g");
                await visit.Page.Keyboard.PressAsync(key);
                await Expect(heading).ToHaveTextAsync(title);
            }
        }

        // Thirty pages were begun and dropped: on a busy machine the last one waits until the browser is through with them.
        await Expect(visit.Page.Locator("[data-feed] [data-trace]").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        visit.AssertQuiet();
    }

    private async Task<Visit> OpenAsync(string page, VisitOptions options)
    {
        var trace = product.FirstTrace;
        var path = page switch { "trace" => $"traces/{trace}", "session" => $"sessions/session-{trace[..8]}", "user" => "users/user-flush-one", _ => page };
        var visit = await product.VisitAsync(path, options);
        var filled = page switch
        {
            "live" => "[data-feed] [data-trace]",
            "traces" or "observations" or "sessions" or "users" => "[data-row]",
            "health" => "[data-part] td",
            "session" => "[data-thread] [data-trace]",
            "user" => "[data-user-traces]",
            "setup" => "[data-arrived]",
            "dashboards/usage" => "[data-state=ready] [data-points]",
            _ => "[data-span]",
        };
        await Expect(visit.Page.Locator(filled).First).ToBeVisibleAsync();
        return visit;
    }

    private static Task<string> BackgroundAsync(Visit visit) =>
        visit.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Impact} {violation.Id}: {violation.Help}\n  {string.Join("\n  ", violation.Nodes.Take(5).Select(n => n.Html))}";
}
