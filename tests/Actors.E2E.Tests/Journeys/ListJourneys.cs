using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Actors.E2E.Journeys;

/// <summary>
/// A list as it is used: many rows, one beside the list, some chosen. With <c>ACTORS_LIST_TRACES=100000</c> the long list is really
/// long, and what each step took is printed.
/// </summary>
public sealed class ListJourneys(ProductInBrowser product)
{
    private const int TracesAtOnce = 500;

    private static readonly int Many =
        int.Parse(Environment.GetEnvironmentVariable("ACTORS_LIST_TRACES") ?? "4000", CultureInfo.InvariantCulture);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_long_list_jumps_scrolls_is_filtered_and_ordered()
    {
        var name = LiveJourneys.NewName("many");
        await LoadAsync(name, Many);
        await using var visit = await product.VisitAsync("health");
        var watch = Stopwatch.StartNew();

        await visit.GoAsync($"/p/{product.Keys.ProjectId}/traces?f=name:{name}");
        await Expect(visit.Page.Locator("[data-total]")).ToHaveAttributeAsync("data-total", $"{Many}", new() { Timeout = 60_000 });
        await Expect(Row(visit, name, 0)).ToBeVisibleAsync();
        Say(watch, "open");

        await visit.Page.Locator(".scroll").EvaluateAsync("e => e.scrollTo(0, e.scrollHeight)");
        await Expect(Row(visit, name, Many - 1)).ToBeVisibleAsync();
        Assert.InRange(await visit.Page.Locator("[data-row]").CountAsync(), 1, 100);
        Say(watch, "jump to the end");

        await visit.Page.Locator(".scroll").EvaluateAsync("e => e.scrollTo(0, e.scrollHeight / 2)");
        await Expect(visit.Page.Locator($"[data-index='{Many / 2}']")).ToBeVisibleAsync();
        Say(watch, "scroll to the middle");

        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Latency" }).ClickAsync();
        await Expect(visit.Page.Locator("[aria-sort=descending]")).ToContainTextAsync("Latency");
        await Expect(Row(visit, name, 999)).ToBeVisibleAsync();
        Say(watch, "order by latency");

        var input = visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Filter" });
        await input.FillAsync($"name:{name} needle{Many / 3}");
        await input.PressAsync("Enter");
        await Expect(visit.Page.Locator("[data-total]")).ToHaveAttributeAsync("data-total", "1");
        await Expect(Row(visit, name, Many / 3)).ToBeVisibleAsync();
        Say(watch, "find a word of an input");

        await visit.Page.GoBackAsync();
        await Expect(visit.Page.Locator("[data-total]")).ToHaveAttributeAsync("data-total", $"{Many}");
        Say(watch, "back");
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_row_beside_the_list_follows_the_keys_and_Back_restores_the_filter()
    {
        var name = LiveJourneys.NewName("peek");
        await LoadAsync(name, 3);
        await using var visit = await product.VisitAsync($"traces?f=name:{name}");
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(3);

        await Row(visit, name, 0).ClickAsync();
        await Expect(Peek(visit, name, 0).Locator("[data-span]").First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("j");
        await Expect(Peek(visit, name, 1).Locator("[data-span]").First).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("k");
        await Expect(Peek(visit, name, 0)).ToBeVisibleAsync();
        await Expect(visit.Page).ToHaveURLAsync(new Regex($"peek={name}-0$"));

        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex($@"/traces/{name}-0(\?|$)"));
        await visit.Page.GoBackAsync();
        await Expect(Peek(visit, name, 0)).ToBeVisibleAsync();
        await Expect(visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Filter" })).ToHaveValueAsync($"name:{name}");

        await visit.Page.Keyboard.PressAsync("Escape");
        await Expect(visit.Page.Locator(".peek")).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(3);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Rows_are_chosen_with_the_keys_exported_and_deleted()
    {
        var name = LiveJourneys.NewName("choose");
        await LoadAsync(name, 5);
        await using var visit = await product.VisitAsync($"traces?f=name:{name}");
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(5);

        await PressAsync(visit, "j", "x", "j", "j", "X");
        await Expect(visit.Page.Locator("[data-chosen='3']")).ToBeVisibleAsync();
        var bar = visit.Page.GetByRole(AriaRole.Toolbar, new() { Name = "With what is chosen" });
        await bar.GetByText("Export").ClickAsync();
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => bar.GetByRole(AriaRole.Button, new() { Name = "CSV" }).ClickAsync());
        var lines = await File.ReadAllLinesAsync((await download.PathAsync())!, Cancel);
        Assert.Equal(4, lines.Length);
        Assert.All(Enumerable.Range(0, 3), i => Assert.Contains(lines, line => line.StartsWith($"{name}-{i},", StringComparison.Ordinal)));

        await bar.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Delete 3 traces?");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete 3" }).ClickAsync();
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator("[data-chosen]")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    // The latency of the trace n is n mod 1000 milliseconds; its input has a word that no other has.
    private async Task LoadAsync(string name, int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        for (var from = 0; from < count; from += TracesAtOnce)
        {
            var batch = new List<JsonObject>();
            foreach (var n in Enumerable.Range(from, Math.Min(TracesAtOnce, count - from)))
            {
                var at = now.AddMilliseconds(-10 * n);
                var trace = Wire.Trace($"{name}-{n}", at, name);
                trace["body"]!["input"] = $"Where is the needle{n} in this stack?";
                var span = Wire.Span($"{name}-{n}-s", $"{name}-{n}", at);
                span["body"]!["startTime"] = Wire.Iso(at);
                span["body"]!["endTime"] = Wire.Iso(at.AddMilliseconds(n % 1000));
                batch.AddRange([trace, span]);
            }

            await product.Silo.Client.PostBatchAsync([.. batch], Cancel);
        }
    }

    private static async Task PressAsync(Visit visit, params string[] keys)
    {
        foreach (var key in keys)
        {
            await visit.Page.Keyboard.PressAsync(key);
        }
    }

    private static ILocator Row(Visit visit, string name, int n) => visit.Page.Locator($"[data-row='{name}-{n}']");

    private static ILocator Peek(Visit visit, string name, int n) => visit.Page.Locator($"[data-peek='{name}-{n}']");

    private static void Say(Stopwatch watch, string step)
    {
        TestContext.Current.SendDiagnosticMessage($"{Many} traces, {step}: {watch.ElapsedMilliseconds} ms");
        watch.Restart();
    }
}
