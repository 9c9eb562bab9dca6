using System.Net;
using System.Text.Json.Nodes;

namespace Actors.E2E.Journeys;

/// <summary>A customer clicks on a page of another origin, and whoever looks at the live page sees it.</summary>
public sealed class FeedbackJourneys(ProductInBrowser product)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thumb_moves_the_quality_tile_counts_once_and_need_not_wait_for_its_trace()
    {
        await using var shop = await FeedbackShop.OpenAsync(product);
        await SendTraceAsync(shop, "known");
        await using var live = await shop.LookAsync();
        var quality = Quality(live);
        await Expect(live.Page.Locator("[data-feed] [data-trace]")).ToHaveCountAsync(1);

        var page = await shop.EnterAsync("?trace=known");
        await ClickAsync(page, "Helpful");
        await Expect(quality).ToHaveAttributeAsync("data-value", "1.00");

        // The second click replaces the first: both together would be a half.
        await ClickAsync(page, "Not helpful");
        await Expect(quality).ToHaveAttributeAsync("data-value", "0.00");

        await ClickAsync(await shop.EnterAsync("?trace=later"), "Helpful");
        await Expect(quality).ToHaveAttributeAsync("data-value", "0.50");
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Client.GetAsync("/api/public/traces/later", Cancel)).Status);
        await SendTraceAsync(shop, "later");
        Assert.Equal([("helpful-later", 1)], await ScoresAsync(shop, "later"));
        Assert.Equal([("helpful-known", 0)], await ScoresAsync(shop, "known"));
        await Expect(live.Page.Locator("[data-feed] [data-trace]")).ToHaveCountAsync(2);
        await Expect(quality).ToHaveAttributeAsync("data-value", "0.50");

        await ClickAsync(await shop.EnterAsync("?session=conversation"), "Helpful");
        await Expect(quality).ToHaveAttributeAsync("data-value", "0.67");
        live.AssertQuiet();
    }

    [Fact]
    public async Task Langfuses_own_client_for_browsers_moves_the_quality_tile()
    {
        await using var shop = await FeedbackShop.OpenAsync(product);
        await SendTraceAsync(shop, "known");
        await using var live = await shop.LookAsync();

        var page = await shop.EnterAsync("pages/langfuse-web.html?trace=known");
        await page.GetByRole(AriaRole.Button, new() { Name = "Helpful", Exact = true }).ClickAsync();
        await Expect(Quality(live)).ToHaveAttributeAsync("data-value", "1.00");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Sent Helpful");
        await page.GetByRole(AriaRole.Button, new() { Name = "Not helpful", Exact = true }).ClickAsync();
        await Expect(Quality(live)).ToHaveAttributeAsync("data-value", "0.00");
        Assert.Equal([("helpful-known", 0)], await ScoresAsync(shop, "known"));
        live.AssertQuiet();
    }

    [Fact]
    public async Task A_page_that_may_not_send_is_told_why()
    {
        await using var shop = await FeedbackShop.OpenAsync(product);
        await SendTraceAsync(shop, "known");

        // A bucket that fills quickly: what is taken here must not count against the narrow limit below.
        await shop.SetPolicyAsync(
            $$"""{"allowedOrigins":["http://*.localhost:{{shop.Port}}"],"scoresPerMinutePerKey":1000000,"scoresPerMinutePerAddress":1000000}""");
        await RefusedAsync(
            await shop.EnterAsync("?trace=known", "127.0.0.1"),
            "Helpful",
            $"Not sent: The project does not take scores from pages of 'http://127.0.0.1:{shop.Port}'. Add it to the allowed origins of the project");
        Assert.Empty(await ScoresAsync(shop, "known"));
        var page = await shop.EnterAsync("?trace=known");
        await ClickAsync(page, "Not helpful");
        Assert.Equal([("helpful-known", 0)], await ScoresAsync(shop, "known"));

        await shop.SetPolicyAsync("""{"scoresPerMinutePerAddress":1}""");
        await ClickAsync(page, "Helpful");
        await RefusedAsync(page, "Not helpful", "Not sent: At most 1 scores a minute are taken from your address. Try again later.");
        Assert.Equal([("helpful-known", 1)], await ScoresAsync(shop, "known"));
    }

    private static async Task ClickAsync(IPage page, string thumb)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = thumb, Exact = true });
        await button.ClickAsync();
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Thank you.");
    }

    private static async Task RefusedAsync(IPage page, string thumb, string message)
    {
        var button = page.GetByRole(AriaRole.Button, new() { Name = thumb, Exact = true });
        await button.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync(message);
        await Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
    }

    private static async Task SendTraceAsync(FeedbackShop shop, string id)
    {
        var answer = await shop.Client.PostBatchAsync(new JsonArray(Wire.Trace(id, TimeProvider.System.GetUtcNow())), Cancel);
        Assert.Empty(answer.Errors);
    }

    private static async Task<IEnumerable<(string, double)>> ScoresAsync(FeedbackShop shop, string trace)
    {
        var read = await shop.Client.GetAsync($"/api/public/traces/{trace}", Cancel);
        return read.Json["scores"]!.AsArray().Select(s => ((string)s!["id"]!, (double)s["value"]!));
    }

    private static ILocator Quality(Visit live) => live.Page.Locator("[data-tile=quality] [data-value]");
}
