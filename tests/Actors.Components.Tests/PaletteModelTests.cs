using Actors.Web.Model.Shell.Palette;

namespace Actors.Components;

public sealed class PaletteModelTests
{
    private readonly PaletteModel _palette = new();

    private string[] Titles => [.. _palette.Items.Select(i => i.Title)];

    [Fact]
    public void With_nothing_written_everything_known_is_there_in_its_groups()
    {
        _palette.Open([Of(PaletteGroup.Actions, "Pause"), Of(PaletteGroup.Pages, "Live"), Of(PaletteGroup.Actions, "Resume")]);

        Assert.Equal(["Live", "Pause", "Resume"], Titles);
        Assert.Equal(0, _palette.Chosen);
    }

    [Theory]
    [InlineData("e", "Errors, newest first")]
    [InlineData("newest", "Errors, newest first")]
    [InlineData("newest err", "Errors, newest first")]
    [InlineData("switch comp", "Switch to compact rows")]
    [InlineData("compact", "Switch to compact rows")]
    [InlineData("OBSERVE", "Traces")]
    [InlineData("ace", "Traces")]
    public void What_fits_best_stands_on_top(string text, string expected)
    {
        _palette.Open(
        [
            Of(PaletteGroup.Pages, "Live"), Of(PaletteGroup.Pages, "Errors, newest first"),
            new(PaletteGroup.Pages, "Traces", "") { Words = "Observe incompactible" }, Of(PaletteGroup.Actions, "Switch to compact rows"),
        ]);

        _palette.Write(text);

        Assert.Equal(expected, Titles[0]);
    }

    [Fact]
    public void What_does_not_fit_is_not_shown()
    {
        _palette.Open([Of(PaletteGroup.Pages, "Live")]);
        _palette.Write("zebra");

        Assert.Empty(_palette.Items);
        Assert.Equal(-1, _palette.Chosen);
        _palette.Move(1);
    }

    [Fact]
    public void What_is_found_comes_after_what_is_known_unless_its_id_is_written()
    {
        _palette.Open([Of(PaletteGroup.Pages, "Traces")]);
        _palette.Write("tr");
        _palette.Found("tr", PaletteGroup.Traces, [Of(PaletteGroup.Traces, "checkout")]);
        Assert.Equal(["Traces", "checkout"], Titles);

        _palette.Found("tr", PaletteGroup.Users, [new(PaletteGroup.Users, "tr", "") { IsExact = true }]);

        Assert.Equal(["tr", "Traces", "checkout"], Titles);
    }

    [Fact]
    public void An_answer_that_comes_too_late_is_left_out()
    {
        _palette.Open([]);
        _palette.Write("old");
        _palette.Write("new");
        _palette.Found("old", PaletteGroup.Traces, [Of(PaletteGroup.Traces, "old")]);

        Assert.Empty(_palette.Items);
    }

    [Fact]
    public void What_the_arrows_have_chosen_stays_chosen_when_more_is_found()
    {
        _palette.Open([Of(PaletteGroup.Pages, "a1"), Of(PaletteGroup.Pages, "a2"), Of(PaletteGroup.Pages, "a3")]);
        _palette.Write("a");
        _palette.Move(-1);
        _palette.Move(-1);
        Assert.Equal(1, _palette.Chosen);

        _palette.Found("a", PaletteGroup.Users, [new(PaletteGroup.Users, "a", "") { IsExact = true }]);
        Assert.Equal("a2", Titles[_palette.Chosen]);

        _palette.Write("a3");
        Assert.Equal(0, _palette.Chosen);
    }

    [Fact]
    public void A_group_and_a_text_have_their_limits()
    {
        _palette.Open(Enumerable.Range(0, 50).Select(i => Of(PaletteGroup.Projects, $"p{i}")));
        Assert.Equal(PaletteModel.MostOfAGroup, _palette.Items.Count);

        _palette.Write(new string('x', 5000));
        Assert.Equal(PaletteModel.LongestText, _palette.Text.Length);
    }

    private static PaletteItem Of(PaletteGroup group, string title) => new(group, title, "");
}
