using Actors.Grains.Pricing;
using Actors.Tracing;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Actors.Grains.Tests.Pricing;

public class CostRulesTests
{
    private static readonly PriceBook Book = PriceBooks.Current;
    private static readonly ModelPrice Gpt = Book.Match("gpt-4o")!;

    [Fact]
    public void Every_priced_key_costs_and_the_total_is_their_sum()
    {
        var cost = Compute(Gpt, [new("input", 1_000), new("output", 200), new("input_cached_tokens", 400), new("total", 1_600)]);
        Assert.Equal(
            [new("input", 0.0025m), new("output", 0.002m), new("input_cached_tokens", 0.0005m), new("total", 0.005m)], cost.Details);
        Assert.Equal(0.005m, cost.TotalUsd);
        Assert.Equal(("gpt-4o", "gpt-4o:standard", "Standard"), (cost.ModelId, cost.TierId, cost.TierName));
        Assert.Equal((0.0000025m, 0.00001m, null), (cost.InputPrice, cost.OutputPrice, cost.TotalPrice));
    }

    [Fact]
    public void A_price_for_the_total_is_the_total()
    {
        var cost = Compute(Book.Match("text-embedding-3-small"), [new("input", 500), new("total", 500)]);
        Assert.Equal([new("total", 0.00001m)], cost.Details);
        Assert.Equal(0.00001m, cost.TotalUsd);
        Assert.Equal(0.00000002m, cost.TotalPrice);
    }

    [Fact]
    public void A_priced_total_wins_over_the_sum_of_the_parts()
    {
        var model = ModelPrice.OfProject("m", "m", "^m$", [new("t", "Standard", 0, [], [new("input", 1), new("total", 5)])]);
        Assert.Equal(10, Compute(model, [new("input", 2), new("total", 2)]).TotalUsd);
    }

    [Fact]
    public void Keys_without_price_cost_nothing_and_keys_match_exactly()
    {
        var cost = Compute(Gpt, [new("input", 10), new("Output", 10), new("input_text", 10), new("total", 30)]);
        Assert.Equal(["input", "total"], cost.Details.Select(entry => entry.Key));
        Assert.Equal(0.000025m, cost.TotalUsd);
    }

    [Fact]
    public void An_unknown_model_has_no_cost_instead_of_none()
    {
        Assert.Same(ObservationCost.Unknown, Compute(null, [new("input", 10), new("total", 10)]));
        Assert.Null(ObservationCost.Unknown.TotalUsd);
    }

    [Fact]
    public void A_known_model_without_priced_usage_has_no_cost()
    {
        var unpriced = Compute(Gpt, [new("images", 3), new("total", 3)]);
        Assert.Null(unpriced.TotalUsd);
        Assert.Empty(unpriced.Details);
        Assert.Equal("Standard", unpriced.TierName);
        var silent = Compute(Gpt, []);
        Assert.Null(silent.TotalUsd);
        Assert.Equal(("gpt-4o", null, null, 0.0000025m), (silent.ModelId, silent.TierId, silent.TierName, silent.InputPrice));
    }

    [Fact]
    public void Zero_units_of_a_priced_key_cost_zero() =>
        Assert.Equal(0m, Compute(Gpt, [new("input", 0), new("total", 0)]).TotalUsd);

    [Fact]
    public void Provided_cost_stands_and_nothing_is_computed()
    {
        var cost = Compute(Gpt, [new("input", 1_000), new("total", 1_000)], [new("input", 0.5m), new("total", 0.7m)]);
        Assert.Equal([new("input", 0.5m), new("total", 0.7m)], cost.Details);
        Assert.Equal(0.7m, cost.TotalUsd);
        Assert.Equal(("gpt-4o", "Standard"), (cost.ModelId, cost.TierName));
    }

