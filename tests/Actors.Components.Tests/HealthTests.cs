using Actors.Live;
using Actors.Queries;
using Actors.Web.Model.Health;
using static Actors.Components.Sample;

namespace Actors.Components;

public sealed class HealthTests : ComponentTest
{
    private static readonly LiveHealth Good = new()
    {
        Since = T0,
        Position = 1_234,
        IsWaiting = false,
        Observers = 1,
        Lag = TimeSpan.FromMilliseconds(90),
        AuditedAt = T0,
        SecondsCompared = 600,
    };

    private static readonly AnalyticsStatus InStep = new(
        1_234, 1_234, TimeSpan.Zero, AnalyticsState.Following, new ColumnsAudit(T0, T0, 40, 0, null));

    public static TheoryData<string, string> Wholes => new()
    {
        { "ok", "All right" },
        { "warn", "Catching up" },
        { "warn", "Senders are slowed" },
        { "err", "Lists stand still" },
        { "err", "Numbers were wrong" },
        { "err", "Lists were wrong" },
    };

    [Theory]
    [MemberData(nameof(Wholes))]
    public void The_whole_says_what_its_worst_part_is_about(string tone, string text)
    {
        var view = HealthView.Of(
            text == "Senders are slowed" ? QuietDoors with { RefusedAt = T0.AddSeconds(30) } : QuietDoors with { RefusedAt = T0.AddMinutes(-5) },
            text switch
            {
                "Catching up" => InStep with { State = AnalyticsState.CatchingUp },
                "Lists stand still" => InStep with { State = AnalyticsState.Failing },
                "Lists were wrong" => InStep with { Audit = InStep.Audit! with { Differences = 1 } },
                _ => InStep,
            },
            text == "Numbers were wrong" ? Good with { Differences = 1, IsWaiting = true } : Good,
            new ServerFacts(T0, 100 << 20, 2),
            T0.AddMinutes(1));

        Assert.Equal((tone, text), (view.Tone, view.Text));
    }

    [Theory]
    [InlineData(2, false, "ok")]
    [InlineData(3, false, "warn")]
    [InlineData(0, true, "warn")]
    public void What_is_behind_for_longer_than_a_list_waits_is_said(int lag, bool isWaiting, string tone) => Assert.Equal(tone, HealthView.Of(
        QuietDoors, InStep with { Lag = TimeSpan.FromSeconds(lag) }, Good with { IsWaiting = isWaiting }, new ServerFacts(T0, 100 << 20, 2), T0).Tone);

    [Fact]
    public void The_page_says_what_every_part_says()
    {
        Doors.Facts = QuietDoors with
        {
            Refused = [("short of memory", 0), ("too much to commit", 7)],
            RefusedAt = T0,
            MemoryShare = 0.377,
            WaitingRows = 12,
            MaxWaitingRows = 20_000,
        };
        Grains.Metrics.Health = Good with { Differences = 2, LastDifference = "second 7, Total : traces: 0, 1" };
        Grains.Analytics.Status = new AnalyticsStatus(
            1_200, 1_234, TimeSpan.FromMilliseconds(40), AnalyticsState.Following, new ColumnsAudit(T0, T0, 40, 1, "observation call: cost_usd: 3, 0.25"));
        var page = Render<HealthPage>(p => p.Add(h => h.Project, "support"));

        page.WaitForAssertion(() => Assert.Equal("err", page.Find("[data-health]").GetAttribute("data-health")));
        Assert.Equal("12 of 20,000", Fact(page, "Doors", "Rows that wait for a commit"));
        Assert.Equal("38 %", Fact(page, "Doors", "Memory, of its bound"));
        Assert.Equal(("7", "7"), (Fact(page, "Doors", "Requests sent away"), Fact(page, "Doors", "· too much to commit")));
        Assert.DoesNotContain("short of memory", page.Markup, StringComparison.Ordinal);
        Assert.Equal("34", Fact(page, "Lists and history", "Positions behind"));
        Assert.Equal("1,234", Fact(page, "Live numbers", "Include the log up to"));
        Assert.Equal("second 7, Total : traces: 0, 1", Fact(page, "Audit", "Last difference"));
        Assert.Equal("observation call: cost_usd: 3, 0.25", Fact(page, "Audit of the lists", "Last difference"));
    }

    [Fact]
    public void An_unknown_project_is_said_plainly() =>
        Assert.Contains("There is no project", Render<HealthPage>(p => p.Add(h => h.Project, "nope")).Markup, StringComparison.Ordinal);

    private static string Fact(IRenderedComponent<HealthPage> page, string part, string name) =>
        page.FindAll($"[data-part='{part}'] tr").Single(row => row.Children[0].TextContent == name).Children[1].TextContent;
}
