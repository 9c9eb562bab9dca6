using System.Diagnostics;
using Actors.Grains.Pricing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Pricing;

public class PriceBookTests
{
    private static readonly DateTimeOffset Early = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Late = Early.AddYears(1);

    [Fact]
    public void Project_models_come_before_built_in_ones()
    {
        var book = PriceBooks.Current.WithProjectModels([Model("mine", "^gpt-4o$", 7)]);
        Assert.Equal("mine", book.Match("gpt-4o")?.Id);
        Assert.Equal("gpt-4o", book.Match("GPT-4o")?.Id);
        Assert.Equal("gpt-4o", PriceBooks.Current.Match("gpt-4o")?.Id);
        Assert.Equal("mine", book.Models[0].Id);
        Assert.Equal(PriceBooks.Current.Models.Count + 1, book.Models.Count);
    }

    [Fact]
    public void The_latest_start_date_wins_and_none_is_last()
    {
        var never = Model("never", "^m", 1);
        var early = Model("early", "^m", 1, Early);
        var late = Model("late", "^m", 1, Late);
        Assert.Equal("late", PriceBooks.Current.WithProjectModels([never, early, late]).Match("m")?.Id);
        Assert.Equal("early", PriceBooks.Current.WithProjectModels([never, early]).Match("m")?.Id);
    }

    [Fact]
    public void Project_models_replace_those_of_before()
    {
        var first = PriceBooks.Current.WithProjectModels([Model("a", "^m$", 1)]);
        var second = first.WithProjectModels([Model("b", "^n$", 1)]);
        Assert.Null(second.Match("m"));
        Assert.Equal("b", second.Find("b")?.Id);
        Assert.Null(second.Find("a"));
        Assert.NotNull(second.Find("gpt-4o"));
        Assert.Equal(PriceBooks.Current.Version, second.Version);
    }

    [Fact]
    public void Names_of_users_are_remembered_within_a_bound()
    {
        var book = PriceBooks.Current.WithProjectModels([Model("a", "^mine$", 1)]);
        for (var i = 0; i < 5_000; i++)
        {
            Assert.Null(book.Match($"unknown-{i}"));
            Assert.NotNull(book.Match("mine"));
        }
        Assert.InRange(book.RememberedNames, 1, 512);
        Assert.InRange(PriceBooks.Current.RememberedNames, 1, 2_048);
    }

    [Fact]
    public async Task Many_threads_may_match_at_once()
    {
        var book = PriceBooks.Current.WithProjectModels([Model("a", "^mine-\\d+$", 1)]);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 3_000; i++)
            {
                Assert.Equal("a", book.Match($"mine-{i % 700}")?.Id);
                Assert.Null(book.Match($"other-{worker}-{i}"));
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.InRange(book.RememberedNames, 1, 600);
    }

