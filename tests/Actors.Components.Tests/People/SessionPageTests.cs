using System.Globalization;
using Actors.Live;
using Actors.Queries;
using Actors.Tracing;
using Actors.Web.Components.Pages.Sessions;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Components.People;

/// <summary>A session as a conversation that grows.</summary>
public sealed class SessionPageTests : ComponentTest
{
    private static readonly TraceGroup Totals = new()
    {
        Id = "talk", Traces = 2, Observations = 4, FirstAt = Sample.T0, LastAt = Sample.T0.AddSeconds(10), CostUsd = 0.06m, TotalTokens = 900, Users = ["u-1"],
    };

    [Fact]
    public async Task The_thread_tells_each_turn_once_and_the_rail_leads_to_them()
    {
        Given(Turn("a", 0, "Where is my order?", "On its way."), Turn("b", 10, "When does it come?", "Tomorrow."));
        var page = await OpenAsync();

        Assert.Equal(["a", "b"], page.FindAll("[data-trace]").Select(t => t.GetAttribute("data-trace")));
        Assert.Contains("Where is my order?", page.Find("[data-turn='1']").TextContent, StringComparison.Ordinal);
        Assert.Equal("talk", page.Find("h1").TextContent);
        Assert.Contains("$0.0600", page.Markup, StringComparison.Ordinal);

        await page.Find("[data-turn='2']").ClickAsync(new());
        Assert.EndsWith("/sessions/talk?turn=2", Navigation.Uri, StringComparison.Ordinal);

        Navigation.NavigateTo("/p/support/sessions/talk?turn=1");
        await page.InvokeAsync(() => Shortcuts.RunAsync("j"));
        Assert.EndsWith("turn=2", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_that_comes_is_pushed_and_what_is_known_is_not_read_again()
    {
        Given(Turn("a", 0, "Where is my order?", "On its way."));
        var page = await OpenAsync();
        Assert.Contains("support/talk", Grains.Keys);

        Grains.Analytics.Turns.Add(Turn("b", 10, "When does it come?", null, running: 1));
        Grains.Analytics.TurnsChanged = ["b"];
        Grains.Analytics.Groups[0] = Totals with { Running = 1 };
        await Grains.Metrics.TickAsync(Sample.Tick(2, 1));
        await BeatUntilAsync(page, () => page.FindAll("[data-trace='b']").Count == 1);

        Assert.Contains("Waiting for the answer", page.Markup, StringComparison.Ordinal);
        Assert.Equal(Grains.Analytics.Watermark, Grains.Analytics.TurnQueries[^1].ChangedAfter);
    }

    [Fact]
    public async Task Where_it_went_wrong_is_marked_and_one_key_away()
    {
        Given(Turn("a", 0, "Hello there my friend", "Hi."), Turn("b", 10, "Where is my order?", "No idea."));
        Grains.Analytics.TurnScores.Add(new ScoreRecord
        {
            Id = "s", TraceId = "b", Name = "helpful", DataType = ScoreDataType.Boolean, Value = 0, Environment = "default", Timestamp = Sample.T0,
        });
        Grains.Analytics.HandOvers["b"] = "escalate";
        var page = await OpenAsync();

        Assert.Equal("2", page.Find("[data-first-trouble]").GetAttribute("data-first-trouble"));
        Assert.Equal(["poor helpful 0", "handed over: escalate"], page.FindAll("[data-turn='2'] .mark").Select(m => m.TextContent));

        await page.InvokeAsync(() => Shortcuts.RunAsync("w"));
        Assert.EndsWith("turn=2", Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_session_stands_beside_it_and_another_observation_can_be_shown()
    {
        Given(Turn("a", 0, "Where is my order?", "On its way."));
        Grains.Analytics.Turns.Add(Turn("x", 0, "Something else", "Indeed.") with { SessionId = "other" });
        Navigation.NavigateTo("/p/support/sessions/talk?cmp=other&show=answer");
        var page = await OpenAsync();

        Assert.Equal(["talk", "other"], page.FindAll("[data-thread]").Select(t => t.GetAttribute("data-thread")));
        Assert.Contains(Grains.Analytics.TurnQueries, q => q is { SessionId: "talk", Show: "answer", TextLimit: not 0 });
        Assert.Equal("answer", page.Find("select option[selected]").GetAttribute("value"));
    }

    [Fact]
    public async Task Only_the_newest_turns_are_open_until_earlier_ones_are_wanted()
    {
        Given([.. Enumerable.Range(0, 45).Select(i => Turn(string.Create(CultureInfo.InvariantCulture, $"t{i:00}"), i, $"Question number {i} of many", "Answer."))]);
        var page = await OpenAsync();
        Assert.Equal(30, page.FindAll("[data-trace]").Count);
        Assert.Equal(45, page.FindAll("[data-turn]").Count);

        await page.Find(".thread button").ClickAsync(new());
        Assert.Equal(45, page.FindAll("[data-trace]").Count);
    }

    [Fact]
    public async Task A_session_that_nobody_has_named_waits_for_its_first_turn()
    {
        Given();
        var page = await OpenAsync();
        Assert.Contains("There is no such session yet", page.Markup, StringComparison.Ordinal);

        Grains.Analytics.Turns.Add(Turn("a", 0, "Here I am", "Hello."));
        await Grains.Metrics.TickAsync(Sample.Tick(2, 1));
        await BeatUntilAsync(page, () => page.FindAll("[data-trace='a']").Count == 1);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private void Given(params TraceRecord[] turns)
    {
        Grains.Analytics.Turns.AddRange(turns);
        if (turns.Length > 0)
            Grains.Analytics.Groups.Add(Totals with { Traces = turns.Length });
        Grains.Metrics.Snapshot = new LiveSnapshot { Version = 1, At = Sample.T0 };
    }

    private async Task<IRenderedComponent<SessionPage>> OpenAsync()
    {
        if (!Navigation.Uri.Contains("/sessions/talk", StringComparison.Ordinal))
            Navigation.NavigateTo("/p/support/sessions/talk");
        var page = Render<SessionPage>(p => p.Add(s => s.Project, "support").Add(s => s.SessionId, "talk"));
        await BeatUntilAsync(page, () => Grains.Metrics.Observers > 0);
        return page;
    }

    private static TraceRecord Turn(string id, int after, string asked, string? said, int running = 0) => Sample.Trace(id, after, running) with
    {
        SessionId = "talk", Input = $"\"{asked}\"", Output = said is null ? null : $"\"{said}\"",
    };
}
