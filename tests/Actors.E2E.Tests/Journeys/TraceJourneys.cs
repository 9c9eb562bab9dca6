using System.Text.RegularExpressions;

namespace Actors.E2E.Journeys;

/// <summary>One trace: it grows while the application still writes it, and the keyboard reads it.</summary>
public sealed class TraceJourneys(ProductInBrowser product)
{
    [Fact]
    public async Task An_open_trace_grows_while_an_sdk_writes_it()
    {
        var name = LiveJourneys.NewName("story");
        await using var program = await SdkProgram.StreamOneAsync(product.Silo.Address, product.Keys, name);
        var opened = await program.NextAsync();
        var generation = (string)opened["generationId"]!;
        await using var visit = await product.VisitAsync($"traces/{(string)opened["traceId"]!}?span={generation}");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        await Expect(visit.Page.Locator($"[data-span='{generation}']")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".top").GetByText("Running")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-observations]")).ToHaveAttributeAsync("data-observations", "1");

        var span = (string)(await program.GoOnAsync())["spanId"]!;
        await Expect(visit.Page.Locator($"[data-span='{span}']")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-observations]")).ToHaveAttributeAsync("data-observations", "2");
        await Expect(visit.Page.Locator(".detail").GetByText("Once upon a time")).ToBeVisibleAsync();

        await program.GoOnAsync();
        await Expect(visit.Page.Locator(".top").GetByText("Running")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator(".detail").GetByText("Once upon a time there was a brave otter.")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_keyboard_walks_the_waterfall_and_the_address_follows()
    {
        var trace = await product.FlushOneAsync(LiveJourneys.NewName("walk"));
        await using var visit = await product.VisitAsync($"traces/{trace}");
        var rows = visit.Page.GetByRole(AriaRole.Treegrid).Locator("[data-span]");
        await Expect(rows).ToHaveCountAsync(4);
        var spans = await rows.EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.span)");

        await visit.Page.GetByRole(AriaRole.Treegrid).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        foreach (var span in spans.Skip(1))
        {
            await visit.Page.Keyboard.PressAsync("ArrowDown");
            await Expect(visit.Page).ToHaveURLAsync(new Regex($@"\?(.*&)?span={Regex.Escape(span)}"));
            await Expect(visit.Page.Locator($"[data-span='{span}']")).ToHaveAttributeAsync("aria-selected", "true");
        }

        await visit.Page.Keyboard.PressAsync("k");
        await Expect(visit.Page).ToHaveURLAsync(new Regex($@"span={Regex.Escape(spans[^2])}"));

        await visit.ReloadAsync();
        await Expect(visit.Page.Locator($"[data-span='{spans[^2]}']")).ToHaveAttributeAsync("aria-selected", "true");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_trace_that_is_not_there_yet_appears_when_it_arrives()
    {
        var (id, name) = ($"awaited-{Guid.NewGuid():N}", LiveJourneys.NewName("awaited"));
        await using var visit = await product.VisitAsync($"traces/{id}");
        await Expect(visit.Page.GetByText("Waiting for the trace")).ToBeVisibleAsync();

        var now = TimeProvider.System.GetUtcNow();
        await product.Silo.Client.PostBatchAsync(
            [Wire.Trace(id, now, name), Wire.Generation($"generation-{id}", id, now)], TestContext.Current.CancellationToken);
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        await Expect(visit.Page.Locator($"[data-span='generation-{id}']")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Hostile_text_is_shown_as_text()
    {
        const string hostile = "<img src=x onerror=\"window.harmed=true\"><script>window.harmed=true</script> [x](javascript:window.harmed=true)";
        var (id, now) = ($"hostile-{Guid.NewGuid():N}", TimeProvider.System.GetUtcNow());
        var generation = Wire.Generation($"generation-{id}", id, now);
        generation["body"]!["name"] = hostile;
        generation["body"]!["input"]![0]!["content"] = hostile;
        generation["body"]!["output"] = hostile;
        var trace = Wire.Trace(id, now, hostile);
        trace["body"]!["userId"] = hostile;
        await product.Silo.Client.PostBatchAsync([trace, generation], TestContext.Current.CancellationToken);

        await using var visit = await product.VisitAsync($"traces/{id}?span=generation-{id}");
        await Expect(visit.Page.Locator($"[data-span='generation-{id}']")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".detail")).ToContainTextAsync("<img src=x");
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => window.harmed === true"));
        Assert.Equal(0, await visit.Page.Locator("a[href^='javascript:']").CountAsync());
        visit.AssertQuiet();
    }
}
