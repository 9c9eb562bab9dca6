using Microsoft.ML.Tokenizers;

namespace Actors.Grains.Tokens;

/// <summary>
/// A vocabulary of OpenAI that texts are cut by. It is loaded by the first text that needs it and then stays: o200k takes
/// about 40 MB and half a second, the others less.
/// </summary>
internal sealed class Vocabulary
{
    // The models of each vocabulary as tiktoken maps them; the first prefix that fits counts. It has no prefix for models
    // whose vocabulary (p50k) no package has.
    private static readonly (string Prefix, Vocabulary Vocabulary)[] Models;

    private readonly Lazy<Tokenizer> _tokenizer;

    static Vocabulary()
    {
        O200k = new("o200k", "o200k_base");
        Cl100k = new("cl100k", "cl100k_base");
        R50k = new("r50k", "r50k_base");
        Models =
        [
            ("gpt-4o", O200k), ("chatgpt-4o", O200k), ("gpt-4.1", O200k), ("gpt-4.5", O200k), ("gpt-5", O200k), ("gpt-oss", O200k),
            ("o1", O200k), ("o3", O200k), ("o4", O200k),
            ("gpt-4", Cl100k), ("gpt-3.5", Cl100k), ("text-embedding-", Cl100k), ("davinci-002", Cl100k), ("babbage-002", Cl100k),
            ("text-davinci-001", R50k), ("text-curie-001", R50k), ("text-babbage-001", R50k), ("text-ada-001", R50k),
        ];
    }

    private Vocabulary(string name, string encoding)
    {
        Name = name;
        _tokenizer = new(() => TiktokenTokenizer.CreateForEncoding(encoding));
    }

    public static Vocabulary O200k { get; }

    public static Vocabulary Cl100k { get; }

    public static Vocabulary R50k { get; }

    /// <summary>The name that counts are stored under.</summary>
    public string Name { get; }

    /// <summary>The vocabulary of a model of OpenAI; null when it is not known.</summary>
    public static Vocabulary? OfModel(string model) =>
        Array.Find(Models, m => model.StartsWith(m.Prefix, StringComparison.Ordinal)).Vocabulary;

    public int Count(string text) => _tokenizer.Value.CountTokens(text);
}
