using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Components.Controls;
using Actors.Web.Model.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Components.Sample;
using TracePage = Actors.Web.Components.Pages.Trace.TracePage;

namespace Actors.Components;

/// <summary>
/// Pages over fake grains. The heart of a page beats with the fake clock; a test moves it and waits for the page to say what
/// is expected.
/// </summary>
public sealed class PageTests : ComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private void Given(params FeedTrace[] feed) => Grains.Metrics.Snapshot = new LiveSnapshot
    {
        Version = 1,
        At = T0,
        Feed = feed,
        TracesSeen = 100,
        Series = [Total(Point(-5, 12, 800), Point(-4, 10, 900))],
        Windows = [Sample.Window(new LiveStats { Requests = 600, Observations = 700, LatencyP95Ms = 1257 }, null)],
    };

    private static string? State(IRenderedComponent<LivePage> page) => page.Find("[data-live-state]").GetAttribute("data-live-state");

    [Fact]
    public void An_unknown_project_is_said_plainly() =>
        Assert.Contains("There is no project", Render<LivePage>(p => p.Add(l => l.Project, "nope")).Markup);

    [Fact]
    public async Task The_live_page_shows_figures_and_feed_and_then_what_is_pushed()
    {
        Given(Feed("t1", -3));
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-tile=requests] [data-value='10']").Count == 1);
        Assert.Equal("live", State(page));
        Assert.Equal("1,257ms", page.Find("[data-tile=latency] .value").TextContent);
        Assert.Single(page.FindAll("[data-feed] [data-trace=t1]"));

        await Grains.Metrics.TickAsync(Tick(2, 1) with { Feed = [Feed("t2", 1, running: 1)], TracesSeen = 101 });
        await BeatUntilAsync(page, () => page.FindAll("[data-feed] [data-trace]").Count == 2);

        Assert.Equal("t2", page.Find("[data-feed] [data-trace]").GetAttribute("data-trace"));
        Assert.Equal("Running", page.Find("[data-feed] .pill").TextContent);
    }

    [Fact]
    public async Task A_figure_says_how_old_it_is_and_when_it_waits_to_be_confirmed()
    {
        Given(Feed("t1", -3));
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-tile=requests] [data-value='10']").Count == 1);
        Assert.StartsWith("As of ", page.Find("[data-tile=requests] .value").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-tile] .age"));

        await Grains.Metrics.TickAsync(Tick(2, 1) with { Windows = [Sample.Window(new LiveStats { Requests = 60 }, null) with { IsWaiting = true }] });
        await BeatUntilAsync(page, () => page.FindAll("[data-tile=requests] .age").Count == 1);
        Assert.Equal("settling", page.Find("[data-tile=requests] .age").TextContent);

        Grains.Metrics.Down = true;
        Time.Advance(TimeSpan.FromSeconds(20));
        await BeatUntilAsync(page, () => page.Find("[data-tile=requests] .age").TextContent.EndsWith(" old", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_filter_in_the_address_watches_that_part_and_nothing_when_it_cannot_be_read()
    {
        Given(Feed("t1", -3));
        Navigation.NavigateTo("/p/support/live?f=env%3Aproduction%20user%3Au-1&range=5m");
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-feed] [data-trace=t1]").Count == 1);
        Assert.Contains("support/env:production user:u-1", Grains.Keys);
        Assert.Contains("f=env%3Aproduction%20user%3Au-1", page.Find("a[href*='range=1h']").GetAttribute("href"), StringComparison.Ordinal);

        page.Find("input[type=search]").Change("latency:>2s");
        await page.Find("form.query").SubmitAsync();
        await BeatUntilAsync(page, () => page.Markup.Contains("The filter cannot be read", StringComparison.Ordinal));
        Assert.NotEmpty(page.Find("#live-problem").TextContent);
        Assert.Empty(page.FindAll("[data-tile]"));
    }

    [Fact]
    public async Task Pausing_holds_what_is_shown_and_counts_what_is_held_back()
    {
        Given(Feed("t1", -3));
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-trace=t1]").Count == 1);

        await page.InvokeAsync(() => Shortcuts.RunAsync("Space"));
        await Grains.Metrics.TickAsync(Tick(2, 1) with { Feed = [Feed("t2", 1)], TracesSeen = 1384 });
        await BeatUntilAsync(page, () => page.Find("[data-live-state]").TextContent == "Paused · 1,284 new");
        Assert.Single(page.FindAll("[data-feed] [data-trace]"));

        await page.InvokeAsync(() => Shortcuts.RunAsync("Space"));
        await BeatUntilAsync(page, () => page.FindAll("[data-feed] [data-trace]").Count == 2);
        Assert.Equal("live", State(page));
    }

    [Fact]
    public async Task A_step_shows_what_is_new_and_holds_again()
    {
        Given(Feed("t1", -3));
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-trace=t1]").Count == 1);
        await page.InvokeAsync(() => Shortcuts.RunAsync("Space"));
        await Grains.Metrics.TickAsync(Tick(2, 1) with { Feed = [Feed("t2", 1)], TracesSeen = 101 });
        await BeatUntilAsync(page, () => page.Find("[data-live-state]").TextContent == "Paused · 1 new");

        await page.InvokeAsync(() => Shortcuts.RunAsync("."));
        Assert.Equal("Paused · 0 new", page.Find("[data-live-state]").TextContent);
        Assert.Equal(2, page.FindAll("[data-feed] [data-trace]").Count);

        await Grains.Metrics.TickAsync(Tick(3, 2) with { Feed = [Feed("t3", 2)], TracesSeen = 102 });
        await BeatUntilAsync(page, () => page.Find("[data-live-state]").TextContent == "Paused · 1 new");
        Assert.Equal(2, page.FindAll("[data-feed] [data-trace]").Count);
        Assert.Equal("paused", page.Find("[data-card=latency] .fresh").TextContent);
    }

    [Fact]
    public async Task A_new_model_makes_a_mark_when_it_is_pushed()
    {
        Given(Feed("t1", -3));
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => Grains.Analytics.ChangesAsked.Count >= 2 && page.Markup.Contains("Nothing new in the last hour", StringComparison.Ordinal));

        Grains.Analytics.Changes.Add(new Change { Kind = ChangeKinds.Model, At = Time.GetUtcNow(), Value = "gpt-6", Count = 2, TraceId = "t2", ObservationId = "o1" });
        var window = Sample.Window(LiveStats.Empty, null) with { Key = new LiveSeriesKey(LiveDimension.Model, "gpt-6") };
        await Grains.Metrics.TickAsync(Tick(2, 1) with { Windows = [window], HasAllWindows = true });
        await BeatUntilAsync(page, () => page.FindAll("[data-change=model]").Count == 1);

        Assert.Contains("gpt-6", page.Find("[data-change=model]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/p/support/observations?f=model%3Agpt-6", page.Find("[data-change=model]").GetAttribute("href"));
        Assert.Equal("/p/support/traces/t2?span=o1", page.Find("[data-changes] .first").GetAttribute("href"));
        Assert.Contains("gpt-6", Assert.Single((IReadOnlyList<ChartMark>)Chart.Invocations["mark"][^1].Arguments[0]!).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_shows_its_step_and_leaves_when_it_has_ended()
    {
        Given(Feed("t1", -3));
        var step = new RunningStep("o1", "rerank", ObservationType.Tool, null, T0, 1);
        Grains.Analytics.Running = new RunningAgents(7, [new RunningAgent("t9", "research", T0.AddSeconds(-5), T0, new TraceSummary { Running = 2, TotalTokens = 1200 }, step)]);
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-agent=t9]").Count == 1);
        Assert.Contains("rerank", page.Find("[data-agent=t9]").TextContent, StringComparison.Ordinal);
        Assert.Equal("/p/support/traces/t9?span=o1", page.Find("[data-agent=t9]").GetAttribute("href"));

        await Grains.Metrics.TickAsync(Tick(2, 1) with { Feed = [Feed("t9", 1)] });
        await BeatUntilAsync(page, () => page.FindAll("[data-agent]").Count == 0);
    }

    [Fact]
    public async Task Reasons_of_errors_are_told_and_lead_to_what_failed()
    {
        Given(Feed("t1", -3));
        Grains.Analytics.Failures = new Failures(7, [new Failure("search", "timed out", "timed out", 4, T0, "t1", "o1")], 9);
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-failure=search]").Count == 1);

        Assert.Contains("top 7 of 9 reasons", page.Find("[data-card=failures]").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("/p/support/observations?f=level%3AERROR%20name%3Asearch%20status%3A%22timed%20out%22", page.Find("[data-failure=search]").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_point_leads_to_the_calls_behind_it_and_the_switch_to_another_chart()
    {
        Given(Feed("t1", -3));
        Navigation.NavigateTo("/p/support/live?by=status&score=tone");
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-trace=t1]").Count == 1);
        Assert.Equal("true", page.Find("[data-card=requests] a[href*='by=status']").GetAttribute("aria-current"));
        Assert.Equal("?score=tone", page.Find("[data-card=requests] .seg a").GetAttribute("href"));
        Assert.Equal("Quality · tone", page.Find("[data-tile=quality]").GetAttribute("aria-label"));

        var latency = page.FindComponents<LiveChart>().Single(c => c.Instance.Options.Kind == "bands");
        await page.InvokeAsync(() => latency.Instance.PickedAsync(T0.ToUnixTimeMilliseconds(), 1, 800, 1600));

        Assert.Contains("/p/support/observations?f=", Navigation.Uri, StringComparison.Ordinal);
        Assert.Contains("latency:>0.792s latency:<=1.616s", Uri.UnescapeDataString(Navigation.Uri), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_traces_the_page_says_how_to_send_one_and_turns_live_by_itself()
    {
        Given();
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.Markup.Contains("Waiting for the first trace", StringComparison.Ordinal));
        Assert.Contains("LANGFUSE_BASEURL=http://localhost", page.Markup);

        await Grains.Metrics.TickAsync(Tick(2, 1) with { Feed = [Feed("t1", 1)], TracesSeen = 101 });

        await BeatUntilAsync(page, () => page.FindAll("[data-trace=t1]").Count == 1);
    }

    [Fact]
    public async Task A_viewer_who_is_away_costs_nothing_and_finds_the_newest_on_return()
    {
        Given(Feed("t1", -3));
        var page = Render<LivePage>(p => p.Add(l => l.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll("[data-trace=t1]").Count == 1);

        Presence.Visible = false;
        await BeatUntilAsync(page, () => Grains.Metrics.Observers == 0);
        Given(Feed("t9", 100));
        Presence.Visible = true;

        await BeatUntilAsync(page, () => page.FindAll("[data-trace=t9]").Count == 1);
        Assert.Equal(1, Services.GetRequiredService<LiveFeed>().Scopes);
    }

    [Fact]
    public async Task A_trace_grows_while_it_runs()
    {
        Grains.Trace.Document = Document(1, Observation("a", null, 0, null));
        var page = Render<TracePage>(p => p.Add(t => t.Project, "support").Add(t => t.TraceId, "t1"));
        await BeatUntilAsync(page, () => page.FindAll(".wf-row").Count == 2 && Grains.Trace.Observers == 1);
        Assert.Contains("Running", page.Find(".top").TextContent);

        await Grains.Trace.GrowAsync(Document(2, Observation("a", null, 0, 300), Observation("b", "a", 100, 200)));
        await BeatUntilAsync(page, () => page.FindAll(".wf-row").Count == 3);

        Assert.Equal("2", page.Find("[data-version]").GetAttribute("data-version"));
        Assert.DoesNotContain("Running", page.Find(".top").TextContent);
    }

    [Fact]
    public async Task A_trace_without_news_is_lost_and_news_brings_it_back()
    {
        Grains.Trace.Document = Document(1, Observation("a", null, 0, null));
        var page = Render<TracePage>(p => p.Add(t => t.Project, "support").Add(t => t.TraceId, "t1"));
        await BeatUntilAsync(page, () => page.FindAll(".wf-row").Count == 2 && Grains.Trace.Observers == 1);

        Time.Advance(RunningTrace.Lease + TimeSpan.FromMinutes(1));
        await BeatUntilAsync(page, () => page.Find(".top").TextContent.Contains("Lost", StringComparison.Ordinal));

        var news = Document(2, Observation("a", null, 0, null), Observation("b", "a", 100, 200));
        await Grains.Trace.GrowAsync(news with { Trace = news.Trace! with { UpdatedAt = Time.GetUtcNow() } });
        await BeatUntilAsync(page, () => page.Find(".top").TextContent.Contains("Running", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Choosing_a_span_and_a_tab_goes_to_the_address()
    {
        Grains.Trace.Document = Document(1, Observation("a"), Observation("b/c"));
        var page = Render<TracePage>(p => p.Add(t => t.Project, "support").Add(t => t.TraceId, "t1"));
        await BeatUntilAsync(page, () => page.FindAll(".wf-row").Count == 3);

        page.FindAll(".wf-row")[2].Click();
        Assert.EndsWith("/p/support/traces/t1?span=b%2Fc", Navigation.Uri);
        await page.InvokeAsync(() => Shortcuts.RunAsync("]"));

        Assert.EndsWith("?span=b%2Fc&tab=json", Navigation.Uri);
        Assert.Equal("step b/c", page.Find(".detail h2").TextContent);
    }

    [Fact]
    public async Task A_trace_that_has_not_arrived_appears_when_it_does()
    {
        var page = Render<TracePage>(p => p.Add(t => t.Project, "support").Add(t => t.TraceId, "t1"));
        await BeatUntilAsync(page, () => page.Markup.Contains("Waiting for the trace", StringComparison.Ordinal) && Grains.Trace.Observers == 1);

        await Grains.Trace.GrowAsync(Document(1, Observation("a")));

        await BeatUntilAsync(page, () => page.FindAll(".wf-row").Count == 2);
    }

    [Fact]
    public async Task An_absurd_id_is_no_trace_and_no_error()
    {
        var page = Render<TracePage>(p => p.Add(t => t.Project, "support").Add(t => t.TraceId, new string('x', 900)));

        await BeatUntilAsync(page, () => page.Markup.Contains("There is no such trace", StringComparison.Ordinal));
        Assert.Equal(0, Grains.Trace.Observers);
    }
}
