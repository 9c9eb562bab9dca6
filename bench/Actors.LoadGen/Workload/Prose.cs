using System.Text;

namespace Actors.LoadGen.Workload;

/// <summary>Text that packs and escapes like what people and models write; the same seed writes the same text.</summary>
internal static class Prose
{
    private static readonly string[] Words =
    [
        "the", "a", "to", "of", "and", "your", "you", "we", "is", "for", "order", "refund", "invoice", "account", "delivery",
        "address", "please", "within", "days", "policy", "because", "customer", "payment", "card", "could", "should", "find",
        "attached", "details", "shipment", "tracking", "number", "support", "agent", "question", "answer", "according",
        "document", "section", "warranty", "replacement", "available", "tomorrow", "café", "naïve", "größer", "€", "→",
        "\"express\"", "(see below)", "50%", "#4711", "https://example.com/help", "e-mail", "it's", "don't",
    ];

    /// <summary>Sentences of about <paramref name="length"/> characters, with a line break now and then.</summary>
    public static string Write(Random random, int length)
    {
        var text = new StringBuilder(length + 16);
        var inSentence = 0;
        while (text.Length < length)
        {
            text.Append(Words[random.Next(Words.Length)]);
            if (++inSentence > 6 + random.Next(10))
            {
                text.Append(random.Next(4) == 0 ? ".\n" : ". ");
                inSentence = 0;
            }
            else
            {
                text.Append(' ');
            }
        }

        return text.ToString(0, length);
    }
}
