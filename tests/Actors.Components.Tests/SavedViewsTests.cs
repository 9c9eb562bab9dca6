using Actors.Web.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using static Actors.Components.Sample;

namespace Actors.Components;

public sealed class SavedViewsTests : ComponentTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public void What_is_shown_is_saved_under_a_name_and_the_address_says_which_it_is()
    {
        var menu = At("/p/support/traces?f=level%3AERROR&env=dev&peek=t1", "?f=level%3AERROR&env=dev&peek=t1");
        menu.Find("[aria-label='Name of the new view']").Change(" Errors ");
        menu.Find("[aria-label='Save what is shown']").Submit();

        Assert.Equal(("traces", "Errors", "f=level%3AERROR"), Views.All.Select(v => (v.Page, v.Name, v.Query)).Single());
        Assert.EndsWith("/p/support/traces?f=level%3AERROR&view=v1&env=dev", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("v1", menu.Find("[data-view]").GetAttribute("data-view"));
    }

    [Fact]
    public void Views_of_the_page_are_listed_and_the_one_that_is_shown_is_marked()
    {
        Views.All.AddRange([View("a", "Errors", "f=x"), View("b", "Slow", "f=y"), View("c", "Other", "", "live")]);
        var menu = At("/p/support/traces?f=y", "?f=y");

        Assert.Equal(["Errors", "Slow"], menu.FindAll("[data-saved]").Select(v => v.GetAttribute("data-saved")));
        Assert.Equal("Slow", menu.Find("[aria-current=true]").TextContent.Trim());
        Assert.Equal("/p/support/traces?f=x&view=a", menu.Find("[data-saved=Errors] a").GetAttribute("href"));
    }

    [Fact]
    public void A_view_that_is_shown_otherwise_by_now_is_updated()
    {
        Views.All.Add(View("a", "Errors", "f=x"));
        var menu = At("/p/support/traces?f=z&view=a", "?f=z");
        Assert.Contains("changed", menu.Find("[data-view=a]").TextContent, StringComparison.Ordinal);

        menu.FindAll("button").Single(b => b.TextContent == "Update “Errors”").Click();

        Assert.Equal("f=z", Views.All[0].Query);
        Assert.DoesNotContain("changed", menu.Find("[data-view=a]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_opens_with_its_default_and_can_be_seen_without()
    {
        Views.All.Add(View("a", "Errors", "f=x") with { IsDefault = true });
        var menu = At("/p/support/traces?env=dev", "?env=dev");

        Assert.EndsWith("/p/support/traces?f=x&view=a&env=dev", Navigation.Uri, StringComparison.Ordinal);
        Assert.Equal("/p/support/traces?view=none&env=dev", menu.Find(".views a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("/p/support/traces?view=none", "?view=none")]
    [InlineData("/p/support/traces?f=other", "?f=other")]
    public void A_default_is_for_who_asks_for_nothing(string address, string query)
    {
        Views.All.Add(View("a", "Errors", "f=x") with { IsDefault = true });
        At(address, query);

        Assert.EndsWith(address, Navigation.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void A_view_is_renamed_and_made_the_default()
    {
        Views.All.Add(View("a", "Errors", "f=x"));
        var menu = At("/p/support/traces?f=x", "?f=x");

        menu.Find("[title=Rename]").Click();
        menu.Find("[aria-label='New name']").Change("Failures");
        menu.Find("[aria-label=Rename]").Submit();
        menu.Find("[data-saved=Failures] [aria-pressed=false]").Click();

        Assert.Equal(("Failures", true), (Views.All[0].Name, Views.All[0].IsDefault));
        Assert.Single(menu.FindAll("[data-saved=Failures] [aria-pressed=true]"));
    }

    [Fact]
    public void A_view_that_was_deleted_comes_back_when_that_was_a_mistake()
    {
        Views.All.Add(View("a", "<b>Errors</b>", "f=x") with { IsDefault = true });
        var messages = Render<MudSnackbarProvider>();
        var menu = At("/p/support/traces?f=x", "?f=x");

        menu.Find("[title=Delete]").Click();
        Assert.Empty(Views.All);
        messages.WaitForAssertion(() => Assert.Contains("Deleted “<b>Errors</b>”", messages.Find(".mud-snackbar-content-message").TextContent, StringComparison.Ordinal));
        messages.Find(".mud-snackbar-content-action button").Click();

        menu.WaitForAssertion(() => Assert.Equal(("<b>Errors</b>", "f=x", true), Views.All.Select(v => (v.Name, v.Query, v.IsDefault)).Single()));
    }

    [Fact]
    public void A_refusal_and_a_failure_are_said()
    {
        Views.All.Add(View("a", "Errors", "f=x"));
        var menu = At("/p/support/traces?f=y", "?f=y");
        menu.Find("[aria-label='Name of the new view']").Change("Errors");
        menu.Find("[aria-label='Save what is shown']").Submit();
        Assert.Equal("taken", menu.Find(".problem").TextContent);

        Views.Down = true;
        menu.Find("[popovertarget]").Click();
        Assert.Equal("The views cannot be reached.", menu.Find(".problem").TextContent);
    }

    private IRenderedComponent<SavedViews> At(string address, string query)
    {
        Navigation.NavigateTo(address);
        return Render<SavedViews>(p => p.Add(v => v.Page, "traces").Add(v => v.Query, query));
    }
}
