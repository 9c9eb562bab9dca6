using System.Text.RegularExpressions;

namespace Actors.E2E.Journeys;

/// <summary>The list of traces: what is asked for is in the address, and rows never jump.</summary>
public sealed partial class TracesJourneys(ProductInBrowser product)
{
    [Fact]
    public async Task A_filter_is_in_the_address_and_the_address_gives_the_same_view()
    {
        var (wanted, other) = (LiveJourneys.NewName("wanted"), LiveJourneys.NewName("other"));
        await product.FlushOneAsync(wanted);
        await product.FlushOneAsync(other);
        await using var visit = await product.VisitAsync("traces");
        await Expect(Row(visit, other)).ToBeVisibleAsync();

        var input = visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Filter" });
        await visit.Page.Keyboard.PressAsync("/");
        await Expect(input).ToBeFocusedAsync();
        await input.PressSequentiallyAsync("na");
        await Expect(visit.Page.GetByRole(AriaRole.Option, new() { Name = "name:" })).ToBeVisibleAsync();
        await input.PressAsync("Tab");
        await Expect(input).ToHaveValueAsync("name:");
        await input.PressSequentiallyAsync(wanted);
        await input.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex($@"/traces\?.*f=name%3A{wanted}"));
        await Expect(Row(visit, wanted)).ToBeVisibleAsync();
        await Expect(Row(visit, other)).ToHaveCountAsync(0);
        await Expect(visit.Page.Locator("[data-total]")).ToHaveAttributeAsync("data-total", "1");

        await visit.ReloadAsync();
        await Expect(input).ToHaveValueAsync($"name:{wanted}");
        await Expect(Row(visit, wanted)).ToBeVisibleAsync();
        await Expect(Row(visit, other)).ToHaveCountAsync(0);

        await visit.Page.GoBackAsync();
        await Expect(Row(visit, other)).ToBeVisibleAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_facet_narrows_the_list_and_the_address()
    {
        var now = TimeProvider.System.GetUtcNow();
        var name = LiveJourneys.NewName("facet");
        string[] traces = [$"good-{name}", $"bad-{name}"];
        foreach (var trace in traces)
        {
            var span = Wire.Span($"span-{trace}", trace, now);
            span["body"]!["level"] = trace.StartsWith("bad", StringComparison.Ordinal) ? "ERROR" : "DEFAULT";
            await product.Silo.Client.PostBatchAsync([Wire.Trace(trace, now, name), span], TestContext.Current.CancellationToken);
        }

        await using var visit = await product.VisitAsync($"traces?name={name}");
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "Level" }).GetByText("ERROR").ClickAsync();
        await Expect(visit.Page).ToHaveURLAsync(LevelPattern());
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Expect(visit.Page.Locator($"[data-row='bad-{name}']")).ToBeVisibleAsync();
        visit.AssertQuiet();
    }

    [Fact]
    public async Task New_traces_are_counted_and_shown_when_asked_for()
    {
        var name = LiveJourneys.NewName("fresh");
        await product.FlushOneAsync(name);
        await using var visit = await product.VisitAsync($"traces?name={name}");
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(1);

        await product.FlushOneAsync(name);
        await Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "1 new" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(1);

        await visit.Page.Locator("[data-fresh]").ClickAsync();
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator("[data-fresh]")).ToHaveCountAsync(0);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_keyboard_chooses_and_opens_a_row()
    {
        var name = LiveJourneys.NewName("keys");
        var trace = await product.FlushOneAsync(name);
        await using var visit = await product.VisitAsync($"traces?name={name}");
        await Expect(visit.Page.Locator("[data-row]")).ToHaveCountAsync(1);

        await visit.Page.Keyboard.PressAsync("j");
        await Expect(visit.Page.Locator("[data-row].on")).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Expect(visit.Page).ToHaveURLAsync(new Regex($"/traces/{trace}"));
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(name);
        visit.AssertQuiet();
    }

    private static ILocator Row(Visit visit, string name) => visit.Page.Locator("[data-row]", new() { HasText = name });

    [GeneratedRegex("level%3AERROR")]
    private static partial Regex LevelPattern();
}
