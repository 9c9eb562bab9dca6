using Actors.Storage.Formats.V1;
using TokenCount = Actors.Tracing.TokenCount;

namespace Actors.Storage.Formats;

/// <summary>Maps counts of tokens. A text that could not be counted has a message without counts, another has none.</summary>
internal static class TokenCodec
{
    public static TokenCounts? Encode(IReadOnlyList<TokenCount>? counts)
    {
        if (counts is null)
        {
            return null;
        }

        var stored = new TokenCounts();
        foreach (var count in counts)
        {
            stored.Counts.Add(new V1.TokenCount
            {
                Vocabulary = count.Vocabulary,
                Tokens = (uint)count.Tokens,
                Messages = (uint)count.Messages,
                Names = (uint)count.Names,
            });
        }

        return stored;
    }

    public static IReadOnlyList<TokenCount>? Decode(TokenCounts? stored) => stored is null
        ? null
        : [.. stored.Counts.Select(c => new TokenCount(c.Vocabulary, Number(c.Tokens), Number(c.Messages), Number(c.Names)))];

    private static int Number(uint stored) =>
        stored <= int.MaxValue ? (int)stored : throw new EventLogFormatException($"An event has {stored} tokens, messages or names, which is no number of them.");
}
