using Actors.Live;
using Actors.Queries;
using Actors.Web.Components.Pages;
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

    [Theory]
    [InlineData(0, false, 0, "ok", "All right")]
    [InlineData(2, false, 0, "ok", "All right")]
    [InlineData(3, false, 0, "warn", "Catching up")]
    [InlineData(0, true, 0, "warn", "Catching up")]
    [InlineData(3, true, 1, "err", "Numbers were wrong")]
    public void The_whole_is_as_good_as_its_worst_part(int lag, bool isWaiting, long differences, string tone, string text)
    {
        var view = HealthView.Of(
            new AnalyticsStatus(1_000, 1_234, TimeSpan.FromSeconds(lag)),
            Good with { IsWaiting = isWaiting, Differences = differences },
            new ServerFacts(T0, 100 << 20, 2),
            T0.AddMinutes(1));

        Assert.Equal((tone, text), (view.Tone, view.Text));
    }

    [Fact]
    public void The_page_says_what_every_part_says()
    {
        Grains.Metrics.Health = Good with { Differences = 2, LastDifference = "second 7, Total : traces: 0, 1" };
        Grains.Analytics.Status = new AnalyticsStatus(1_200, 1_234, TimeSpan.FromMilliseconds(40));
        var page = Render<HealthPage>(p => p.Add(h => h.Project, "support"));

        page.WaitForAssertion(() => Assert.Equal("err", page.Find("[data-health]").GetAttribute("data-health")));
        Assert.Equal("34", Fact(page, "Lists and history", "Positions behind"));
        Assert.Equal("1,234", Fact(page, "Live numbers", "Include the log up to"));
        Assert.Equal("second 7, Total : traces: 0, 1", Fact(page, "Audit", "Last difference"));
    }

    [Fact]
    public void An_unknown_project_is_said_plainly() =>
        Assert.Contains("There is no project", Render<HealthPage>(p => p.Add(h => h.Project, "nope")).Markup, StringComparison.Ordinal);

    private static string Fact(IRenderedComponent<HealthPage> page, string part, string name) =>
        page.FindAll($"[data-part='{part}'] tr").Single(row => row.Children[0].TextContent == name).Children[1].TextContent;
}
