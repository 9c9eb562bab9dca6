using Actors.Pricing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Pricing;

public class UsageRulesTests
{
    [Theory]
    [InlineData(3, 4, 9, "input=3 output=4 total=9")]
    [InlineData(3, 4, null, "input=3 output=4 total=7")]
    [InlineData(3, 4, 0, "input=3 output=4 total=7")]
    [InlineData(3, null, null, "input=3 total=3")]
    [InlineData(null, 4, null, "output=4 total=4")]
    [InlineData(null, null, 9, "total=9")]
    [InlineData(null, null, 0, "total=0")]
    [InlineData(null, null, null, "")]
    public void A_missing_legacy_total_is_the_sum_of_its_parts(int? input, int? output, int? total, string expected) =>
        Assert.Equal(expected, Text(UsageRules.Combine(new() { Input = input, Output = output, Total = total }, Array.Empty<UsageEntry>())));

    [Fact]
    public void Details_replace_legacy_counts_of_the_same_key() =>
        Assert.Equal(
            "input=3 total=7 output=40 cached=5",
            Text(UsageRules.Combine(new() { Input = 3, Output = 4 }, new UsageEntry[] { new("output", 40), new("cached", 5) })));

    [Fact]
    public void Without_legacy_usage_the_details_stand()
    {
        UsageEntry[] details = [new("a", 1)];
        Assert.Same(details, UsageRules.Combine(null, details));
        CostEntry[] costs = [new("a", 1)];
        Assert.Same(costs, UsageRules.Combine(null, costs));
        Assert.Same(costs, UsageRules.Combine(new() { Input = 1 }, costs));
    }

    [Fact]
    public void Legacy_cost_fills_what_the_details_leave_open() =>
        Assert.Equal(
            [new("input", 1), new("total", 3), new("output", 9)],
            UsageRules.Combine(new() { InputCost = 1, OutputCost = 2, TotalCost = 3 }, new CostEntry[] { new("output", 9) }));

    [Fact]
    public void Combining_keeps_the_bound()
    {
        var details = Enumerable.Range(0, UsageRules.MaxEntries).Select(i => new UsageEntry($"k{i}", 1)).ToArray();
        Assert.Equal(UsageRules.MaxEntries, UsageRules.Combine(new() { Input = 1, Output = 1 }, details).Count);
    }

    [Fact]
    public void The_total_is_the_sum_of_all_keys_unless_there_is_one()
    {
        Assert.Equal("input=1 cached=2 total=3", Text(UsageRules.WithTotal([new("input", 1), new("cached", 2)])));
        UsageEntry[] complete = [new("total", 9), new("input", 1)];
        Assert.Same(complete, UsageRules.WithTotal(complete));
        UsageEntry[] empty = [];
        Assert.Same(empty, UsageRules.WithTotal(empty));
    }

    [Fact]
    public void A_sum_stays_at_the_greatest_count() =>
        Assert.Equal(
            UsageRules.MaxUnits,
            UsageRules.WithTotal([new("a", UsageRules.MaxUnits), new("b", UsageRules.MaxUnits), new("c", long.MaxValue)])[^1].Units);

    private static string Text(IEnumerable<UsageEntry> usage) => UsageShapesTests.Text(usage);
}
