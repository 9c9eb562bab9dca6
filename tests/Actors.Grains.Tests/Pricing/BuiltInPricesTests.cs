using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Actors.Grains.Pricing;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Pricing;

/// <summary>
/// What published prices say, as literals: the provided name, the model it leads to, a usage key, and US dollars for a
/// million units.
/// </summary>
public class BuiltInPricesTests
{
    private static readonly PriceBook Book = PriceBooks.Get(1);

    [Theory]
    [InlineData("gpt-4o", "gpt-4o", "input", "2.5")]
    [InlineData("GPT-4O", "gpt-4o", "output", "10")]
    [InlineData("openai/gpt-4o", "gpt-4o", "cache_read_input_tokens", "1.25")]
    [InlineData("gpt-4o-2024-05-13", "gpt-4o-2024-05-13", "output", "15")]
    [InlineData("gpt-4o-2024-08-06", "gpt-4o-2024-08-06", "input_cached_tokens", "1.25")]
    [InlineData("gpt-4o-mini", "gpt-4o-mini", "input", "0.15")]
    [InlineData("openai/gpt-4o-mini-2024-07-18", "gpt-4o-mini-2024-07-18", "input_cache_read", "0.075")]
    [InlineData("chatgpt-4o-latest", "chatgpt-4o-latest", "input", "5")]
    [InlineData("gpt-4", "gpt-4", "output", "60")]
    [InlineData("gpt-4-1106-vision-preview", "gpt-4-turbo-vision", "input", "10")]
    [InlineData("gpt-4-vision-preview", "gpt-4-turbo-vision", "output", "30")]
    [InlineData("gpt-3.5-turbo", "gpt-3.5-turbo", "input", "0.5")]
    [InlineData("gpt-35-turbo", "gpt-3.5-turbo", "output", "1.5")]
    [InlineData("openai/gpt-35-turbo-16k-0613", "gpt-3.5-turbo-16k-0613", "output", "4")]
    [InlineData("ft:gpt-3.5-turbo-1106:acme::a1b2", "ft:gpt-3.5-turbo-1106", "input", "3")]
    [InlineData("ft:davinci-002:acme:suffix:a1b2", "ft:davinci-002", "output", "12")]
    [InlineData("text-embedding-3-small", "text-embedding-3-small", "total", "0.02")]
    [InlineData("text-davinci-003", "text-davinci-003", "total", "20")]
    [InlineData("gpt-4.1-nano", "gpt-4.1-nano", "input_cached_text_tokens", "0.025")]
    [InlineData("gpt-4-1-mini", "gpt-4.1-mini", "output", "1.6")]
    [InlineData("gpt-4.5-preview", "gpt-4.5-preview", "input_cached_text_tokens", "37.5")]
    [InlineData("gpt-4o-realtime-preview", "gpt-4o-realtime-preview", "input_cached_audio_tokens", "20")]
    [InlineData("gpt-4o-audio-preview-2024-10-01", "gpt-4o-audio-preview-2024-10-01", "output_audio", "200")]
    [InlineData("o1", "o1", "output_reasoning", "60")]
    [InlineData("o3-mini-2025-01-31", "o3-mini-2025-01-31", "input_cache_read", "0.55")]
    [InlineData("o3", "o3", "reasoning_tokens", "8")]
    [InlineData("o1-pro", "o1-pro", "input", "150")]
    [InlineData("gpt-5", "gpt-5", "input_cached_tokens", "0.125")]
    [InlineData("gpt-5-nano-2025-08-07", "gpt-5-nano-2025-08-07", "input_cache_read", "0.005")]
    [InlineData("gpt-5.1", "gpt-5.1", "reasoning_tokens", "10")]
    [InlineData("gpt-5.5", "gpt-5.5-2026-04-23", "output_reasoning_tokens", "30")]
    [InlineData("gpt-5.5-pro", "gpt-5.5-pro-2026-04-23", "input", "30")]
    [InlineData("gpt-5.6-luna", "gpt-5.6-luna", "cache_write_tokens", "0.25")]
    [InlineData("claude-2.1", "claude-2.1", "input", "8")]
    [InlineData("claude-instant-1.2", "claude-instant-1.2", "output", "5.51")]
    [InlineData("claude-3-opus-20240229", "claude-3-opus-20240229", "output", "75")]
    [InlineData("us.anthropic.claude-3-haiku-20240307-v1:0", "claude-3-haiku-20240307", "input", "0.25")]
    [InlineData("claude-3-5-sonnet-V2@20241022", "claude-3.5-sonnet-20241022", "input_cache_creation_1h", "6")]
    [InlineData("eu.anthropic.claude-3-5-sonnet-20240620-v1:0", "claude-3-5-sonnet-20240620", "input_tokens", "3")]
    [InlineData("claude-3-7-sonnet-latest", "claude-3.7-sonnet-latest", "input_cache_read", "0.3")]
    [InlineData("claude-3-7-sonnet-20250219", "claude-3.7-sonnet-20250219", "output_tokens", "15")]
    [InlineData("anthropic/claude-sonnet-4-5", "claude-sonnet-4-5-20250929", "input_cache_creation_5m", "3.75")]
    [InlineData("claude-sonnet-4.5", "claude-sonnet-4-5-20250929", "output", "15")]
    [InlineData("claude-sonnet-4@20250514", "claude-sonnet-4-20250514", "cache_creation_input_tokens", "3.75")]
    [InlineData("global.anthropic.claude-opus-4-5-20251101-v1:0", "claude-opus-4-5-20251101", "input", "5")]
    [InlineData("claude-4-5-haiku@20251001", "claude-haiku-4-5-20251001", "cache_read_input_tokens", "0.1")]
    [InlineData("claude-opus-4-1", "claude-opus-4-1-20250805", "input_cache_creation_1h", "30")]
    [InlineData("claude-sonnet-5", "claude-sonnet-5", "output", "10")]
    [InlineData("gemini-2.0-flash", "gemini-2.0-flash", "output", "0.4")]
    [InlineData("google/gemini-2.5-flash", "gemini-2.5-flash", "thoughtsTokenCount", "2.5")]
    [InlineData("googleai/gemini-2.5-flash-lite", "gemini-2.5-flash-lite", "input_audio_tokens", "0.3")]
    [InlineData("gemini-2.5-pro", "gemini-2.5-pro", "promptTokenCount", "1.25")]
    [InlineData("gemini-3.1-pro-preview-customtools", "gemini-3.1-pro-preview", "web_search_queries", "14000")]
    [InlineData("gemini-live-2.5-flash-native-audio", "gemini-live-2.5-flash-native-audio", "output_audio", "12")]
    [InlineData("gemini-1.0-pro@001", "gemini-1.0-pro", "input", "0.125")]
    [InlineData("chat-bison@002", "chat-bison", "output", "0.5")]
    [InlineData("textembedding-gecko-multilingual", "textembedding-gecko-multilingual", "total", "0.1")]
    public void A_name_leads_to_its_model_and_price(string provided, string model, string key, string perMillion)
    {
        var matched = Book.Match(provided);
        Assert.Equal(model, matched?.Name);
        Assert.Equal(decimal.Parse(perMillion, CultureInfo.InvariantCulture), matched!.DefaultTier.PriceOf(key) * 1_000_000);
    }

