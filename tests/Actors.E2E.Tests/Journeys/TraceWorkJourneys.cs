using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Actors.E2E.Journeys;

/// <summary>What people do with a trace: read a huge one, score it without a mouse, show it to somebody else.</summary>
public sealed class TraceWorkJourneys(ProductInBrowser product)
{
    [Fact]
    public async Task A_trace_of_ten_thousand_spans_opens_scrolls_and_is_searched()
    {
        const int count = 10_000;
        var (id, now) = ($"huge-{Guid.NewGuid():N}", TimeProvider.System.GetUtcNow());
        await product.Silo.Client.PostBatchAsync([Wire.Trace(id, now, "huge")], TestContext.Current.CancellationToken);
        for (var i = 0; i < count; i += 1_000)
        {
            var spans = Enumerable.Range(i, 1_000).Select(n =>
            {
                var span = Wire.Span($"{id}-{n:00000}", id, now.AddMilliseconds(n));
                span["body"]!["name"] = $"step {n:00000}";
                if (n % 10 != 0)
                {
                    span["body"]!["parentObservationId"] = $"{id}-{n / 10 * 10:00000}";
                }

                return span;
            });
            await product.Silo.Client.PostBatchAsync([.. spans], TestContext.Current.CancellationToken);
        }

        await using var visit = await product.VisitAsync($"traces/{id}?path=critical");
        var grid = visit.Page.GetByRole(AriaRole.Treegrid);
        await Expect(grid).ToHaveAttributeAsync("aria-rowcount", $"{count + 2}");
        await Expect(visit.Page.Locator($"[data-span='{id}-00000']")).ToBeVisibleAsync();
        Assert.InRange(await visit.Page.Locator("[data-span]").CountAsync(), 1, 120);

        await grid.FocusAsync();
        await visit.Page.Keyboard.PressAsync("End");
        await Expect(visit.Page.Locator($"[data-span='{id}-09999']")).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(visit.Page.Locator($"[data-span='{id}-09999']")).ToBeInViewportAsync();
        await visit.Page.Keyboard.PressAsync("k");
        await Expect(visit.Page.Locator($"[data-span='{id}-09998']")).ToHaveAttributeAsync("aria-selected", "true");

        await visit.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Find spans" }).FillAsync("step 04242");
        await Expect(visit.Page.Locator("[data-span]")).ToHaveCountAsync(3);
        await Expect(visit.Page).ToHaveURLAsync(new Regex("find=step%2004242"));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_shared_view_is_the_same_for_somebody_without_the_project()
    {
        var trace = await product.FlushOneAsync(LiveJourneys.NewName("shared"));
        await using var visit = await product.VisitAsync($"traces/{trace}?view=tree&level=DEFAULT");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Share by address" }).ClickAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Shared", Exact = true })).ToBeVisibleAsync();
        var rows = await visit.Page.Locator("[data-span]").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.span)");

        await using var other = await Visit.OpenAsync(product.Browser, product.Silo, $"/share/{product.Keys.ProjectId}/{trace}?view=tree&span={rows[^1]}", new VisitOptions());
        await Expect(other.Page.Locator($"[data-span='{rows[^1]}']")).ToHaveAttributeAsync("aria-selected", "true");
        Assert.Equal(rows, await other.Page.Locator("[data-span]").EvaluateAllAsync<string[]>("rows => rows.map(r => r.dataset.span)"));
        Assert.Equal(0, await other.Page.Locator("a[href^='/p/']").CountAsync());

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Shared", Exact = true }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Stop sharing" }).ClickAsync();
        await Expect(other.Page.GetByText("Nothing is shared here")).ToBeVisibleAsync();
        visit.AssertQuiet();
        other.AssertQuiet();
    }

    [Fact]
    public async Task A_span_is_scored_without_a_mouse()
    {
        var trace = await product.FlushOneAsync(LiveJourneys.NewName("scored"));
        await using var visit = await product.VisitAsync($"traces/{trace}");
        await Expect(visit.Page.Locator("[data-span]")).ToHaveCountAsync(4);

        await visit.Page.Keyboard.PressAsync("j");
        await Expect(visit.Page).ToHaveURLAsync(new Regex(@"\?span="));
        await visit.Page.Keyboard.PressAsync("e");
        var form = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Score" });
        await Expect(form.GetByRole(AriaRole.Combobox).First).ToBeFocusedAsync();

        // The project has no config yet: one is made on the way.
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.TypeAsync("keyboard");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await form.GetByLabel("Value").FocusAsync();
        await visit.Page.Keyboard.TypeAsync("0.75");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page.Locator(".facts").GetByText("keyboard 0.75")).ToBeVisibleAsync();

        var files = $"/p/{product.Keys.ProjectId}/files/trace?id=";
        var file = await visit.Page.APIRequest.GetAsync(files + trace);
        Assert.Equal(trace, (string?)JsonNode.Parse(await file.TextAsync())!["id"]);
        Assert.StartsWith("attachment", file.Headers["content-disposition"], StringComparison.Ordinal);
        Assert.Equal(404, (await visit.Page.APIRequest.GetAsync($"{files}{trace}&span=nothing&field=input")).Status);
        Assert.Equal(404, (await visit.Page.APIRequest.GetAsync(files + "nothing")).Status);
        visit.AssertQuiet();
    }
}
