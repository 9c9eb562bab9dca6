namespace Actors.E2E.Journeys;

/// <summary>Whoever runs the server asks whether all is right.</summary>
public sealed class HealthJourneys(ProductInBrowser product)
{
    [Fact]
    public async Task The_page_of_health_follows_what_is_sent()
    {
        await using var visit = await product.VisitAsync("live");
        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("h");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Health");
        var position = visit.Page.Locator("[data-part='Live numbers'] tr", new() { HasText = "Include the log up to" }).Locator("td");
        await Expect(position).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"\d"));
        var before = await position.TextContentAsync();

        await product.FlushOneAsync(LiveJourneys.NewName("health"));
        await Expect(position).Not.ToHaveTextAsync(before!);
        await Expect(visit.Page.Locator("[data-part=Audit] tr", new() { HasText = "Seconds that were wrong" }).Locator("td")).ToHaveTextAsync("0");
        visit.AssertQuiet();
    }
}
