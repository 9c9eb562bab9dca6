namespace Actors.Tracing;

/// <summary>How many tokens a text has, before a model adds what it counts for messages and names.</summary>
/// <param name="Vocabulary">The vocabulary that it was cut by, for example <c>o200k</c>.</param>
/// <param name="Tokens">The tokens of the text, or of all texts of its chat messages.</param>
/// <param name="Messages">The chat messages; 0: it is no list of them.</param>
/// <param name="Names">The messages with a name.</param>
[GenerateSerializer, Immutable, Alias("actors.TokenCount")]
public readonly record struct TokenCount(
    [property: Id(0)] string Vocabulary, [property: Id(1)] int Tokens, [property: Id(2)] int Messages = 0, [property: Id(3)] int Names = 0);
