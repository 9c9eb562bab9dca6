using System.Text.RegularExpressions;

namespace Actors.E2E.Journeys;

/// <summary>The house around the pages: find anything, choose where to look, and come from nothing to a first trace.</summary>
public sealed partial class ShellJourneys(ProductInBrowser product)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_palette_finds_a_trace_by_its_id_and_by_words()
    {
        var name = LiveJourneys.NewName("palette");
        var trace = await product.FlushOneAsync(name);
        foreach (var text in new[] { trace, name })
        {
            await using var visit = await product.VisitAsync("live");
            await visit.Page.Keyboard.PressAsync("Control+k");
            var box = visit.Page.Locator("dialog.palette [role=combobox]");
            await Expect(box).ToBeFocusedAsync();
            // At once: letter by letter, a part of the text would find it too, and Enter would mean what the next letter made of the list.
            await box.FillAsync(text);
            await Expect(visit.Page.Locator($"[role=option][href$='/traces/{trace}']")).ToHaveAttributeAsync("aria-selected", "true");
            await visit.Page.Keyboard.PressAsync("Enter");
            await Expect(visit.Page).ToHaveURLAsync(new Regex($"/traces/{trace}"));
            await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
            visit.AssertQuiet();
        }
    }

    [Fact]
    public async Task An_error_is_found_in_three_keystrokes()
    {
        var now = TimeProvider.System.GetUtcNow();
        var name = LiveJourneys.NewName("broken");
        var span = Wire.Span($"span-{name}", name, now);
        span["body"]!["level"] = "ERROR";
        await product.Silo.Client.PostBatchAsync([Wire.Trace(name, now, name), span], Cancel);
        await using var visit = await product.VisitAsync("live");

        await visit.Page.Keyboard.PressAsync("Control+k");
        await visit.Page.Keyboard.PressAsync("e");
        await visit.Page.Keyboard.PressAsync("Enter");

        await Expect(visit.Page).ToHaveURLAsync(ErrorsPattern());
        await Expect(visit.Page.Locator($"[data-row='{name}']")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_environment_goes_along_from_page_to_page_and_back()
    {
        var now = TimeProvider.System.GetUtcNow();
        var (here, there) = (LiveJourneys.NewName("here"), LiveJourneys.NewName("there"));
        await product.Silo.Client.PostBatchAsync([In("shell-a", here), In("shell-b", there)], Cancel);
        await using var visit = await product.VisitAsync("traces");
        await Expect(Row(there)).ToBeVisibleAsync();

        await visit.Page.Locator("[data-env]").ClickAsync();
        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "Environments" })
            .GetByRole(AriaRole.Checkbox, new() { Name = "shell-a" }).CheckAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page).ToHaveURLAsync(EnvironmentPattern());
        await Expect(Row(here)).ToBeVisibleAsync();
        await Expect(Row(there)).ToHaveCountAsync(0);

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Live" }).ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex("/live\\?env=shell-a$"));
        await visit.Page.Keyboard.PressAsync("g");
        await visit.Page.Keyboard.PressAsync("t");
        await Expect(Row(here)).ToBeVisibleAsync();
        await Expect(Row(there)).ToHaveCountAsync(0);

        for (var steps = 0; steps < 3; steps++)
        {
            await visit.Page.GoBackAsync();
        }

        await Expect(visit.Page.Locator("[data-env]")).ToHaveAttributeAsync("data-env", "");
        await Expect(Row(there)).ToBeVisibleAsync();
        visit.AssertQuiet();

        ILocator Row(string id) => visit.Page.Locator($"[data-row='{id}']");

        System.Text.Json.Nodes.JsonObject In(string environment, string id)
        {
            var trace = Wire.Trace(id, now, id);
            trace["body"]!["environment"] = environment;
            return trace;
        }
    }

    [Fact]
    public async Task The_set_up_becomes_the_first_trace_when_its_own_snippet_is_run()
    {
        using var administrator = await Administrator.EnterAsync(product.Silo.Address, Cancel);
        var keys = await administrator.AddProjectAsync(LiveJourneys.NewName("new"), Cancel);
        await using var visit = await Visit.OpenAsync(product.Browser, product.Silo, $"/p/{keys.ProjectId}/setup", new VisitOptions());
        await Expect(visit.Page.Locator("[data-public-key]")).ToHaveTextAsync(keys.PublicKey);
        await Expect(visit.Page.GetByText("Waiting for the first trace")).ToBeVisibleAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "curl" }).ClickAsync();
        var snippet = visit.Page.GetByLabel("A first trace with curl");
        await Expect(snippet).ToBeVisibleAsync();
        var code = (await snippet.InnerTextAsync()).Replace("sk-lf-…", keys.SecretKey, StringComparison.Ordinal);
        await using var shell = ChildProcess.Start("bash", ["-c", code], Path.GetTempPath(), new Dictionary<string, string?>());
        Assert.True(await shell.WaitForExitAsync(Limit, Cancel) == 0, shell.Transcript);

        await Expect(visit.Page).ToHaveURLAsync(FirstTracePattern());
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("hello");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task On_a_narrow_screen_the_navigation_is_a_drawer()
    {
        await using var visit = await product.VisitAsync("live", new VisitOptions { Width = 390, Height = 844 });
        var menu = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Menu" });
        var drawer = visit.Page.GetByRole(AriaRole.Navigation, new() { Name = "Main" });
        await Expect(drawer).ToBeHiddenAsync();

        await menu.ClickAsync();
        await Expect(drawer).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(drawer).ToBeHiddenAsync();
        await Expect(menu).ToBeFocusedAsync();

        await menu.ClickAsync();
        await drawer.GetByRole(AriaRole.Link, new() { Name = "Traces" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Traces");
        await Expect(drawer).ToBeHiddenAsync();
        visit.AssertQuiet();
    }

    [GeneratedRegex(@"/traces\?f=level%3AERROR$")]
    private static partial Regex ErrorsPattern();

    [GeneratedRegex(@"/traces\?.*env=shell-a")]
    private static partial Regex EnvironmentPattern();

    [GeneratedRegex(@"/traces/hello-\d+")]
    private static partial Regex FirstTracePattern();
}