    [Theory]
    [InlineData("gpt-4o", "service_tier", "priority", 0, "Fast mode", "input", "4.25")]
    [InlineData("gpt-4o", "service_tier", "flex", 0, "Standard", "input", "2.5")]
    [InlineData("gpt-5", "service_tier", "fast", 0, "Fast mode", "output", "20")]
    [InlineData("gpt-5-mini", "service_tier", "flex", 0, "Flex", "input_cached_tokens", "0.0125")]
    [InlineData("o4-mini", "service_tier", "flex", 0, "Flex", "input_cache_read", "0.138")]
    [InlineData("claude-opus-5", "speed", "fast", 0, "Fast mode", "output", "50")]
    [InlineData("claude-opus-5", "service_tier", "fast", 0, "Standard", "output", "25")]
    [InlineData("gemini-2.5-pro", "", "", 200_000, "Standard", "output", "10")]
    [InlineData("gemini-2.5-pro", "", "", 200_001, "Large Context", "output", "15")]
    [InlineData("gpt-5.4", "service_tier", "flex", 272_001, "Flex · Large context (>272K)", "output", "11.25")]
    [InlineData("gpt-5.4", "service_tier", "flex", 272_000, "Flex", "output", "7.5")]
    [InlineData("gpt-5.4", "service_tier", "auto", 272_001, "Large Context (>272K)", "output", "22.5")]
    [InlineData("gpt-5.6-sol", "service_tier", "fast", 300_000, "Fast mode · Large context (>272K)", "cache_write_tokens", "25")]
    public void A_tier_applies_when_its_conditions_hold(
        string model, string attribute, string value, long input, string tier, string key, string perMillion)
    {
        UsageEntry[] usage = [new("input", input), new("output", 1), new("total", input + 1)];
        PricingAttribute[] attributes = attribute.Length == 0 ? [] : [new(PricingAttributeSource.ModelParameters, attribute, value)];
        var chosen = Book.Match(model)!.ChooseTier(usage, attributes);
        Assert.Equal(tier, chosen.Name);
        Assert.Equal(decimal.Parse(perMillion, CultureInfo.InvariantCulture), chosen.PriceOf(key) * 1_000_000);
    }

