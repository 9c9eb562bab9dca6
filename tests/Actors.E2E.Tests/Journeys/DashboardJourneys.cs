using System.Text.RegularExpressions;

namespace Actors.E2E.Journeys;

/// <summary>Dashboards: made from one of the server's, arranged by pointer and by keys, written to a file and read back.</summary>
public sealed class DashboardJourneys(ProductInBrowser product)
{
    [Fact]
    public async Task Dashboards_make_the_round_trip()
    {
        await product.FlushOneAsync(LiveJourneys.NewName("dashboard"));
        await using var visit = await product.VisitAsync("dashboards");
        var page = visit.Page;
        await page.GetByRole(AriaRole.Link, new() { Name = "Usage" }).ClickAsync();
        await Expect(page.Locator("[data-state=ready]")).ToHaveCountAsync(9);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "The SQL of Traces", Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Clone" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex(@"/dashboards/[\w-]+\?edit=1"));
        var name = page.GetByLabel("Name of the dashboard");
        await Expect(name).ToHaveValueAsync("Usage (copy)");
        var mine = LiveJourneys.NewName("mine");
        await name.FillAsync(mine);
        await name.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(mine);

        // A tile is dragged to the other end of its row, and another one grows by keys.
        var traces = page.GetByRole(AriaRole.Region, new() { Name = "Traces", Exact = true });
        var errors = page.GetByRole(AriaRole.Region, new() { Name = "Errors", Exact = true });
        var from = (await traces.Locator("[data-move]").BoundingBoxAsync())!;
        var to = (await errors.Locator("[data-move]").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(from.X + 6, from.Y + 6);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to.X + 6, to.Y + 6, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await Expect(traces).ToHaveAttributeAsync("data-x", "9");
        var tools = page.GetByRole(AriaRole.Region, new() { Name = "Tools called" });
        await tools.Locator("[data-move]").FocusAsync();
        await page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(tools).ToHaveAttributeAsync("data-h", "7");

        await page.GetByRole(AriaRole.Link, new() { Name = "Edit Errors", Exact = true }).ClickAsync();
        var editor = page.GetByRole(AriaRole.Complementary, new() { Name = "Edit Errors" });
        await editor.GetByLabel("Name", new() { Exact = true }).FillAsync("Mistakes");
        await editor.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Mistakes" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Done" }).ClickAsync();
        await Expect(page.Locator("[data-move]")).ToHaveCountAsync(0);
        var arranged = await TilesAsync(visit);
        await visit.ReloadAsync();
        Assert.Equal(arranged, await TilesAsync(visit));

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());
        var file = await download.PathAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Really delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Dashboards");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = mine })).ToHaveCountAsync(0);

        await page.GetByLabel("Import a dashboard").SetInputFilesAsync(file);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(mine);
        Assert.Equal(arranged, await TilesAsync(visit));
        visit.AssertQuiet();
    }

    // Where each widget stands, and how large it is.
    private static async Task<string> TilesAsync(Visit visit)
    {
        await Expect(visit.Page.Locator("[data-state=ready]")).ToHaveCountAsync(9);
        return await visit.Page.EvaluateAsync<string>("""
            () => [...document.querySelectorAll('[data-widget]')]
              .map(t => `${t.getAttribute('aria-label')} ${t.dataset.x},${t.dataset.y} ${t.dataset.w}x${t.dataset.h}`).sort().join('\n')
            """);
    }
}
