namespace Actors.Components;

public sealed class NavigationModelTests
{
    [Theory]
    [InlineData("p/support/live", "support")]
    [InlineData("p/support/traces/a%2Fb?tab=json", "support")]
    [InlineData("p/support", "support")]
    [InlineData("", null)]
    [InlineData("not-found", null)]
    [InlineData("p/..%2Fetc/live", null)]
    public void The_project_is_read_from_the_address(string path, string? expected) =>
        Assert.Equal(expected, ProjectPath.Find(path)?.Value);

    [Fact]
    public void Trace_ids_may_hold_anything() =>
        Assert.Equal("/p/support/traces/a%2Fb%3Fc", ProjectPath.Trace(new ProjectId("support"), "a/b?c"));

    [Fact]
    public async Task The_newest_owner_of_a_key_wins_until_it_leaves()
    {
        var pressed = new List<string>();
        var shortcuts = new Shortcuts();
        using var page = shortcuts.Register(new Shortcut("j", "Next", () => Press("page")));
        var panel = shortcuts.Register(new Shortcut("j", "Next", () => Press("panel")));

        await shortcuts.RunAsync("j");
        panel.Dispose();
        panel.Dispose();
        await shortcuts.RunAsync("j");
        await shortcuts.RunAsync("unknown");

        Assert.Equal(["panel", "page"], pressed);

        Task Press(string by)
        {
            pressed.Add(by);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public void A_viewer_is_watching_only_when_connected_and_in_front()
    {
        var changes = 0;
        var presence = new ViewerPresence();
        presence.Changed += () => changes++;

        presence.Visible = false;
        presence.Connected = false;
        presence.Visible = true;
        Assert.False(presence.Watching);
        presence.Connected = true;

        Assert.True(presence.Watching);
        Assert.Equal(2, changes);
    }

    [Fact]
    public void Times_are_those_of_the_viewer()
    {
        var clock = new ViewerClock();
        Assert.Equal("12:00:00", clock.Time(Sample.T0));

        Assert.True(clock.Use("Asia/Kolkata"));
        Assert.Equal("17:30:00", clock.Time(Sample.T0));
        Assert.False(clock.Use("Nowhere/Land"));
        Assert.Equal("17:30:00", clock.Time(Sample.T0));
    }
}