    [Fact]
    public void All_parts_of_a_large_input_count_towards_the_large_tier()
    {
        UsageEntry[] usage = [new("input", 100_000), new("input_cached_tokens", 172_001), new("output", 500_000), new("total", 772_001)];
        Assert.Equal("Large Context (>272K)", Book.Match("gpt-5.4")!.ChooseTier(usage, []).Name);
        Assert.Equal("Standard", Book.Match("gpt-5.4")!.ChooseTier(usage.AsSpan(1), []).Name);
    }

    [Fact]
    public void The_same_value_in_metadata_is_another_attribute() =>
        Assert.Equal("Standard", Book.Match("gpt-5")!.ChooseTier([], [new(PricingAttributeSource.Metadata, "service_tier", "fast")]).Name);

    [Theory]
    [InlineData("gpt-4o-")]
    [InlineData("xgpt-4o")]
    [InlineData("gpt-4x")]
    [InlineData("claude")]
    [InlineData("claude-3-opus")]
    [InlineData("gpt-5.55")]
    [InlineData("")]
    [InlineData(" gpt-4o")]
    [InlineData("my-own-model")]
    public void A_name_that_is_only_similar_leads_nowhere(string provided) => Assert.Null(Book.Match(provided));

    [Fact]
    public void Every_model_answers_to_its_own_name_and_to_no_other()
    {
        Assert.Equal(167, Book.Models.Count);
        foreach (var model in Book.Models)
        {
            var name = model.Name.StartsWith("ft:", StringComparison.Ordinal) ? model.Name + ":org::id" : model.Name;
            Assert.Equal([model.Name], Book.Models.Where(other => other.Matches(name)).Select(other => other.Name));
        }
    }

    [Fact]
    public void Ids_are_slugs_of_names()
    {
        Assert.Equal("gpt-4o", Book.Match("gpt-4o")!.Id);
        Assert.Equal("ft-gpt-3.5-turbo-1106", Book.Match("ft:gpt-3.5-turbo-1106:acme::id")!.Id);
        Assert.Equal(["gpt-5:standard", "gpt-5:fast", "gpt-5:flex"], Book.Match("gpt-5")!.Tiers.Select(tier => tier.Id));
        var all = Book.Models.Select(model => model.Id).Concat(Book.Models.SelectMany(model => model.Tiers).Select(tier => tier.Id)).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(Book.Models, model => Assert.Same(model, Book.Find(model.Id)));
    }

    [Fact]
    public void Tokenizers_are_known_where_published()
    {
        Assert.Equal(new TokenizerHint("openai", "gpt-4o", 3, 1), Book.Match("gpt-4o")!.Tokenizer);
        Assert.Equal(new TokenizerHint("openai", "gpt-3.5-turbo-0301", 4, -1), Book.Match("gpt-3.5-turbo-0301")!.Tokenizer);
        Assert.Equal(new TokenizerHint("openai", "text-embedding-ada-002"), Book.Match("text-embedding-3-large")!.Tokenizer);
        Assert.Equal(new TokenizerHint("claude"), Book.Match("claude-opus-4-6")!.Tokenizer);
        Assert.Null(Book.Match("gemini-2.5-pro")!.Tokenizer);
    }

    [Fact]
    public void The_values_that_prices_depend_on_are_known() =>
        Assert.Equal(
            [(PricingAttributeSource.ModelParameters, "service_tier"), (PricingAttributeSource.ModelParameters, "speed")],
            Book.Attributes.Order());

    /// <summary>Rows of the log are stamped with version 1. If this fails, undo the change and add a version instead.</summary>
    [Fact]
    public void Version_1_never_changes()
    {
        var text = new StringBuilder();
        foreach (var model in Book.Models)
        {
            text.Append(CultureInfo.InvariantCulture, $"{model.Id}|{model.Name}|{model.MatchPattern}\n");
            foreach (var tier in model.Tiers)
            {
                var conditions = tier.Conditions.Select(condition => condition switch
                {
                    UsageCondition usage => $"{usage.KeyPattern} {usage.Comparison} {usage.Value} {usage.CaseSensitive}",
                    AttributeCondition attribute => $"{attribute.Source}.{attribute.Key} in {string.Join(',', attribute.Values)}",
                    _ => throw new InvalidOperationException("This kind of condition is not covered here."),
                });
                var prices = tier.Prices.OrderBy(price => price.Key, StringComparer.Ordinal).Select(price => $"{price.Key}={price.Value}");
                text.Append(CultureInfo.InvariantCulture, $"  {tier.Id}|{tier.Name}|{string.Join(" & ", conditions)}|{string.Join(' ', prices)}\n");
            }
        }
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        Assert.Equal("26f67f2c4fe1b5f1b7b3dc74ac7d4a105211cb01fa9e1b31b114834f425ad37d", hash);
    }
}
