using Actors.Filtering;
using Actors.Queries;
using Actors.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Components.Sample;

namespace Actors.Components;

/// <summary>The palette over fake grains; the browser's part is played by calls.</summary>
public sealed class PaletteTests : ComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task Three_keystrokes_lead_to_the_newest_errors()
    {
        var palette = await OpenAsync("/p/support/live?env=production");

        await palette.InvokeAsync(() => palette.Instance.OnWrite("e"));
        await palette.InvokeAsync(() => palette.Instance.OnKeyAsync("Enter"));

        Assert.EndsWith("/p/support/traces?f=level%3AERROR&env=production", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_page_can_do_is_done()
    {
        var done = 0;
        using var _ = Shortcuts.Register(new Shortcut("Space", "Pause and resume", () => Task.FromResult(done++)));
        var palette = await OpenAsync("/p/support/live");

        await palette.InvokeAsync(() => palette.Instance.OnWrite("pause"));
        Assert.Equal("Pause and resume", Chosen(palette));
        await palette.InvokeAsync(() => palette.Instance.OnKeyAsync("Enter"));

        Assert.Equal(1, done);
        Assert.EndsWith("/p/support/live", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Projects_open_at_the_page_that_is_open()
    {
        var palette = await OpenAsync("/p/support/traces");
        await palette.InvokeAsync(() => palette.Instance.OnWrite("sales"));
        await palette.InvokeAsync(() => palette.Instance.OnKeyAsync("Enter"));

        Assert.EndsWith("/p/sales/traces", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_is_found_by_its_id_a_moment_after_the_last_key()
    {
        Grains.Analytics.Traces.Add(Trace("t-42"));
        var palette = await OpenAsync("/p/support/live");
        await palette.InvokeAsync(() => palette.Instance.OnWrite("t-4"));
        await palette.InvokeAsync(() => palette.Instance.OnWrite("t-42"));
        Assert.Empty(Grains.Analytics.Queries);

        Time.Advance(TimeSpan.FromMilliseconds(150));
        palette.WaitForAssertion(() => Assert.Empty(palette.Find(".status").TextContent));

        Assert.Equal("/p/support/traces/t-42", palette.Find("[aria-selected=true]").GetAttribute("href"));
        Assert.Equal(Filter.Equal("id", "t-42"), Grains.Analytics.Queries[0].Filter);
        Assert.Equal(2, Grains.Analytics.Queries.Count);
    }

    [Fact]
    public async Task Users_and_sessions_and_prompts_are_found()
    {
        Grains.Analytics.Answer = query => Task.FromResult(new MetricsAnswer(
            [query.Dimensions[0], "count_count"], [[new MetricsValue { Text = $"{query.Dimensions[0]}-7" }, new MetricsValue { Number = 3 }]]));
        var palette = await LookAsync("-7");

        Assert.Contains("/p/support/users/userId-7", Links(palette));
        Assert.Contains("/p/support/sessions/sessionId-7", Links(palette));
        Assert.Contains("/p/support/observations?f=prompt%3Agreet-7", Links(palette));
        Assert.Contains("/p/support/traces?f=-7", Links(palette));
    }

    [Fact]
    public async Task What_cannot_be_looked_through_is_said_and_the_rest_is_there()
    {
        Grains.Analytics.Answer = _ => throw new TimeoutException("busy");
        var palette = await LookAsync("greet");

        Assert.Equal("Not everything could be looked through.", palette.Find(".status").TextContent);
        Assert.Contains("/p/support/observations?f=prompt%3Agreet-7", Links(palette));
    }

    [Theory]
    [InlineData("level:ERROR", "/p/support/traces?f=level%3AERROR")]
    [InlineData("level:", "/p/support/traces?f=%22level%3A%22")]
    [InlineData("refund please", "/p/support/traces?f=refund%20please")]
    public async Task What_is_written_is_a_filter_or_words(string text, string expected)
    {
        var palette = await OpenAsync("/p/support/live");
        await palette.InvokeAsync(() => palette.Instance.OnWrite(text));

        Assert.Contains(expected, Links(palette));
    }

    [Fact]
    public async Task The_chosen_one_is_told_to_a_screen_reader()
    {
        var palette = await OpenAsync("/p/support/live");
        await palette.InvokeAsync(() => palette.Instance.OnKeyAsync("ArrowDown"));

        var input = palette.Find("[role=combobox]");
        var option = palette.Find($"#{input.GetAttribute("aria-activedescendant")}");
        Assert.Equal("true", option.GetAttribute("aria-selected"));
        Assert.Equal(palette.Find("[role=listbox]").Id, input.GetAttribute("aria-controls"));
        Assert.Equal("Pages", palette.Find($"#{option.ParentElement!.GetAttribute("aria-labelledby")}").TextContent);
    }

    private static List<string?> Links(IRenderedComponent<Palette> palette) => [.. palette.FindAll("[role=option]").Select(o => o.GetAttribute("href"))];

    private static string Chosen(IRenderedComponent<Palette> palette) => palette.Find("[aria-selected=true] .ell").TextContent;

    private async Task<IRenderedComponent<Palette>> OpenAsync(string address)
    {
        Navigation.NavigateTo(address);
        var palette = Render<Palette>();
        await palette.InvokeAsync(palette.Instance.OnOpenAsync);
        return palette;
    }

    private async Task<IRenderedComponent<Palette>> LookAsync(string text)
    {
        var palette = await OpenAsync("/p/support/live");
        await palette.InvokeAsync(() => palette.Instance.OnWrite(text));
        Time.Advance(TimeSpan.FromMilliseconds(150));
        palette.WaitForAssertion(() => Assert.NotEqual("Looking…", palette.Find(".status").TextContent));
        return palette;
    }
}
