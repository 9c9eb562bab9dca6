using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Actors.E2E.Journeys;

/// <summary>The live page moves by itself, and holds still when told to.</summary>
public sealed class LiveJourneys(ProductInBrowser product)
{
    [Fact]
    public async Task Tile_feed_and_chart_change_by_themselves_within_a_second_of_an_sdk_flush()
    {
        await using var visit = await product.VisitAsync("live");
        var tokens = visit.Page.Locator("[data-tile=tokens] [data-value]");
        await Expect(visit.Page.Locator("[data-live-state]")).ToHaveAttributeAsync("data-live-state", "live");
        await Expect(tokens).ToHaveAttributeAsync("data-value", new Regex(@"\d"));
        var before = await tokens.GetAttributeAsync("data-value");
        var charted = await LastAtAsync(visit);

        var name = NewName("flush");
        var shown = visit.Page.Locator("[data-feed] [data-trace]", new() { HasText = name }).WaitForAsync();
        // More than any other: what leaves the window at the same moment cannot make up for it.
        var trace = await product.FlushOneAsync(name, inputTokens: 98_765);
        var watch = Stopwatch.StartNew();
        await shown;
        var took = watch.Elapsed;

        Assert.True(took < TimeSpan.FromSeconds(1), $"The feed followed {took.TotalMilliseconds:0} ms after the acknowledgement.");
        Assert.Equal(trace, await visit.Page.Locator("[data-feed] [data-trace]").First.GetAttributeAsync("data-trace"));
        await Expect(tokens).Not.ToHaveAttributeAsync("data-value", before!);
        await visit.Page.WaitForFunctionAsync("before => Number(document.querySelector('[data-chart]').dataset.lastAt) > before", charted);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task Space_holds_the_page_and_counts_and_space_again_shows_what_was_held()
    {
        await using var visit = await product.VisitAsync("live");
        var state = visit.Page.Locator("[data-live-state]");
        await Expect(state).ToHaveAttributeAsync("data-live-state", "live");
        await Expect(visit.Page.Locator("[data-feed] [data-trace]").First).ToBeVisibleAsync();

        await visit.Page.Keyboard.PressAsync("Space");
        await Expect(state).ToHaveTextAsync("Paused · 0 new");
        var tokens = await visit.Page.Locator("[data-tile=tokens] [data-value]").GetAttributeAsync("data-value");

        var names = new[] { NewName("held"), NewName("held") };
        await product.FlushOneAsync(names[0]);
        await Expect(state).ToHaveTextAsync("Paused · 1 new");
        await product.FlushOneAsync(names[1]);
        await Expect(state).ToHaveTextAsync("Paused · 2 new");
        await Expect(visit.Page.GetByText(names[0])).ToHaveCountAsync(0);
        Assert.Equal(tokens, await visit.Page.Locator("[data-tile=tokens] [data-value]").GetAttributeAsync("data-value"));

        await visit.Page.Keyboard.PressAsync("Space");
        await Expect(state).ToHaveAttributeAsync("data-live-state", "live");
        foreach (var name in names)
        {
            await Expect(visit.Page.Locator("[data-feed] [data-trace]", new() { HasText = name })).ToBeVisibleAsync();
        }

        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_new_model_makes_a_mark_by_push_and_the_mark_opens_the_calls_behind_it()
    {
        var model = NewName("model");
        await using var visit = await product.VisitAsync($"live?f=model%3A{model}");
        await Expect(visit.Page.Locator("[data-live-state]")).ToHaveAttributeAsync("data-live-state", "live");
        await Expect(visit.Page.Locator("[data-changes]")).ToContainTextAsync("Nothing new");

        // Two calls, the second one two seconds later.
        var second = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 5);
        string[] traces = [NewName("behind"), NewName("after")];
        foreach (var (i, trace) in traces.Index())
        {
            var call = Wire.Generation($"call-{trace}", trace, second.AddMilliseconds(300 + (2000 * i)));
            call["body"]!["model"] = model;
            await product.Silo.Client.PostBatchAsync([Wire.Trace(trace, second, trace), call], TestContext.Current.CancellationToken);
        }

        await Expect(visit.Page.Locator("[data-change=model]")).ToContainTextAsync(model);
        await Expect(visit.Page.Locator("[data-card=requests] [data-chart]")).ToHaveAttributeAsync("data-marks", "1");
        await Expect(visit.Page.Locator("[data-tile=requests] [data-value]")).ToHaveAttributeAsync("data-value", "0.03");

        await visit.Page.Keyboard.PressAsync("Space");
        await Expect(visit.Page.Locator("[data-live-state]")).ToHaveAttributeAsync("data-live-state", "paused");
        var chart = visit.Page.Locator("[data-card=requests] [data-chart]");
        var box = (await chart.BoundingBoxAsync())!;
        var now = double.Parse((await chart.GetAttributeAsync("data-now"))!, CultureInfo.InvariantCulture);

        // The plot lies between the axis, 50 wide, and a margin of 10; it spans a minute, and the mark stands at the first call.
        var at = 50 + ((second.ToUnixTimeMilliseconds() + 300 - now + 60_000) / 60_000 * (box.Width - 60));
        await chart.ClickAsync(new() { Position = new() { X = (float)at, Y = box.Height - 40 } });

        await visit.Page.WaitForURLAsync("**/observations?**");
        Assert.Contains($"model:{model}", Uri.UnescapeDataString(visit.Page.Url), StringComparison.Ordinal);
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(traces.Length);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_empty_page_turns_into_the_live_page_when_the_first_trace_arrives()
    {
        using var data = new ScratchDirectory();
        var keys = ProjectKeys.New("empty");
        await using var silo = await SiloProcess.StartAsync(
            new SiloStart { DataDirectory = data.Path, Keys = keys }, TestContext.Current.CancellationToken);
        await using var visit = await Visit.OpenAsync(product.Browser, silo, $"/p/{keys.ProjectId}/live", new VisitOptions());

        await Expect(visit.Page.GetByText("Waiting for the first trace")).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("body")).ToContainTextAsync(silo.Address.Authority);
        await SdkProgram.FlushOneAsync(silo.Address, keys, "the first");
        await Expect(visit.Page.Locator("[data-feed] [data-trace]", new() { HasText = "the first" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-tile]")).ToHaveCountAsync(6);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_page_finds_its_way_back_when_the_server_was_killed_and_started_again()
    {
        using var data = new ScratchDirectory();
        var keys = ProjectKeys.New("again");
        var start = new SiloStart { DataDirectory = data.Path, Keys = keys };
        var silo = await SiloProcess.StartAsync(start, TestContext.Current.CancellationToken);
        await SdkProgram.FlushOneAsync(silo.Address, keys, "before the kill");
        await using var visit = await Visit.OpenAsync(product.Browser, silo, $"/p/{keys.ProjectId}/live", new VisitOptions());
        await Expect(visit.Page.GetByText("before the kill")).ToBeVisibleAsync();

        await silo.KillAsync();
        await silo.DisposeAsync();
        await using var again = await SiloProcess.StartAsync(
            start with { Urls = silo.Address.ToString() }, TestContext.Current.CancellationToken);
        await SdkProgram.FlushOneAsync(again.Address, keys, "after the kill");

        var patience = new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 };
        await Expect(visit.Page.GetByText("after the kill")).ToBeVisibleAsync(patience);
        await Expect(visit.Page.GetByText("before the kill")).ToBeVisibleAsync();
    }

    // Filters write whole seconds without their milliseconds.

    private static async Task<double> LastAtAsync(Visit visit)
    {
        await visit.Page.WaitForFunctionAsync("() => document.querySelector('[data-chart]')?.dataset.lastAt");
        return await visit.Page.EvaluateAsync<double>("() => Number(document.querySelector('[data-chart]').dataset.lastAt)");
    }

    internal static string NewName(string what) => $"{what}-{Guid.NewGuid().ToString("N")[..8]}";
}
