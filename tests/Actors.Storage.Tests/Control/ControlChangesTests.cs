using Actors.Testing;

namespace Actors.Storage.Control;

public sealed class ControlChangesTests
{
    private readonly SteppedClock _clock = new();

    [Fact]
    public void What_is_remembered_counts_for_seconds_while_changes_are_not_heard()
    {
        var changes = new ControlChanges(_clock);
        var (second, minute) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(ControlChanges.Unheard, changes.Trust(minute));

        changes.HeardUntil(_clock.GetTimestamp());
        Assert.Equal(minute, changes.Trust(minute));
        _clock.Advance(ControlChanges.Unheard);

        Assert.Equal(ControlChanges.Unheard, changes.Trust(minute));
        Assert.Equal(second, changes.Trust(second));
        Assert.Equal(minute, new ControlChanges().Trust(minute));
    }

    [Fact]
    public void Who_subscribed_hears_of_its_subjects_alone()
    {
        var changes = new ControlChanges();
        var heard = new List<string>();
        changes.Subscribe(ControlSubjects.Prompts | ControlSubjects.Models, p => heard.Add($"changed {p}"), () => heard.Add("missed"));

        changes.Tell(new ControlChange(ControlSubjects.Access, new ProjectId("a")));
        changes.Tell(default);
        changes.Tell(new ControlChange(ControlSubjects.Models, new ProjectId("b")));
        changes.Tell(new ControlChange(ControlSubjects.All));
        changes.TellMissed();

        Assert.Equal(["changed b", "changed ", "missed"], heard);
    }

    [Fact]
    public void A_message_says_what_was_changed()
    {
        foreach (var change in new[] { new ControlChange(ControlSubjects.Prompts | ControlSubjects.PromptIds, new ProjectId("a-b.c")), new ControlChange(ControlSubjects.Access) })
        {
            Assert.Equal(change, ControlChange.Parse(change.ToString()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("x y")]
    [InlineData("4 no project")]
    public void Of_a_message_that_nobody_understands_everything_has_changed(string message) =>
        Assert.Equal(new ControlChange(ControlSubjects.All), ControlChange.Parse(message));
}