    [Theory]
    [InlineData("a", 10_000)]
    [InlineData("openai/", 2_000)]
    [InlineData("\0", 400)]
    [InlineData("\ud83d", 300)]
    [InlineData("ft:gpt-3.5-turbo-1106::", 22)]
    public void Hostile_names_match_nothing_and_cost_little(string part, int times)
    {
        var name = string.Concat(Enumerable.Repeat(part, times));
        var before = PriceBooks.Current.Match("warm up");
        var began = Stopwatch.GetTimestamp();
        Assert.Null(PriceBooks.Current.Match(name + "!"));
        Assert.Null(before);
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData(@"^(?=a)(a|aa)+\d$")]
    public void A_hostile_pattern_gives_up_in_time(string pattern)
    {
        var book = PriceBooks.Current.WithProjectModels([Model("hostile", pattern, 1)]);
        var began = Stopwatch.GetTimestamp();
        Assert.Null(book.Match(new string('a', 200) + "!"));
        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2));
    }

    [Theory]
    [InlineData("(")]
    [InlineData("")]
    public void A_pattern_that_is_none_is_refused(string pattern) =>
        Assert.Throws<ArgumentException>(() => Model("m", pattern, 1));

    [Fact]
    public void A_pattern_that_is_too_long_is_refused() =>
        Assert.Contains("2000", Assert.Throws<ArgumentException>(() => Model("m", new string('a', 2_001), 1)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_unknown_version_says_what_to_do()
    {
        Assert.Equal([1], PriceBooks.Versions);
        Assert.Same(PriceBooks.Get(1), PriceBooks.Current);
        Assert.Contains("upgrade", Assert.Throws<NotSupportedException>(() => PriceBooks.Get(99)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_has_exactly_one_default_tier()
    {
        Assert.Throws<ArgumentException>(() => Tiers());
        Assert.Throws<ArgumentException>(() => Tiers(Tier("a", 0), Tier("b", 1)));
        Assert.Throws<ArgumentException>(() => Tiers(Tier("a", 1)));
        Assert.Throws<ArgumentException>(() => Tiers(Tier("a", 0), Tier("a", 1, Never)));
        Assert.Throws<ArgumentException>(() => Tiers(Tier("a", 0), Tier("b", 1, Never), Tier("c", 1, Never)));
        Assert.Throws<ArgumentException>(() => Tiers(Tier("a", 1), Tier("b", 0, Never)));
        Assert.Equal(["a", "c", "b"], Tiers(Tier("b", 5, Never), Tier("a", 0), Tier("c", 2, Never)).Tiers.Select(tier => tier.Name));
    }

    [Fact]
    public void A_tier_has_prices_in_range()
    {
        Assert.Throws<ArgumentException>(() => new PricingTier("t", "t", 0, [], []));
        Assert.Throws<ArgumentException>(() => new PricingTier("t", "t", 0, [], [new("input", -1)]));
        Assert.Throws<ArgumentException>(() => new PricingTier("t", "t", 0, [], [new("input", PricingTier.MaxPricePerUnit + 1)]));
    }

    [Theory]
    [InlineData(UsageComparison.GreaterThan, false, false, true)]
    [InlineData(UsageComparison.AtLeast, false, true, true)]
    [InlineData(UsageComparison.LessThan, true, false, false)]
    [InlineData(UsageComparison.AtMost, true, true, false)]
    [InlineData(UsageComparison.EqualTo, false, true, false)]
    [InlineData(UsageComparison.NotEqualTo, true, false, true)]
    public void Usage_compares_in_every_way(UsageComparison comparison, bool below, bool equal, bool above)
    {
        var model = Tiers(Tier("default", 0), Tier("special", 1, new UsageCondition("in", comparison, 10)));
        bool Special(long units) => model.ChooseTier([new("INPUT", units - 1), new("input", 1), new("out", 99)], []).Name == "special";
        Assert.Equal((below, equal, above), (Special(9), Special(10), Special(11)));
    }

    [Theory]
    [InlineData("input|cached", false, "INPUT_x", true)]
    [InlineData("(input|cached)", true, "input_x", true)]
    [InlineData("(input|cached)", true, "INPUT_x", false)]
    [InlineData("^input$", false, "Input", true)]
    [InlineData("^input$", false, "input_x", false)]
    [InlineData("^in.*t$", true, "inpuT", false)]
    [InlineData("(input", false, "(input", false)]
    public void Key_patterns_are_regular_expressions(string pattern, bool caseSensitive, string key, bool holds)
    {
        if (pattern == "(input")
        {
            Assert.Throws<ArgumentException>(() => new UsageCondition(pattern, UsageComparison.GreaterThan, 0));
            return;
        }
        var model = Tiers(Tier("default", 0), Tier("special", 1, new UsageCondition(pattern, UsageComparison.GreaterThan, 0, caseSensitive)));
        Assert.Equal(holds, model.ChooseTier([new(key, 1)], []).Name == "special");
    }

    private static AttributeCondition Never { get; } = new(PricingAttributeSource.Metadata, "k", ["v"]);

    private static PricingTier Tier(string name, int priority, params TierCondition[] conditions) =>
        new($"id:{name}", name, priority, conditions, [new("input", 1)]);

    private static ModelPrice Tiers(params PricingTier[] tiers) => ModelPrice.OfProject("id", "name", "^name$", tiers);

    private static ModelPrice Model(string id, string pattern, decimal price, DateTimeOffset? start = null) =>
        ModelPrice.OfProject(id, id, pattern, [new($"{id}:standard", "Standard", 0, [], [new("input", price)])], start);
}
