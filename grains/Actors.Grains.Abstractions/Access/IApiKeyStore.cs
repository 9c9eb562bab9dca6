namespace Actors.Access;

/// <summary>The API keys of organizations and projects. Secrets are stored as hashes. Safe for concurrent callers.</summary>
public interface IApiKeyStore
{
    /// <summary>The keys of an organization or a project, oldest first.</summary>
    Task<IReadOnlyList<ApiKeyRecord>> ListAsync(TeamScope scope, CancellationToken cancellationToken);

    /// <summary>Stores a pair of keys; null when one of the two is in use already, wherever.</summary>
    Task<ApiKeyRecord?> CreateAsync(TeamScope scope, NewApiKey key, CancellationToken cancellationToken);

    /// <summary>Deletes a key, which stops working at once. False when it is unknown or belongs elsewhere.</summary>
    Task<bool> DeleteAsync(TeamScope scope, string id, CancellationToken cancellationToken);
}

/// <summary>A pair of keys to store.</summary>
/// <param name="PublicKey">Starts with <c>pk-lf-</c>.</param>
/// <param name="SecretKey">Starts with <c>sk-lf-</c>.</param>
/// <param name="Note">What it is for; null: nobody said.</param>
public sealed record NewApiKey(string PublicKey, string SecretKey, string? Note);

/// <summary>A key as people see it.</summary>
/// <param name="PublicKey">The public key, by which the pair is known.</param>
/// <param name="SecretDisplay">What is shown of the secret, for example <c>sk-lf-...abcd</c>.</param>
/// <param name="Note">What it is for; null: nobody said.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record ApiKeyRecord(string PublicKey, string SecretDisplay, string? Note, DateTimeOffset CreatedAt);
