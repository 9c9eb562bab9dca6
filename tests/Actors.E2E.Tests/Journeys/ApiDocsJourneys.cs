using Deque.AxeCore.Playwright;

namespace Actors.E2E.Journeys;

/// <summary>The description of the public API: read by people, shared as links, and not in need of a circuit.</summary>
public sealed class ApiDocsJourneys(ProductInBrowser product)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_link_to_a_route_opens_it_and_nothing_serious_keeps_anybody_from_reading_it(bool light)
    {
        await using var visit = await OpenAsync("/api-docs#get-v3-scores", new VisitOptions { Light = light });
        var route = visit.Page.Locator("#get-v3-scores");
        await Expect(route.GetByText("needs dataType=NUMERIC").First).ToBeVisibleAsync();
        await Expect(route).ToBeInViewportAsync();
        await visit.Page.Locator("#post-ingestion > summary").ClickAsync();
        await visit.Page.Locator("#delete-scores-scoreId > summary").ClickAsync();

        var result = await visit.Page.RunAxe();

        var serious = result.Violations.Where(v => v.Impact is "serious" or "critical").ToList();
        Assert.True(serious.Count == 0, string.Join('\n', serious.Select(v => $"{v.Id}: {v.Help} {v.Nodes[0].Html}")));
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Neither_the_page_nor_the_document_scrolls_by_mistake(int width)
    {
        await using var visit = await OpenAsync("/api-docs#post-models", new VisitOptions { Width = width, Height = 844 });
        await Expect(visit.Page.Locator("#post-models pre").First).ToBeVisibleAsync();
        Assert.True(await visit.Page.EvaluateAsync<bool>(
            "() => document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task It_is_one_click_away_from_the_product_and_the_way_back_is_one_too()
    {
        await using var visit = await product.VisitAsync("live");
        await visit.Page.GetByTitle("The public API").ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The public API");
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Actors" }).First.ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Live");
        visit.AssertQuiet();
    }

    private Task<Visit> OpenAsync(string path, VisitOptions options) => Visit.OpenAsync(product.Browser, product.Silo, path, options);
}
