namespace Actors.Components;

public sealed class NavPlaceTests
{
    [Theory]
    [InlineData("p/support/traces?env=dev&f=x", "support", "traces", "dev")]
    [InlineData("p/support/traces/a%2Fb", "support", "traces", "")]
    [InlineData("p/support/nothing", "support", null, "")]
    [InlineData("api-docs", null, null, "")]
    [InlineData("", null, null, "")]
    public void An_address_is_a_place(string address, string? project, string? page, string environments)
    {
        var place = NavPlace.Nowhere.To(address);

        Assert.Equal((project, page, environments), (place.Project?.Value, place.Page?.Path, place.Environments.Text));
    }

    [Fact]
    public void A_page_about_one_thing_keeps_the_environments_of_the_list_it_was_reached_from()
    {
        var list = NavPlace.Nowhere.To("p/support/traces?env=dev");
        Assert.Equal("dev", list.To("p/support/traces/t1?span=a").Environments.Text);
        Assert.Equal("dev", list.To("p/support/health").Environments.Text);
        Assert.Equal("", list.To("p/support/traces").Environments.Text);
        Assert.Equal("", list.To("p/sales/traces/t1").Environments.Text);
        Assert.Equal("prod", list.To("p/support/traces/t1?env=prod").Environments.Text);
    }

    [Fact]
    public void The_environments_go_along_where_a_page_follows_them()
    {
        var place = NavPlace.Nowhere.To("p/support/traces?env=dev");

        Assert.Equal("/p/support/live?env=dev", place.Address(NavPage.All.Single(p => p.Path == "live")));
        Assert.Equal("/p/support/health", place.Address(NavPage.All.Single(p => p.Path == "health")));
    }

    [Fact]
    public void No_two_pages_have_the_same_key_or_place()
    {
        Assert.Equal(NavPage.All.Count, NavPage.All.Select(p => p.Key).Distinct().Count());
        Assert.Equal(NavPage.All.Count, NavPage.All.Select(p => p.Path).Distinct().Count());
    }
}
