using System.Text;
using Actors.Grains.Pricing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Pricing;

public class PriceBookFormatTests
{
    private const string Example = """
        {
          // Comments and commas at the end are welcome.
          "format": 1, "version": 7, "published": "2026-01-02",
          "keys": { "k": { "cached": ["input_cached", "cache_read"] } },
          "tiers": {
            "batch": { "name": "Batch", "when": [{ "attribute": "metadata.mode", "in": ["batch"] }] },
            "large": { "name": "Large", "when": [{ "usage": "^in", "gte": 1000.5, "caseSensitive": true }] },
          },
          "families": [
            {
              "provider": "acme", "match": "(?i)^(acme/)?{}$", "tokenizer": "openai-chat:gpt-4",
              "cards": [
                {
                  "models": ["big-1.5", { "name": "Small One", "match": "small|tiny", "tokenizer": "claude" }],
                  "keys": "k",
                  "price": { "input": 2, "cached": 0.5 },
                  "tiers": { "large": { "input": 4 }, "batch": { "input": 1, "cached": 0.25 } }
                }
              ]
            }
          ]
        }
        """;

    [Fact]
    public void A_book_expands_its_abbreviations()
    {
        var book = Load(Example);
        Assert.Equal(7, book.Version);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero), book.Published);
        var big = book.Match("ACME/big-1-5")!;
        Assert.Equal(("big-1.5", "acme", true), (big.Id, big.Provider, big.IsBuiltIn));
        Assert.Equal(0.0000005m, big.DefaultTier.PriceOf("cache_read"));
        Assert.Null(big.DefaultTier.PriceOf("cached"));
        Assert.Equal(["big-1.5:standard", "big-1.5:large", "big-1.5:batch"], big.Tiers.Select(tier => tier.Id));
        Assert.Equal(new TokenizerHint("openai", "gpt-4", 3, 1), big.Tokenizer);
        Assert.Equal("Batch", big.ChooseTier([], [new(PricingAttributeSource.Metadata, "mode", "batch")]).Name);
        var large = Assert.IsType<UsageCondition>(Assert.Single(big.Tiers[1].Conditions));
        Assert.Equal((UsageComparison.AtLeast, 1000.5m, true), (large.Comparison, large.Value, large.CaseSensitive));
        Assert.Equal("small-one", book.Match("tiny")?.Id);
        Assert.Equal(new TokenizerHint("claude"), book.Match("small")?.Tokenizer);
        Assert.Null(book.Match("small one"));
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 2", "format 2")]
    [InlineData("\"version\": 7,", "", "version")]
    [InlineData("\"keys\": \"k\"", "\"keys\": \"unknown\"", "unknown")]
    [InlineData("\"tiers\": { \"large\"", "\"tiers\": { \"huge\"", "huge")]
    [InlineData("\"price\": { \"input\": 2,", "\"price\": { \"input\": 2, \"cache_read\": 3,", "two prices for 'cache_read'")]
    [InlineData("\"name\": \"Small One\"", "\"name\": \"BIG-1.5\"", "big-1.5")]
    [InlineData("{}$", "$", "{}")]
    [InlineData("metadata.mode", "mode", "metadata.")]
    [InlineData("\"gte\"", "\"over\"", "needs one of")]
    [InlineData("\"input\": 2", "\"input\": -2", "-0.000002")]
    [InlineData("\"input\": 2", "\"input\": \"2\"", "cannot be read")]
    [InlineData("\"claude\"", "\"what:gpt\"", "what:gpt")]
    [InlineData("\"2026-01-02\"", "\"tomorrow\"", "tomorrow")]
    [InlineData("\"input\": 2,", "\"input\": 2, \"input\": 3,", "cannot be read")]
    [InlineData("]", "", "cannot be read")]
    public void A_book_that_breaks_a_rule_says_which(string from, string to, string message)
    {
        Assert.Contains(from, Example, StringComparison.Ordinal);
        var wrong = Assert.Throws<InvalidDataException>(() => Load(Example.Replace(from, to, StringComparison.Ordinal)));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
    }

    private static PriceBook Load(string json)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return PriceBook.Load(stream);
    }
}
