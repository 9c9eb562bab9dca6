using Actors.Filtering;
using Actors.Live;
using Actors.Queries;
using Actors.Web.Components.Controls.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Components.Sample;

namespace Actors.Components;

/// <summary>The list of traces over fake grains: what every list has.</summary>
public sealed class ListPageTests : ComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task The_list_shows_rows_counts_and_facets()
    {
        Grains.Analytics.Traces.AddRange([Trace("t1", -1), Trace("t2", -2, running: 1)]);
        var page = Render<TracesPage>(p => p.Add(t => t.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-total='2']").Count == 1);

        Assert.Contains("production", page.Find(".facets").TextContent);
    }

    [Fact]
    public async Task A_facet_goes_to_the_address()
    {
        Grains.Analytics.Traces.Add(Trace("t1"));
        var page = Render<TracesPage>(p => p.Add(t => t.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll(".facet input").Count > 0);

        page.Find(".facet input").Change(true);

        Assert.EndsWith("/p/support/traces?f=env%3Aproduction", Navigation.Uri);
    }

    [Fact]
    public async Task New_traces_are_counted_instead_of_inserted()
    {
        Grains.Metrics.Snapshot = new LiveSnapshot { Version = 1, At = T0, Feed = [Feed("t1")], TracesSeen = 100 };
        Grains.Analytics.Traces.Add(Trace("t1"));
        var page = Render<TracesPage>(p => p.Add(t => t.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-total='1']").Count == 1);

        Grains.Analytics.Traces.Add(Trace("t2"));
        Grains.Analytics.Fresh = 1;
        await BeatUntilAsync(page, () => Grains.Metrics.Observers == 1);
        await Grains.Metrics.TickAsync(Tick(2) with { TracesSeen = 101 });
        await BeatUntilAsync(page, () => page.FindAll("[data-fresh='1']").Count == 1);
        Assert.Single(page.FindAll("[data-total='1']"));

        Grains.Analytics.Fresh = 0;
        page.Find("[data-fresh]").Click();

        page.WaitForAssertion(() => Assert.Single(page.FindAll("[data-total='2']")));
        Assert.Empty(page.FindAll("[data-fresh]"));
    }

    [Fact]
    public async Task A_list_without_matches_says_so()
    {
        Navigation.NavigateTo("/p/support/traces?user=nobody");
        var page = Render<TracesPage>(p => p.Add(t => t.Project, "support"));

        await BeatUntilAsync(page, () => page.Markup.Contains("No trace matches", StringComparison.Ordinal));
        Assert.Equal(Filter.Equal("userId", "nobody"), Grains.Analytics.Queries[0].Filter);
    }

    [Fact]
    public async Task The_address_holds_the_filter_and_the_order()
    {
        Navigation.NavigateTo("/p/support/traces?f=level%3AERROR%20-env%3Adev&sort=-latency");
        Grains.Analytics.Traces.Add(Trace("t1"));
        var page = Render<TracesPage>(p => p.Add(t => t.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-total='1']").Count == 1);

        Assert.Equal("level:ERROR -env:dev", page.Find(".query input").GetAttribute("value"));
        Assert.Equal("Latency", page.Find("[aria-sort=descending]").TextContent.Trim());
        Assert.Equal(TraceOrder.Latency, Grains.Analytics.Queries[0].OrderBy);

        var bar = page.FindComponent<QueryBar>();
        await page.InvokeAsync(() => bar.Instance.OnWrite("user:a", 6));
        await page.InvokeAsync(() => bar.Instance.OnKeyAsync("Enter"));

        Assert.EndsWith("/p/support/traces?f=user%3Aa&sort=-latency", Navigation.Uri);
    }

    [Fact]
    public async Task A_filter_that_cannot_be_read_says_where_and_finds_nothing()
    {
        Navigation.NavigateTo("/p/support/traces?f=level%3ALOUD");
        var page = Render<TracesPage>(p => p.Add(t => t.Project, "support"));

        await BeatUntilAsync(page, () => page.Markup.Contains("No trace matches", StringComparison.Ordinal));
        Assert.Equal("7 level is one of DEBUG, DEFAULT, WARNING, ERROR.", page.Find("#query-problem").TextContent.Trim());
        Assert.Equal(Filter.Nothing, Grains.Analytics.Queries[0].Filter);
    }

    [Fact]
    public async Task Columns_are_chosen_moved_and_sized_in_the_address()
    {
        var page = await OpenAsync(Trace("t1"));

        page.Find("[data-column=output] input").Change(false);
        Assert.EndsWith("?cols=time%2Clevel%2Cname%2Cinput%2Cmodel%2Clatency%2Ccost%2Ctokens%2Cuser%2Csession%2Cenvironment", Navigation.Uri);

        Navigation.NavigateTo("/p/support/traces?cols=name%2Ccost");
        page.WaitForAssertion(() => Assert.Equal(["Name", "Cost"], page.FindAll("[data-col]").Select(h => h.TextContent.Trim())));
        page.Find("button[aria-label='Cost further left']").Click();
        Assert.EndsWith("?cols=cost%2Cname", Navigation.Uri);

        var table = page.FindComponent<ListTable<Tracing.TraceRecord>>();
        await page.InvokeAsync(() => table.Instance.ResizedAsync("name", 240));
        Assert.EndsWith("?cols=cost%2Cname%3A240", Navigation.Uri);
        Assert.Equal("--cols:34px 82px 240px;min-width:356px", page.Find(".grid").GetAttribute("style"));
    }

    [Fact]
    public async Task A_row_is_shown_beside_the_list_and_the_keys_go_on_from_there()
    {
        Grains.Trace.Document = Document(1, Observation("a"));
        var page = await OpenAsync(Trace("t1", -1), Trace("t2", -2), Trace("t3", -3));

        var table = page.FindComponent<ListTable<Tracing.TraceRecord>>();
        await page.InvokeAsync(() => table.Instance.PickedAsync(0));
        Assert.EndsWith("/p/support/traces?peek=t1", Navigation.Uri);
        await BeatUntilAsync(page, () => page.FindAll("[data-peek=t1] .wf-row").Count == 2);
        Assert.Contains("1 of 3", page.Find(".peek header").TextContent, StringComparison.Ordinal);
        Assert.Contains(Grains.Keys, key => key.Contains("t2", StringComparison.Ordinal));

        await page.InvokeAsync(() => Shortcuts.RunAsync("j"));
        Assert.EndsWith("?peek=t2", Navigation.Uri);
        await BeatUntilAsync(page, () => page.FindAll("[data-peek=t2]").Count == 1);
        Assert.Equal("/p/support/traces/t2", page.Find(".peek header a").GetAttribute("href"));

        await page.InvokeAsync(() => Shortcuts.RunAsync("Escape"));
        Assert.EndsWith("/p/support/traces", Navigation.Uri);
        await BeatUntilAsync(page, () => page.FindAll(".peek").Count == 0);
    }

    [Fact]
    public async Task Rows_are_chosen_with_boxes_and_keys_and_let_go()
    {
        var page = await OpenAsync([.. Enumerable.Range(1, 6).Select(n => Trace($"t{n}", -n))]);
        await BeatUntilAsync(page, () => page.FindAll("[data-row]").Count == 6);

        page.FindAll("[data-row] input")[1].Click();
        Assert.Equal("1", page.Find("[data-chosen]").GetAttribute("data-chosen"));
        Assert.Empty(page.FindAll("a[href*=cmp]"));
        page.FindAll("[data-row] input")[2].Click();
        page.WaitForAssertion(() => Assert.Equal("/p/support/traces/t2?cmp=t3", page.Find("a[href*=cmp]").GetAttribute("href")));
        await page.FindAll("[data-row] input")[3].ClickAsync(new() { ShiftKey = true });
        page.WaitForAssertion(() => Assert.Equal(["t2", "t3", "t4"], page.FindAll(".tr.chosen").Select(r => r.GetAttribute("data-row"))));
        Assert.Equal(["t2", "t3", "t4"], page.FindAll("input[name=id]").Select(i => i.GetAttribute("value")));

        await page.InvokeAsync(() => Shortcuts.RunAsync("j"));
        await page.InvokeAsync(() => Shortcuts.RunAsync("x"));
        page.WaitForAssertion(() => Assert.Equal(4, page.FindAll(".tr.chosen").Count));
        await page.InvokeAsync(() => Shortcuts.RunAsync("Escape"));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-chosen]")));

        page.Find(".th input").Click();
        page.WaitForAssertion(() => Assert.Equal("6", page.Find("[data-chosen]").GetAttribute("data-chosen")));
    }

    [Fact]
    public async Task The_list_is_exported_as_it_is_narrowed()
    {
        Navigation.NavigateTo("/p/support/traces?f=level%3AERROR&range=1h");
        var page = await OpenAsync(Trace("t1"));

        Assert.Equal(
            ["csv", "jsonl", "parquet"],
            page.FindAll("a[download]").Select(a => a.GetAttribute("href")!.Split("/p/support/export/traces?f=level%3AERROR&range=1h&format=")[1]));
    }

    [Fact]
    public async Task An_address_with_a_row_beside_the_list_goes_on_from_that_row()
    {
        Grains.Trace.Document = Document(1, Observation("a"));
        Navigation.NavigateTo("/p/support/traces?peek=t2");
        var page = await OpenAsync(Trace("t1", -1), Trace("t2", -2), Trace("t3", -3));
        await BeatUntilAsync(page, () => page.FindAll("[data-peek=t2]").Count == 1);

        await page.InvokeAsync(() => Shortcuts.RunAsync("j"));

        Assert.EndsWith("?peek=t3", Navigation.Uri);
    }

    [Fact]
    public async Task A_row_that_has_gone_says_so_beside_the_list()
    {
        Navigation.NavigateTo("/p/support/traces?peek=gone");
        var page = await OpenAsync(Trace("t1"));

        await BeatUntilAsync(page, () => page.FindAll(".peek .empty").Count == 1);
        Assert.Contains("There is no such trace", page.Find(".peek").TextContent, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<TracesPage>> OpenAsync(params Tracing.TraceRecord[] traces)
    {
        Grains.Analytics.Traces.AddRange(traces);
        var page = Render<TracesPage>(p => p.Add(t => t.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll($"[data-total='{traces.Length}']").Count == 1);
        return page;
    }
}
