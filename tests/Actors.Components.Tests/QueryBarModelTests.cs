using Actors.Filtering;
using Actors.Queries;

namespace Actors.Components;

public sealed class QueryBarModelTests
{
    private static readonly ListFacet[] Facets = [new("environment", [new FacetValue("production", 3), new FacetValue("staging", 1)])];

    private readonly QueryBarModel _bar = new(FilterCatalog.Traces);

    [Fact]
    public void A_suggestion_is_chosen_with_the_arrows_and_put_in()
    {
        _bar.Write("level:", 6, Facets);
        _bar.Move(1);
        _bar.Move(-1);
        Assert.Equal("ERROR", _bar.Suggestions[_bar.Chosen].Text);

        Assert.Equal(11, _bar.Accept(_bar.Chosen));
        Assert.Equal("level:ERROR", _bar.Text);
        Assert.Empty(_bar.Suggestions);
    }

    [Fact]
    public void Values_come_from_the_facets()
    {
        _bar.Write("env:", 4, Facets);
        Assert.Equal(["production", "staging"], _bar.Suggestions.Select(s => s.Text));

        _bar.Write("env:", 4, []);
        Assert.Empty(_bar.Suggestions);
    }

    [Fact]
    public void A_problem_appears_when_the_filter_is_to_be_applied_and_goes_when_it_is_gone()
    {
        _bar.Write("level:LO", 8, Facets);
        Assert.Null(_bar.Problem);
        Assert.False(_bar.TryApply());
        Assert.Equal(6, _bar.Problem!.Position);

        _bar.Write("level:ERROR", 11, Facets);
        Assert.Null(_bar.Problem);
        Assert.True(_bar.TryApply());
    }
}
