namespace Actors.Connections;

/// <summary>Whose API a connection speaks.</summary>
public enum LlmAdapter
{
    /// <summary>Anthropic.</summary>
    Anthropic,

    /// <summary>OpenAI, and everything that speaks its API.</summary>
    OpenAi,

    /// <summary>OpenAI's models at Azure.</summary>
    Azure,

    /// <summary>Amazon Bedrock.</summary>
    Bedrock,

    /// <summary>Google Vertex AI.</summary>
    VertexAi,

    /// <summary>Google AI Studio.</summary>
    GoogleAiStudio,
}

/// <summary>A connection to a provider of models, without its secrets.</summary>
public sealed record LlmConnectionRecord
{
    /// <summary>The connection's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, unique in its project.</summary>
    public required string Provider { get; init; }

    /// <summary>Whose API it speaks.</summary>
    public required LlmAdapter Adapter { get; init; }

    /// <summary>What people see of its key, for example <c>...abcd</c>.</summary>
    public required string DisplaySecretKey { get; init; }

    /// <summary>Where the API is; null: at the provider.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Models beside the known ones.</summary>
    public required IReadOnlyList<string> CustomModels { get; init; }

    /// <summary>Whether the known models of the adapter can be chosen.</summary>
    public required bool WithDefaultModels { get; init; }

    /// <summary>The names of the headers that are sent along, sorted.</summary>
    public required IReadOnlyList<string> ExtraHeaderKeys { get; init; }

    /// <summary>JSON: an object with what the adapter needs; null: nothing.</summary>
    public string? Config { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A connection as it is to be. The caller has checked it.</summary>
public sealed record LlmConnectionSettings
{
    /// <summary>Its name, unique in its project.</summary>
    public required string Provider { get; init; }

    /// <summary>Whose API it speaks.</summary>
    public required LlmAdapter Adapter { get; init; }

    /// <summary>The key; stored encrypted.</summary>
    public required string SecretKey { get; init; }

    /// <summary>Where the API is; null: at the provider.</summary>
    public string? BaseUrl { get; init; }

    /// <summary>Models beside the known ones.</summary>
    public IReadOnlyList<string> CustomModels { get; init; } = [];

    /// <summary>Whether the known models of the adapter can be chosen.</summary>
    public bool WithDefaultModels { get; init; } = true;

    /// <summary>Headers that are sent along; their values are stored encrypted.</summary>
    public IReadOnlyDictionary<string, string> ExtraHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>JSON: an object with what the adapter needs; null: nothing.</summary>
    public string? Config { get; init; }
}

/// <summary>The secrets of a connection, for the one who calls the provider. Never answer, log or store them.</summary>
/// <param name="SecretKey">The key.</param>
/// <param name="ExtraHeaders">The headers that are sent along.</param>
public sealed record LlmSecrets(string SecretKey, IReadOnlyDictionary<string, string> ExtraHeaders)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(LlmSecrets);
}

/// <summary>What became of a connection that was put.</summary>
/// <param name="Connection">The connection.</param>
/// <param name="IsNew">Whether it is new.</param>
public sealed record LlmConnectionPut(LlmConnectionRecord Connection, bool IsNew);
