namespace Actors.Connections;

/// <summary>The connections to model providers of all projects. Safe for concurrent callers.</summary>
public interface ILlmConnectionStore
{
    /// <summary>A page of the connections, the newest first.</summary>
    Task<Slice<LlmConnectionRecord>> ListAsync(ProjectId project, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Makes a connection, or replaces the one of the same provider as a whole.</summary>
    Task<LlmConnectionPut> PutAsync(ProjectId project, LlmConnectionSettings settings, CancellationToken cancellationToken);

    /// <summary>Deletes a connection.</summary>
    /// <returns>Null when it is done; a refusal when there is none.</returns>
    Task<Refusal?> DeleteAsync(ProjectId project, string connectionId, CancellationToken cancellationToken);

    /// <summary>The secrets of a provider's connection. Refusals: not found; conflict, when the keys that encrypted them are lost.</summary>
    Task<Outcome<LlmSecrets>> FindSecretsAsync(ProjectId project, string provider, CancellationToken cancellationToken);
}