    [Fact]
    public void Provided_input_and_output_alone_are_added_up()
    {
        Assert.Equal(0.75m, Compute(null, [], [new("input", 0.5m), new("output", 0.25m)]).TotalUsd);
        Assert.Equal(0.5m, Compute(null, [], [new("input", 0.5m)]).TotalUsd);
        Assert.Null(Compute(Gpt, [], [new("input", 0.5m), new("cached", 0.25m)]).TotalUsd);
        Assert.Equal(0m, Compute(Gpt, [new("input", 9)], [new("total", 0)]).TotalUsd);
    }

    [Fact]
    public void Cost_is_rounded_to_12_decimals_half_to_even()
    {
        var cost = Compute(null, [], [new("input", 0.0000000000005m), new("output", 0.0000000000015m)]);
        Assert.Equal([0m, 0.000000000002m, 0.000000000002m], cost.Details.Select(entry => entry.CostUsd));
        var model = ModelPrice.OfProject("m", "m", "^m$", [new("t", "Standard", 0, [], [new("input", 0.00000000000051m)])]);
        Assert.Equal(0.000000000001m, Compute(model, [new("input", 1)]).TotalUsd);
    }

    [Fact]
    public void The_largest_usage_at_the_largest_price_does_not_overflow()
    {
        var keys = Enumerable.Range(0, 100).Select(i => $"k{i}").ToArray();
        var model = ModelPrice.OfProject(
            "m", "m", "^m$", [new("t", "Standard", 0, [], keys.Select(key => KeyValuePair.Create(key, PricingTier.MaxPricePerUnit)))]);
        var cost = Compute(model, [.. keys.Select(key => new UsageEntry(key, long.MaxValue))]);
        Assert.Equal(cost.Details.SkipLast(1).Sum(entry => entry.CostUsd), cost.TotalUsd);
    }

    [Fact]
    public void A_tier_changes_all_prices()
    {
        PricingAttribute[] fast = [new(PricingAttributeSource.ModelParameters, "service_tier", "fast")];
        var cost = CostRules.Compute(Gpt, (IReadOnlyList<UsageEntry>)[new("input", 1_000_000), new("total", 1_000_000)], [], fast);
        Assert.Equal((4.25m, "Fast mode", "gpt-4o:fast", 0.00000425m), (cost.TotalUsd, cost.TierName, cost.TierId, cost.InputPrice));
    }

    [Fact]
    public void Lists_of_any_kind_give_the_same_cost()
    {
        UsageEntry[] array = [new("input", 7), new("output", 8), new("total", 15)];
        IReadOnlyList<UsageEntry>[] lists = [array, array.ToList(), new ArraySegment<UsageEntry>(array)];
        Assert.All(lists, list => Assert.Equal(0.0000975m, CostRules.Compute(Gpt, list, [], []).TotalUsd));
    }

    [Fact]
    public void The_total_is_the_sum_of_the_parts_for_any_usage_of_any_model()
    {
        var usage = Gen.SubListOf("input", "output", "input_cached_tokens", "output_reasoning_tokens", "input_cache_creation", "other")
            .SelectMany(keys => Gen.Choose(0, 2_000_000).ArrayOf(keys.Count)
                .Select(units => keys.Zip(units, (key, count) => new UsageEntry(key, count)).ToArray()));
        var model = Gen.Elements(Book.Models.Where(m => m.DefaultTier.TotalPrice is null));
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(usage.ToArbitrary(), model.ToArbitrary(), (units, priced) =>
        {
            var cost = Compute(priced, units);
            var tier = units.Length == 0 ? null : priced.ChooseTier(units, []);
            var expected = units.Where(unit => tier!.PriceOf(unit.Key) is not null).Select(unit => unit.Units * tier!.PriceOf(unit.Key)!.Value).ToArray();
            return cost.TierId == tier?.Id && cost.TotalUsd == (expected.Length == 0 ? null : expected.Sum());
        }));
    }

    private static ObservationCost Compute(ModelPrice? model, UsageEntry[] usage, params CostEntry[] provided) =>
        CostRules.Compute(model, usage, provided, []);
}
