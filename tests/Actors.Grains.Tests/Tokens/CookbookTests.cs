using Actors.Grains.Pricing;
using Actors.Grains.Tokens;
using Actors.Tracing;
using Xunit;

namespace Actors.Grains.Tests.Tokens;

/// <summary>
/// Goal: counts are those of OpenAI. Method: the published examples of the OpenAI cookbook, "How to count tokens with
/// tiktoken" (github.com/openai/openai-cookbook, examples/How_to_count_tokens_with_tiktoken.ipynb).
/// </summary>
public class CookbookTests
{
    private const string Chat = """
        [{"role":"system","content":"You are a helpful, pattern-following assistant that translates corporate jargon into plain English."},
         {"role":"system","name":"example_user","content":"New synergies will help drive top-line growth."},
         {"role":"system","name":"example_assistant","content":"Things working well together will increase revenue."},
         {"role":"system","name":"example_user","content":"Let's circle back when we have more bandwidth to touch base on opportunities for increased leverage."},
         {"role":"system","name":"example_assistant","content":"Let's talk later when we're less busy about how to do better."},
         {"role":"user","content":"This late pivot means we don't have time to boil the ocean for the client deliverable."}]
        """;

    [Theory]
    [InlineData("antidisestablishmentarianism", 5, 6, 6)]
    [InlineData("2 + 2 = 4", 5, 7, 7)]
    [InlineData("お誕生日おめでとう", 14, 9, 8)]
    public void Words_have_the_published_number_of_tokens(string text, int r50k, int cl100k, int o200k) =>
        Assert.Equal((r50k, cl100k, o200k), (Vocabulary.R50k.Count(text), Vocabulary.Cl100k.Count(text), Vocabulary.O200k.Count(text)));

    [Theory]
    [InlineData("gpt-3.5-turbo-0301", 127)]
    [InlineData("gpt-3.5-turbo-0613", 129)]
    [InlineData("gpt-3.5-turbo", 129)]
    [InlineData("gpt-4-0314", 129)]
    [InlineData("gpt-4-0613", 129)]
    [InlineData("gpt-4", 129)]
    [InlineData("gpt-4o", 124)]
    [InlineData("gpt-4o-mini", 124)]
    public void A_chat_has_the_published_number_of_tokens(string model, int tokens)
    {
        var tokenizer = PriceBooks.Current.Match(model)!.Tokenizer;
        var vocabulary = ModelTokens.VocabularyOf(tokenizer)!;
        var shape = TextShape.Read(Chat)!.Value;
        var count = new TokenCount(vocabulary.Name, shape.Texts.Sum(vocabulary.Count), shape.Messages, shape.Names);
        Assert.Equal((6, 4), (count.Messages, count.Names));
        Assert.Equal([new("input", tokens), new("total", tokens)], ModelTokens.Usage(tokenizer, [count], null));
    }

    [Theory]
    [InlineData("gpt-4.1-mini", "o200k")]
    [InlineData("o3", "o200k")]
    [InlineData("gpt-4-turbo", "cl100k")]
    [InlineData("text-embedding-3-small", "cl100k")]
    [InlineData("text-ada-001", "r50k")]
    [InlineData("text-davinci-003", null)]
    [InlineData("mystery", null)]
    public void A_model_has_the_vocabulary_that_tiktoken_says(string model, string? vocabulary) =>
        Assert.Equal(vocabulary, Vocabulary.OfModel(model)?.Name);
}
