namespace Actors.Contracts;

/// <summary>A connection to a provider of models. Its secrets are never answered.</summary>
public sealed record LlmConnectionBody
{
    /// <summary>The connection's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Provider { get; init; }

    /// <summary><c>anthropic</c>, <c>openai</c>, <c>azure</c>, <c>bedrock</c>, <c>google-vertex-ai</c> or <c>google-ai-studio</c>.</summary>
    public required string Adapter { get; init; }

    /// <summary>The end of its key, for people.</summary>
    public required string DisplaySecretKey { get; init; }

    /// <summary>Where the API is; null: at the provider.</summary>
    public string? BaseURL { get; init; }

    /// <summary>Models beside the known ones.</summary>
    public required IReadOnlyList<string> CustomModels { get; init; }

    /// <summary>Whether the known models can be chosen.</summary>
    public required bool WithDefaultModels { get; init; }

    /// <summary>The names of the headers that are sent along.</summary>
    public required IReadOnlyList<string> ExtraHeaderKeys { get; init; }

    /// <summary>What the adapter needs; null: nothing.</summary>
    public required RawJson Config { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
