using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Components.Controls;
using Actors.Web.Components.Controls.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static Actors.Components.Sample;

namespace Actors.Components;

/// <summary>The list of observations, and the strip above a list, over fake grains.</summary>
public sealed class ObservationsPageTests : ComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task A_row_shows_the_observation_and_what_its_trace_says_and_leads_to_its_span()
    {
        var page = await OpenAsync("?cols=type,name,trace,user,latency,ttft,tps", Line("a/b"));

        var row = page.Find("[data-row]");
        Assert.Equal("/p/support/traces/t1?span=a%2Fb", row.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(
            ["Generation", "step a/b", "the trace", "user-1", "100 ms", "40 ms", "500"],
            row.QuerySelectorAll("[role=cell]:not(.pick)").Select(c => c.TextContent.Trim()));
    }

    [Fact]
    public async Task The_order_and_the_moment_of_the_list_are_asked_for()
    {
        var page = await OpenAsync("?sort=-ttft&f=type%3AGENERATION", Line("a"));

        Assert.All(Grains.Analytics.ObservationQueries, q => Assert.Equal((ObservationOrder.TimeToFirstToken, true, T0), (q.OrderBy, q.Descending, q.ReceivedUpTo)));
        Assert.Equal("TTFT", page.Find("[aria-sort=descending]").TextContent.Trim());
    }

    [Fact]
    public async Task An_observation_is_shown_beside_the_list_within_its_trace()
    {
        Grains.Trace.Document = Document(1, Observation("a"), Observation("b"));
        var page = await OpenAsync("", Line("b"));

        await page.InvokeAsync(() => page.FindComponent<ListTable<ObservationLine>>().Instance.PickedAsync(0));

        await BeatUntilAsync(page, () => page.FindAll(".peek [aria-selected=true][data-span=b]").Count == 1);
        Assert.EndsWith("?peek=2.t1b", Navigation.Uri);
    }

    [Fact]
    public async Task The_strip_takes_a_time_and_opens_the_slowest()
    {
        Grains.Analytics.Pulse = new Pulse(TimeSpan.Zero, [new(T0.AddMinutes(-30), 4, 1, 100, 200, 0.1m, new PulsePoint("t1", "a", 900))]);
        var page = await OpenAsync("", Line("a"));
        await BeatUntilAsync(page, () => page.FindAll(".pulse[data-buckets='1'] .chart").Count == 1);

        await page.InvokeAsync(() => page.FindComponent<LiveChart>().Instance.ZoomedAsync(T0.AddHours(-2).ToUnixTimeMilliseconds(), T0.ToUnixTimeMilliseconds()));
        Assert.Contains("range=2026-03-01T10%3A00%3A00.000Z%2C2026-03-01T12%3A00%3A00.000Z", Navigation.Uri, StringComparison.Ordinal);

        page.FindAll(".pulse .seg button")[1].Click();
        await page.InvokeAsync(() => page.FindComponent<LiveChart>().Instance.PickedAsync(T0.AddMinutes(-30).ToUnixTimeMilliseconds(), PulseView.SlowestSeries, null, null));
        Assert.EndsWith("/p/support/traces/t1?span=a", Navigation.Uri);
    }

    [Theory]
    [InlineData("t1", "a")]
    [InlineData("1.x", "5.y")]
    [InlineData("a.b", ".")]
    public void An_id_holds_the_ids_of_trace_and_observation(string trace, string observation) =>
        Assert.Equal((trace, observation), ObservationSource.Split(ObservationSource.IdOf(trace, observation)));

    [Theory]
    [InlineData("")]
    [InlineData("t1")]
    [InlineData("9.t1a")]
    [InlineData("-1.t1a")]
    public void What_is_no_id_is_none(string id) => Assert.Null(ObservationSource.Split(id));

    private static ObservationLine Line(string id) => new(
        Observation(id, type: ObservationType.Generation) with
        {
            CompletionStartTime = T0.AddMilliseconds(40),
            Usage = [new UsageEntry("output", 30)],
        },
        new ObservationTrace("the trace", "user-1", null, null, []));

    private async Task<IRenderedComponent<ObservationsPage>> OpenAsync(string query, params ObservationLine[] lines)
    {
        Grains.Analytics.Observations.AddRange(lines);
        Navigation.NavigateTo("/p/support/observations" + query);
        var page = Render<ObservationsPage>(p => p.Add(o => o.Project, "support"));
        await BeatUntilAsync(page, () => page.FindAll($"[data-total='{lines.Length}']").Count == 1);
        return page;
    }
}
