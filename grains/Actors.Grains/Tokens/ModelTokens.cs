using Actors.Grains.Pricing;
using Actors.Tracing;

namespace Actors.Grains.Tokens;

/// <summary>What a model makes of counted texts. Pure.</summary>
internal static class ModelTokens
{
    // Every reply is primed with <|start|>assistant<|message|> (OpenAI cookbook, "How to count tokens with tiktoken").
    private const int Priming = 3;

    /// <summary>The vocabulary of a tokenizer; null when it is not at hand.</summary>
    public static Vocabulary? VocabularyOf(TokenizerHint? tokenizer) =>
        tokenizer is { Id: "openai", Model: { } model } ? Vocabulary.OfModel(model) : null;

    /// <summary>
    /// Usage of an observation whose caller said none: its texts, and their sum. Empty when the model's tokens cannot be
    /// counted, and when one of the texts was not: half a count would be taken for a whole one.
    /// </summary>
    public static IReadOnlyList<UsageEntry> Usage(TokenizerHint? tokenizer, IReadOnlyList<TokenCount>? input, IReadOnlyList<TokenCount>? output)
    {
        if ((input is null && output is null) || VocabularyOf(tokenizer) is not { } vocabulary)
        {
            return [];
        }

        var usage = new List<UsageEntry>(3);
        return TryAdd("input", input) && TryAdd("output", output) ? [.. usage, new("total", usage.Sum(u => u.Units))] : [];

        bool TryAdd(string key, IReadOnlyList<TokenCount>? counts)
        {
            if (counts is null)
            {
                return true;
            }

            if (TokensOf(tokenizer!, vocabulary, counts) is not { } tokens)
            {
                return false;
            }

            usage.Add(new(key, tokens));
            return true;
        }
    }

    // Without numbers for messages, nothing can be said of a chat.
    private static long? TokensOf(TokenizerHint tokenizer, Vocabulary vocabulary, IReadOnlyList<TokenCount> counts)
    {
        foreach (var count in counts)
        {
            if (count.Vocabulary == vocabulary.Name)
            {
                return count.Messages == 0 ? count.Tokens
                    : tokenizer.TokensPerMessage is not { } perMessage ? null
                    : Math.Max(0, count.Tokens + (long)count.Messages * perMessage + (long)count.Names * (tokenizer.TokensPerName ?? 0) + Priming);
            }
        }

        return null;
    }
}
