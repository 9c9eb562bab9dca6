namespace Actors.Grains.Pricing;

/// <summary>How the tokens of a model's texts can be counted when nobody reported its usage.</summary>
/// <param name="Id"><c>openai</c> or <c>claude</c>.</param>
/// <param name="Model">The model whose vocabulary is used; null when the id says enough.</param>
/// <param name="TokensPerMessage">Tokens added for each chat message; null for plain text.</param>
/// <param name="TokensPerName">Tokens added for each name of a chat message; null for plain text.</param>
public sealed record TokenizerHint(string Id, string? Model = null, int? TokensPerMessage = null, int? TokensPerName = null);
